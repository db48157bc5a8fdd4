/** Where the words that one looks for are in a text. */

import { plain } from './plain.ts';

export interface Found {
  text: string;
  hit: boolean;
}

/** The text in pieces; put together again they are the text. `wanted`: words without case and accents. */
export function found(text: string, wanted: readonly string[]): Found[] {
  if (wanted.length === 0) return [{ text, hit: false }];
  const letters = Array.from(text);
  const folded = letters.map(plain);
  const hits = hitsOf(folded, wanted);
  const pieces: Found[] = [];
  letters.forEach((letter, n) => {
    // What folds to nothing is an accent of the letter before it.
    const last = pieces.at(-1);
    const hit = folded[n] === '' && last ? last.hit : hits.has(n);
    if (last?.hit === hit) last.text += letter;
    else pieces.push({ text: letter, hit });
  });
  return pieces;
}

const SHORT = /^[\p{L}\p{N}]{1,2}-[\p{L}\p{N}]{1,4}$/u;

/** A text in parts: those with odd places are short words with a hyphen (I-65, K-12, e-mail), which lines do not break. */
export function wholes(text: string): string[] {
  const parts: string[] = [];
  let rest = '';
  for (const run of text.includes('-') ? text.split(/([\p{L}\p{N}-]+)/u) : [text]) {
    if (!SHORT.test(run)) {
      rest += run;
      continue;
    }
    parts.push(rest, run);
    rest = '';
  }
  return [...parts, rest];
}

/** The letters that belong to some match. */
function hitsOf(folded: readonly string[], wanted: readonly string[]): Set<number> {
  const all = folded.join('');
  const letterAt = folded.flatMap((part, n) => Array.from({ length: part.length }, () => n));
  const hits = new Set<number>();
  for (const word of wanted) {
    for (let at = all.indexOf(word); at >= 0; at = all.indexOf(word, at + word.length))
      for (const letter of letterAt.slice(at, at + word.length)) hits.add(letter);
  }
  return hits;
}
