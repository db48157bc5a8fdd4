/** [HINT1] What may want a word from the facilitator, of each group: never of a person. */

export const MINUTE_MS = 60_000;

export interface Seen {
  board: string;
  title: string;
  /** Quiet for so many minutes; 0: it is not. */
  quiet: number;
  /** The titles of its sections that hold nothing. */
  empty: string[];
  people: number;
  here: number;
  unsaved: number;
}

export type Hint = { board: string; title: string } & (
  { of: 'quiet' | 'unsaved'; n: number } | { of: 'empty'; section: string } | { of: 'nobody' }
);

/** What a hint is of, whatever its number. */
export function keyOf(hint: Hint): string {
  return `${hint.board} ${hint.of} ${hint.of === 'empty' ? hint.section : ''}`;
}

/** Since when each of these is so (ms): as known before, or else from now; a board is quiet since it was touched last. */
export function since(
  before: Readonly<Record<string, number>>,
  found: readonly Hint[],
  now: number,
): Record<string, number> {
  const began = (hint: Hint): number => now - (hint.of === 'quiet' ? hint.n * MINUTE_MS : 0);
  return Object.fromEntries(found.map((hint) => [keyOf(hint), before[keyOf(hint)] ?? began(hint)]));
}

/** `written`: people write now, and half of the time is over. */
export function hints(groups: readonly Seen[], written: boolean): Hint[] {
  return groups.flatMap(({ board, title, quiet, empty, people, here, unsaved }): Hint[] => {
    const of = { board, title };
    if (people > 0 && here === 0) return [{ ...of, of: 'nobody' }];
    return [
      ...(quiet > 0 ? [{ ...of, of: 'quiet' as const, n: quiet }] : []),
      ...(written && people > 0 ? empty.map((section) => ({ ...of, of: 'empty' as const, section })) : []),
      ...(unsaved > 0 ? [{ ...of, of: 'unsaved' as const, n: unsaved }] : []),
    ];
  });
}
