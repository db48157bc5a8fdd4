import { describe, expect, it } from 'vitest';

import type { Command, Note, Record as AnyRecord, Step } from '../protocol/types.ts';
import { viewOf } from '../sync/fold.ts';
import { predict } from '../sync/predict.ts';
import type { Session } from '../sync/session.ts';
import { BLANK } from './blank.ts';
import { addNotes, copyNote, restoreNote } from './intents.ts';
import { Live } from './live.svelte.ts';
import { moveItems, reorder } from './stacking.ts';

const PLACE = { board: 'b', section: 's' };
const WHERE = { ...PLACE, step: null };
const ME = { person: 'me', now: 1 };

const note = (id: string, rank: string, more: Partial<Note> = {}): Note => ({
  ...{ ...BLANK, id, rank, text: id },
  ...more,
});
const stack = (id: string, rank: string): AnyRecord => ({ kind: 'stack', id, ...PLACE, rank, title: '' });
const step = (more: Partial<Step>): AnyRecord =>
  ({ kind: 'step', id: 'w', step: 'write', rank: 'a0', ...more }) as Step;

/** A device alone with what is there: what it does is done as foreseen. */
function alone(records: readonly AnyRecord[]) {
  const session = {
    view: viewOf(records),
    do(command: Command) {
      this.view = this.view.with(predict(command, this.view, ME));
      live.refresh();
    },
    ...{ line: { is: 'connecting' }, pipeline: { pending: [] }, present: new Map(), others: 0 },
    ...{ returned: [], you: null, clock: { now: () => ME.now } },
  };
  const live = new Live(
    { workshop: 'w', token: '', person: ME.person, role: 'participant', waiting: false },
    session as unknown as Session,
  );
  live.refresh();
  return {
    live,
    session,
    /** What one reads in the section, a stack in brackets. */
    read: () =>
      live.items('b', 's').map((item) => {
        const inside = live.inside(item.id).map(({ text }) => text);
        return item.kind === 'note' ? item.text : `(${inside.join(' ')})`;
      }),
  };
}

/** The stack was moved above a note that stood before those in it. */
const MOVED = [
  stack('k', 'Zz'),
  note('c', 'a2', { stack: 'k' }),
  note('d', 'a3', { stack: 'k' }),
  note('b', 'a0'),
];

describe('[WRITE7] where new notes come', () => {
  it('a pasted list is on top, in its order, of a stack too that was moved there', () => {
    const { live, read } = alone(MOVED);
    expect(read()).toEqual(['(c d)', 'b']);
    addNotes(live, WHERE, ['one', 'two', 'three']);
    expect(read()).toEqual(['one', 'two', 'three', '(c d)', 'b']);
  });

  it('a copy is right behind its note', () => {
    const { live, read } = alone(MOVED);
    const b = live.note('b');
    if (b) copyNote(live, b, null);
    expect(read()).toEqual(['(c d)', 'b', 'b']);
  });

  it('also in a stack, of which it becomes a part', () => {
    const { live, read } = alone(MOVED);
    const c = live.note('c');
    const id = c ? copyNote(live, c, null) : '';
    expect(read()).toEqual(['(c c d)', 'b']);
    expect(live.note(id)?.stack).toBe('k');
    expect(live.history.undo()).toBe('done');
    expect(read()).toEqual(['(c d)', 'b']);
  });

  it.each([
    ['face down', { private: true, revealed: false }],
    ['for a facilitator', { moderated: true }],
  ])('but behind the stack where it lies %s first', (_how, more) => {
    const { live, read } = alone([step(more), ...MOVED]);
    const c = live.note('c');
    if (c) copyNote(live, c, 'w');
    expect(read()[0]).toBe('(c d)');
    expect(live.items('b', 's')[1]).toMatchObject({ kind: 'note', text: 'c', stack: null });
  });

  it('and behind a stack that takes no more', () => {
    const full = Array.from({ length: 200 }, (_, n) => note(`n${n}`, `b${n + 100}`, { stack: 'k' }));
    const { live, read } = alone([stack('k', 'Zz'), ...full, note('b', 'a0')]);
    const [first] = full;
    if (first) copyNote(live, first, null);
    expect(read().slice(1)).toEqual(['n0', 'b']);
  });
});

describe('[CLIENT14] between two that several put in one place at once', () => {
  const within = (stacked: string | null) =>
    ['a', 'b', 'c', 'd'].map((id) => note(id, 'a1', { stack: stacked }));
  const around = [note('top', 'a0'), note('end', 'a2')];

  it('there is room for what is put there, which undo takes back', () => {
    const { live, read } = alone([...around, ...within(null)]);
    const end = live.note('end');
    if (end) moveItems(live, [end], { ...PLACE, before: 'c' });
    expect(read()).toEqual(['top', 'a', 'b', 'end', 'c', 'd']);
    expect(live.history.undo()).toBe('done');
    expect(read()).toEqual(['top', 'a', 'b', 'c', 'd', 'end']);
  });

  it('in a stack, too, and for a copy', () => {
    const { live, read } = alone([...around, stack('k', 'a1'), ...within('k')]);
    const [a, d] = [live.note('a'), live.note('d')];
    if (d) reorder(live, d, 'k', 'b');
    expect(read()).toEqual(['top', '(a d b c)', 'end']);
    if (a) copyNote(live, a, null);
    expect(read()).toEqual(['top', '(a a d b c)', 'end']);
  });

  it('behind what nobody else may move as yet', () => {
    const { live, read } = alone([...around, note('a', 'a1'), note('b', 'a1', { by: 'they', sealed: true })]);
    const end = live.note('end');
    if (end) moveItems(live, [end], { ...PLACE, before: 'b' });
    expect(read()).toEqual(['top', 'a', 'b', 'end']);
    expect(live.note('b')?.rank).toBe('a1');
  });
});

describe('[UNDO4] what comes out of the bin', () => {
  it('hangs once its words are here', () => {
    const { live, session, read } = alone([note('a', 'a0', { by: 'they', text: '', binned: true })]);
    expect(live.binned('b')).toHaveLength(1);
    const [a] = live.binned('b');
    if (a) restoreNote(live, a);
    expect(read()).toEqual([]);
    session.view = session.view.with([{ op: 'patch', kind: 'note', id: 'a', set: { text: 'theirs' } }]);
    live.refresh();
    expect(read()).toEqual(['theirs']);
  });
});
