/** [HINT1] What may want a word from the facilitator, of each group: never of a person. */

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
