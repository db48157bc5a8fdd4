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

function cut(line: string): string[] {
  const letters = Array.from(line);
  if (letters.length <= NOTE_CHARS) return [line];
  const first = letters.slice(0, NOTE_CHARS).join('');
  const space = first.lastIndexOf(' ');
  const head = space > 0 ? first.slice(0, space) : first;
  return [head.trim(), ...cut(line.slice(head.length).trim())];
}
