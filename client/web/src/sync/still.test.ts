import { describe, expect, it } from 'vitest';

import type { Change, Issue, Note, Record as AnyRecord, Workshop } from '../protocol/types.ts';
import { viewOf, type View } from './fold.ts';
import { Standing, Still } from './still.ts';

const note = (id: string, more: Partial<Note> = {}): AnyRecord =>
  ({ kind: 'note', id, text: id, siblings: [], binned: false, sealed: false, stack: null, ...more }) as Note;
const tally = (dots: number): AnyRecord => ({
  kind: 'tally',
  id: 'vote.a',
  round: 'vote',
  target: 'a',
  dots,
  people: 1,
});
const patch = (id: string, set: object): Change => ({ op: 'patch', kind: 'note', id, set: { ...set } });

const start = viewOf([
  note('a'),
  note('b', { stack: 's' }),
  note('c', { stack: 's' }),
  note('down', { text: '', sealed: true }),
  { kind: 'stack', id: 's', board: 'x', section: 'y', rank: 'a0', title: 'Both' },
  tally(1),
]);
const texts = (view: View): string[] =>
  view
    .all('note')
    .map(({ text }) => text)
    .sort();

describe('[SCENE9] a picture that stands still', () => {
  it('keeps what it has, and takes nothing in', () => {
    const still = new Still(start);
    const now = start.with([
      { op: 'put', record: note('new') },
      { op: 'put', record: tally(5) },
    ]);
    const seen = still.view(now.with([patch('a', { rank: 'z9' })]));
    expect(texts(seen)).toEqual(['', 'a', 'b', 'c']);
    expect(seen.get('tally', 'vote.a')?.dots).toBe(1);
    expect(seen.get('note', 'a')?.rank).toBeUndefined();
  });
});

describe('[SCENE9] what is taken away', () => {
  it('is on no picture, and does not come back to it', () => {
    const still = new Still(start);
    const binned = start.with([patch('a', { binned: true, text: '' })]);
    expect(texts(still.view(binned))).toEqual(['', 'b', 'c']);
    expect(texts(still.view(start))).toEqual(['', 'b', 'c']);
  });

  it('leaves words as they are now, and what was face down so', () => {
    const still = new Still(start);
    const seen = still.view(
      start.with([patch('a', { text: 'better' }), patch('down', { sealed: false, text: 'open' })]),
    );
    expect(texts(seen)).toEqual(['', 'b', 'better', 'c']);
    expect(seen.get('note', 'down')?.sealed).toBe(true);
  });

  it('counts for a stack, whose notes then lie by themselves, and for a sum that is hidden', () => {
    const still = new Still(start);
    const seen = still.view(
      start.with([
        { op: 'drop', kind: 'stack', id: 's' },
        { op: 'drop', kind: 'tally', id: 'vote.a' },
        patch('b', { stack: null }),
        patch('c', { stack: null }),
      ]),
    );
    expect(seen.all('stack')).toEqual([]);
    expect(seen.all('tally')).toEqual([]);
    expect(seen.all('note').map(({ stack }) => stack)).toEqual([null, null, null, null]);
  });
});

describe('[SCENE9] [ASIDE4] what was set aside', () => {
  it('leaves the picture, an issue with its dots', () => {
    const issue = { kind: 'issue', id: 'i', title: 'Who pays?', aside: false } as Issue;
    const dots: AnyRecord = { kind: 'tally', id: 'r.i', round: 'r', target: 'i', dots: 3, people: 1 };
    const before = viewOf([issue, dots]);
    const seen = new Still(before).view(viewOf([]));
    expect([seen.all('issue'), seen.all('tally')]).toEqual([[], []]);
    const mine = before.with([{ op: 'patch', kind: 'issue', id: 'i', set: { aside: true } }]);
    expect(new Still(before).view(mine).all('issue')).toEqual([]);
  });
});

describe('[SCENE9] a page that is loaded anew', () => {
  const wall = (wall: Workshop['wall'], wall_at: number): Change => ({
    op: 'put',
    record: { kind: 'workshop', id: 'workshop', wall, wall_at } as Workshop,
  });
  const held = start.with([wall('still', 7)]);
  const before = new Standing();
  before.follow(held);
  const now = held.with([{ op: 'put', record: note('new') }, patch('a', { binned: true })]);
  const kept = before.stood;

  it('goes on with its picture, without what was taken away meanwhile', () => {
    const after = new Standing(kept);
    after.follow(now);
    expect(after.picture && texts(after.picture)).toEqual(['', 'b', 'c']);
  });

  it('has none of an earlier time, and none where all goes along', () => {
    const later = new Standing(kept);
    later.follow(now.with([wall('still', 8)]));
    expect(later.picture?.get('note', 'new')).toBeDefined();
    later.follow(now.with([wall('live', 9)]));
    expect([later.picture, later.stood]).toEqual([null, null]);
  });
});
