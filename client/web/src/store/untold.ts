import type { Note } from '../protocol/types.ts';

/** Whether its words are still to come: to others they are not told while it is in the bin, nor just after ([SEE8]). */
export function isUntold({ text, sealed }: Pick<Note, 'text' | 'sealed'>): boolean {
  return text === '' && !sealed;
}
