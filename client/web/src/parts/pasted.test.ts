import { describe, expect, it } from 'vitest';

import { NOTE_CHARS } from '../protocol/limits.ts';
import { listed } from './pasted.ts';

describe('[WRITE2] a pasted list', () => {
  it('is one note per line, without the marks of the list', () => {
    expect(listed('- one\r\n\r\n • two\n3. three\n[x] four\n12 months\n')).toEqual([
      'one',
      'two',
      'three',
      'four',
      '12 months',
    ]);
  });

  it('loses no word of a line that is too long for a note', () => {
    const line = 'words '.repeat(NOTE_CHARS).trim();
    const notes = listed(line);
    expect(notes.every((note) => note.length <= NOTE_CHARS)).toBe(true);
    expect(notes.join(' ')).toBe(line);
  });
});
