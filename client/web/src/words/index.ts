import { en } from './en';

export type Word = keyof typeof en;
export type Params = Record<string, string | number>;

/** The catalogues by language. Another one may lack words: English fills in. */
const catalogues: Record<string, Partial<Record<Word, string>>> = { en };

export function languageOf(preferred: readonly string[]): string {
  return preferred.map((tag) => tag.slice(0, 2).toLowerCase()).find((tag) => tag in catalogues) ?? 'en';
}

export const language = languageOf(typeof navigator === 'undefined' ? [] : navigator.languages);
const plurals = new Intl.PluralRules(language);

/** The words for `key`: `{name}` filled in, and of `one|other` the form that fits `n`. */
export function t(key: Word, params: Params = {}): string {
  const said = catalogues[language]?.[key] ?? en[key];
  const [one = said, other = one] = said.split('|');
  const form = typeof params['n'] === 'number' && plurals.select(params['n']) !== 'one' ? other : one;
  return form.replace(/\{(\w+)\}/g, (hole, name: string) => String(params[name] ?? hole));
}

/** A moment as people say it: 14:05, or 2:05 PM where that is usual. */
export function clockTime(at: number): string {
  return new Date(at).toLocaleTimeString([], { hour: 'numeric', minute: '2-digit' });
}

/** A length in minutes as people say it. */
export function lengthOf(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0) return `${rest} min`;
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
}

/** Names as initials: two letters at most, by what the eye sees as a letter. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/u);
  const first = (word: string | undefined): string => Array.from(word ?? '')[0] ?? '';
  return (first(words[0]) + (words.length > 1 ? first(words.at(-1)) : '')).toLocaleUpperCase();
}

/** The beginning of a text, for labels. */
export function brief(text: string, most = 60): string {
  const line = text.replace(/\s+/gu, ' ').trim();
  return line.length > most ? `${line.slice(0, most - 1)}…` : line;
}
