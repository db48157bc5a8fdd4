import type { Board, NoteColour } from '../protocol/types.ts';
import type { Word } from '../words/index.ts';

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
function paperOf(n: number): (typeof PAPERS)[number] {
  return PAPERS[n % PAPERS.length] ?? PAPERS[0];
}

/** What an activity for this issue lies on; one for all of them has a paper of its own. */
export function paperOfIssue(issue: string | null, boards: readonly Board[]): (typeof PAPERS)[number] {
  const place = boards.findIndex(({ id }) => id === issue);
  return place < 0 ? 'sand' : paperOf(place);
}

/** What each is called, for colour is never the only sign ([ALL9]). */
export const PAPER_NAMES: Record<(typeof PAPERS)[number], Word> = {
  sage: 'colour.sage',
  rose: 'colour.rose',
  sky: 'colour.sky',
  sand: 'colour.sand',
  lilac: 'colour.lilac',
  mint: 'colour.mint',
};
