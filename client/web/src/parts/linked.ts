/** Addresses within a text. Only what is sure to be one, and only of kinds that are safe to follow. */

export interface Piece {
  text: string;
  /** Where it leads; without it, it is plain text. */
  href?: string;
}

const ADDRESS = /(?:https?:\/\/|www\.|mailto:)[^\s<>"]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+/giu;
const SAFE = ['http:', 'https:', 'mailto:'];
/** What ends a sentence, not an address. */
const TAIL = /[.,;:!?'’”…]+$/u;

/** The text in pieces; put together again they are the text. */
export function linked(text: string): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const found of text.matchAll(ADDRESS)) {
    const words = trimmed(found[0]);
    const href = addressOf(words);
    if (!href) continue;
    if (found.index > from) pieces.push({ text: text.slice(from, found.index) });
    pieces.push({ text: words, href });
    from = found.index + words.length;
  }
  if (from < text.length) pieces.push({ text: text.slice(from) });
  return pieces;
}

function trimmed(found: string): string {
  const words = found.replace(TAIL, '');
  const opened = words.split('(').length;
  const shut = words.endsWith(')') && words.split(')').length > opened;
  return shut ? trimmed(words.slice(0, -1)) : words;
}

function addressOf(words: string): string | undefined {
  const full = /^(https?:\/\/|mailto:)/iu.test(words)
    ? words
    : words.toLowerCase().startsWith('www.')
      ? `https://${words}`
      : `mailto:${words}`;
  const url = URL.canParse(full) ? new URL(full) : undefined;
  const leads = url && SAFE.includes(url.protocol) && (url.protocol === 'mailto:' || url.hostname.length > 2);
  return leads ? url.href : undefined;
}
