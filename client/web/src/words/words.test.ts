import { describe, expect, it } from 'vitest';

import type { Word } from './en.ts';
import { LANGUAGES, languageOf, type Tongue } from './language.svelte.ts';

const holes = (text: string): string[] => [...text.matchAll(/\{\w+\}/g)].map(([hole]) => hole).sort();

describe('[WORDS1] the catalogues', () => {
  const others = Object.keys(LANGUAGES).filter((tongue) => tongue !== 'en') as Tongue[];

  it.each(others)('%s fills the same holes, in as many forms, as English does', async (tongue) => {
    const [english, other] = await Promise.all([LANGUAGES.en.load(), LANGUAGES[tongue].load()]);
    for (const key of Object.keys(english.words) as Word[]) {
      const [forms, translated] = [english.words[key].split('|'), other.words[key].split('|')];
      expect(translated.length, key).toBe(forms.length);
      translated.forEach((form, n) => expect(holes(form), key).toEqual(holes(forms[n] ?? '')));
    }
  });

  it.each(others)('%s has something to say everywhere', async (tongue) => {
    const { words, refusals } = await LANGUAGES[tongue].load();
    const said = Object.values(refusals).flatMap(({ meaning, cure }) => [meaning, cure]);
    for (const text of [...Object.values(words), ...said]) expect(text.trim()).not.toBe('');
  });

  it('are chosen by the first language of the browser that we have', () => {
    expect(languageOf(['fr-CA', 'es-MX', 'en'])).toBe('es');
    expect(languageOf(['en-GB', 'es'])).toBe('en');
    expect(languageOf(['fr', 'toString'])).toBe('en');
    expect(languageOf([])).toBe('en');
  });
});
