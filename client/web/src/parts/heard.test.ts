import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { Note } from '../protocol/types.ts';
import { Heard } from './heard.ts';
import type { Room } from './room.svelte.ts';

type Turn = [Note | undefined, Note | undefined];

const note = (id: string, more: Partial<Note> = {}): Note =>
  ({ id, board: 'here', section: 'risks', by: 'cho', text: id, ...more }) as Note;

/** A room in which notes come as told, with all that was said in it. */
function room() {
  const said: string[] = [];
  let tell: (turns: Turn[]) => void = () => undefined;
  const live = {
    isMine: (person: string | null) => person === 'ana',
    me: { board: 'here' },
    onNotes(listener: (turns: Turn[]) => void) {
      listener([[undefined, note('there before')]]);
      tell = listener;
      return () => undefined;
    },
  };
  const section = (id: string) => ({ title: id === 'risks' ? 'Risks' : 'Benefits' });
  const stop = new Heard({
    live,
    section,
    say: (words: string) => said.push(words),
  } as unknown as Room).follow();
  return {
    said,
    stop,
    come: (...turns: Turn[]) => {
      tell(turns);
    },
  };
}

describe('[ALL5] what a screen reader tells of others', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('is said once for many notes, by section', () => {
    const { said, come } = room();
    come([undefined, note('1')], [undefined, note('2')]);
    come([undefined, note('3', { section: 'benefits' })]);
    expect(said).toEqual([]);
    vi.runAllTimers();
    expect(said).toEqual(['2 new notes in Risks and 1 new note in Benefits']);
    vi.runAllTimers();
    expect(said).toHaveLength(1);
  });

  it('is nothing for my own, for other boards, for what lies face down, or for a change', () => {
    const { said, come } = room();
    come([undefined, note('1', { by: 'ana' })], [undefined, note('2', { board: 'elsewhere' })]);
    come(
      [undefined, note('3', { sealed: true })],
      [note('4'), note('4', { text: 'other' })],
      [note('5'), undefined],
    );
    vi.runAllTimers();
    expect(said).toEqual([]);
  });

  it('counts the notes that were turned over', () => {
    const { said, come } = room();
    come(...[1, 2, 3].map((n): Turn => [note(`${n}`, { sealed: true }), note(`${n}`)]));
    vi.runAllTimers();
    expect(said).toEqual(['3 notes were turned over']);
  });

  it('ends when it is called off', () => {
    const { said, come, stop } = room();
    come([undefined, note('1')]);
    stop();
    vi.runAllTimers();
    expect(said).toEqual([]);
  });
});
