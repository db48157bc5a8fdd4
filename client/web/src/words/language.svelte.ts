/** The language that one reads: chosen on this device, or else the first of the browser's that we have. */

import { CODES } from '../protocol/codes.ts';
import type { Code } from '../protocol/types.ts';
import { en, type Word } from './en.ts';

/** What a language brings: every word, and for each refusal what it means and what to do. */
export interface Catalogue {
  words: Readonly<Record<Word, string>>;
  refusals: Readonly<Record<Code, { meaning: string; cure: string }>>;
}

interface Language {
  /** As its own speakers call it. */
  name: string;
  dir: 'ltr' | 'rtl';
  load: () => Promise<Catalogue>;
}

const english: Catalogue = { words: en, refusals: CODES };

/** English is always there; another is fetched when somebody reads it. */
export const LANGUAGES = {
  en: { name: 'English', dir: 'ltr', load: () => Promise.resolve(english) },
  es: { name: 'Español', dir: 'ltr', load: async () => (await import('./es.ts')).es },
} as const satisfies Record<string, Language>;
export type Tongue = keyof typeof LANGUAGES;

const KEY = 'plenary.language';

class Reading {
  language = $state<Tongue>('en');
  /** The language with its region where the browser names one: dates and numbers differ by it. */
  locale = $state('en');
  catalogue = $state.raw<Catalogue>(english);
}

/** What is read now; screens follow when it changes. */
export const reading = new Reading();

const isTongue = (tag: string): tag is Tongue => Object.hasOwn(LANGUAGES, tag);
const tongueOf = (tag: string): string => tag.split('-')[0]?.toLowerCase() ?? '';

/** The first preferred language that we have, or else English. */
export function languageOf(preferred: readonly string[]): Tongue {
  return preferred.map(tongueOf).find(isTongue) ?? 'en';
}

/** Read in the language of this device. Where its words cannot be fetched it is English. */
export async function followLanguage(): Promise<void> {
  const chosen = kept();
  await read(chosen ?? languageOf(navigator.languages)).catch(() => read('en'));
}

/** Read in another language from now on, also the next time. */
export async function chooseLanguage(tongue: Tongue): Promise<void> {
  await read(tongue);
  try {
    localStorage.setItem(KEY, tongue);
  } catch {
    // Nothing is kept in a private window; the choice holds until the page goes.
  }
}

async function read(tongue: Tongue): Promise<void> {
  const { dir, load } = LANGUAGES[tongue];
  reading.catalogue = await load();
  reading.language = tongue;
  reading.locale = navigator.languages.find((tag) => tongueOf(tag) === tongue) ?? tongue;
  document.documentElement.lang = tongue;
  document.documentElement.dir = dir;
}

function kept(): Tongue | undefined {
  try {
    return [localStorage.getItem(KEY) ?? ''].find(isTongue);
  } catch {
    return undefined;
  }
}
