import type { Code } from '../protocol/types.ts';
import { ApiError } from '../store/api.ts';
import type { Word } from './en.ts';
import { reading } from './language.svelte.ts';

export type { Word };
export type Params = Record<string, string | number>;

/** What formats for a locale; made once for each. */
const once = <T>(make: (locale: string) => T): (() => T) => {
  let [locale, made]: [string, T | undefined] = ['', undefined];
  return () => {
    if (made === undefined || locale !== reading.locale) {
      locale = reading.locale;
      made = make(locale);
    }
    return made;
  };
};
const plurals = once((locale) => new Intl.PluralRules(locale));
const numbers = once((locale) => new Intl.NumberFormat(locale));
const moment = once((locale) => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }));
const day = once((locale) => new Intl.DateTimeFormat(locale, { dateStyle: 'long' }));
const clock = once((locale) => new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit' }));

/** The words for `key`: `{name}` filled in, and of `one|other` the form that fits `n`. */
export function t(key: Word, params: Params = {}): string {
  const said = reading.catalogue.words[key];
  const [one = said, other = one] = said.split('|');
  const form = typeof params['n'] === 'number' && plurals().select(params['n']) !== 'one' ? other : one;
  return form.replace(/\{(\w+)\}/g, (hole, name: string) => {
    const value = params[name] ?? hole;
    return typeof value === 'number' ? numbers().format(value) : value;
  });
}

/** A number as people write it: 1,234. */
export function number(n: number): string {
  return numbers().format(n);
}

/** Why something was not done, and what to do. The server's own words say it more exactly, but in English only. */
export function refusal(code: Code, message: string): { meaning: string; cure: string } {
  const { meaning, cure } = reading.catalogue.refusals[code];
  return { meaning: reading.language === 'en' ? message : meaning, cure };
}

/** What to tell of something that failed. */
export function failure(error: unknown): string {
  if (!(error instanceof ApiError)) return t('error.unknown');
  if (error.code === 'network') return t(error.signIn ? 'error.signIn' : 'error.network');
  const { meaning, cure } = refusal(error.code, error.detail);
  return reading.language === 'en' ? meaning : `${meaning} ${cure}`;
}

/** A moment as people say it: 14:05, or 2:05 PM where that is usual. */
export function clockTime(at: number): string {
  return clock().format(at);
}

/** A moment that may be of another day: 14:05, or with its date. */
export function whenOf(at: number): string {
  const isToday = new Date(at).toDateString() === new Date().toDateString();
  return isToday ? clockTime(at) : moment().format(at);
}

/** A day as people say it, with its year. */
export function dayOf(at: number): string {
  return day().format(at);
}

/** A length in minutes as people say it. */
export function lengthOf(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  const [long, short] = [t('time.hours', { n: hours }), t('time.minutes', { n: rest })];
  if (hours === 0) return short;
  return rest === 0 ? long : `${long} ${short}`;
}

/** Names in a row: Ana, Ben and Cho. */
export function listOf(names: readonly string[]): string {
  return new Intl.ListFormat(reading.locale, { type: 'conjunction' }).format(names);
}

/** The beginning of a text, for labels. */
export function brief(text: string, most = 60): string {
  const line = text.replace(/\s+/gu, ' ').trim();
  return line.length > most ? `${line.slice(0, most - 1)}…` : line;
}
