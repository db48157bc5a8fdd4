import type { Note } from '../protocol/types.ts';

/** What tests begin a note with: written by oneself, on the wall, and nothing done to it since. */
export const BLANK: Note = {
  kind: 'note',
  id: '',
  board: 'b',
  section: 's',
  rank: 'a0',
  text: 'x',
  by: 'me',
  at: 1,
  rev: 1,
  lenses: [],
  siblings: [],
  step: 'w',
  anonymous: false,
  sealed: false,
  late: false,
  binned: false,
  binned_at: 0,
  waits: false,
  aside: false,
  stack: null,
  colour: null,
  reactions: 0,
};
