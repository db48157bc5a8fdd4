import type { Board, NoteColour } from '../protocol/types.ts';

/** The papers there are, in the order in which things that have no colour of their own take them. */
export const PAPERS = [
  'sage',
  'rose',
  'sky',
  'sand',
  'lilac',
  'mint',
] as const satisfies NoteColour['colour'][];

/** The paper of the nth of several. */
export function paperOf(n: number): (typeof PAPERS)[number] {
  return PAPERS[n % PAPERS.length] ?? PAPERS[0];
}

/** What an activity for this issue lies on; one for all of them has a paper of its own. */
export function paperOfIssue(issue: string | null, boards: readonly Board[]): (typeof PAPERS)[number] {
  const place = boards.findIndex(({ id }) => id === issue);
  return place < 0 ? 'sand' : paperOf(place);
}
