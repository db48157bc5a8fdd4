import type { NoteColour } from '../protocol/types.ts';
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

/** What each is called, for colour is never the only sign ([ALL9]). */
export const PAPER_NAMES: Record<(typeof PAPERS)[number], Word> = {
  sage: 'colour.sage',
  rose: 'colour.rose',
  sky: 'colour.sky',
  sand: 'colour.sand',
  lilac: 'colour.lilac',
  mint: 'colour.mint',
};
