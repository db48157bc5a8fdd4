import { describe, expect, it } from 'vitest';

import type { Issue, Note, Tally, Workshop } from '../protocol/types.ts';
import { viewOf, type View } from './fold.ts';
import { still } from './still.ts';

const note = (id: string, more: Partial<Note> = {}): Note =>
  ({ kind: 'note', id, text: id, binned: false, sealed: false, ...more }) as Note;
const workshop = (step: string): Workshop => ({ kind: 'workshop', id: 'workshop', step }) as Workshop;
const view = (step: string, ...notes: Note[]): View => viewOf([workshop(step), ...notes]);
const texts = (of: View): string[] =>
  of
    .all('note')
    .map(({ text }) => text)
    .sort();

describe('a picture that keeps still', () => {
  const base = view('write', note('a'), note('b'), note('c'));

  it('[SCENE9] shows no new note and no new words, and counts what came', () => {
    const held = still(base, view('write', note('a', { text: 'altered' }), note('b'), note('c'), note('d')));
    expect(texts(held.view)).toEqual(['a', 'b', 'c']);
    expect(held.notes).toBe(1);
  });

  it('[SCENE9] loses what was put away, taken away or turned face down', () => {
    const now = view('write', note('a', { binned: true }), note('b', { sealed: true, text: '' }));
    const held = still(base, now);
    expect(held.view.all('note').filter(({ binned, sealed }) => !binned && !sealed)).toEqual([]);
    expect(held.notes).toBe(0);
  });

  it('[SCENE9] [ASIDE4] loses an issue that may no longer be seen, and its dots', () => {
    const issue = { kind: 'issue', id: 'i', title: 'Who pays?' } as Issue;
    const tally = { kind: 'tally', id: 'r.i', round: 'r', target: 'i', dots: 3 } as Tally;
    const held = still(viewOf([workshop('choose'), issue, tally]), view('choose'));
    expect([held.view.all('issue'), held.view.all('tally')]).toEqual([[], []]);
  });

  it('[SCENE9] goes on with the workshop itself', () => {
    expect(still(base, view('vote')).view.get('workshop', 'workshop')?.step).toBe('vote');
  });
});
