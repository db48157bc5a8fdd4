import type { NoteColour } from '../protocol/types.ts';

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
