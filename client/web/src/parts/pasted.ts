import { NOTE_CHARS } from '../protocol/limits.ts';

/** What stands before each line of a list: dashes, dots, boxes, numbers. */
const MARK = /^\s*(?:[-*•‣◦–—▪·☐☑]|\[[ xX]?\]|\(?\d{1,3}[.)])\s+/u;

/** The lines of a pasted text as notes, without the marks of a list; one that is too long for a note becomes several. */
export function listed(text: string): string[] {
  return text
    .split(/\r?\n|\u2028/u)
    .map((line) => line.replace(MARK, '').trim())
    .filter((line) => line !== '')
    .flatMap(cut);
}

/** A text as one note, or as several where it is too long for one: cut between lines, else between words. */
export function cut(text: string): string[] {
  const notes: string[] = [];
  let rest = text;
  while (rest.length > NOTE_CHARS) {
    const first = Array.from(rest.slice(0, 2 * NOTE_CHARS))
      .slice(0, NOTE_CHARS)
      .join('');
    if (first === rest) break;
    const line = first.lastIndexOf('\n');
    const space = Math.max(line, first.lastIndexOf(' '));
    const end = line > NOTE_CHARS / 2 ? line : space > 0 ? space : first.length;
    notes.push(rest.slice(0, end).trim());
    rest = rest.slice(end).trim();
  }
  return [...notes, rest];
}
