import type { Note } from '../protocol/types.ts';
import { t } from '../words/index.ts';

/** All that stands in a note: its text, and beside it what could not be merged into that ([NOTE5]). */
export function wordings({ text, siblings }: Pick<Note, 'text' | 'siblings'>): string[] {
  return [text, ...siblings];
}

/** In one line, where the note is named among others. */
export function inOne(note: Pick<Note, 'text' | 'siblings'>): string {
  return wordings(note).join(` ${t('note.or')} `);
}
