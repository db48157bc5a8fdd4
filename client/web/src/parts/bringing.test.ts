import { describe, expect, it } from 'vitest';

import { NOTE_CHARS } from '../protocol/limits.ts';
import type { ImportTable, Lens, Meaning } from '../protocol/types.ts';
import { gathered, laid, listsOf, suggested, type Mapping } from './bringing.ts';

const MEANINGS: Meaning[] = ['text', 'section', 'author', 'tags', 'beneath', 'ignore'];
const LENSES: Lens[] = [{ kind: 'lens', id: 'lens-1', rank: 'a', title: 'Equity' }];

function table(names: string[], rows: string[][], meanings: Meaning[] = []): ImportTable {
  const columns = names.map((name, n) => ({ name, known: null, meaning: meanings[n] ?? 'text' }));
  return { title: '', header: true, cells: false, archived: false, columns, rows };
}

function all(from: ImportTable, mapping: Mapping = suggested(from)): ReturnType<typeof gathered> {
  const { names } = laid(from, mapping.header);
  return gathered(from, mapping, LENSES, (n) => names[n] ?? '');
}

/** Numbers that look like chance, and are the same each time. */
function chance(seed: number): () => number {
  let at = seed;
  return () => (at = (at * 48_271) % 2_147_483_647) / 2_147_483_647;
}

describe('[IMP7] notes of a table', () => {
  it('have what is beneath, tags that are no lens here, and the author written beneath the text', () => {
    const meanings: Meaning[] = ['section', 'text', 'text', 'beneath', 'tags', 'author', 'ignore'];
    const names = ['List', 'Card', 'About', 'Votes', 'Labels', 'By', 'Id'];
    const row = ['Ideas', 'Plant trees', 'In spring', '3', 'equity, Wish', 'Ana', '17'];
    expect(all(table(names, [row], meanings)).notes).toEqual([
      { text: 'Plant trees\nIn spring\nVotes: 3\nLabels: Wish\n— Ana', from: 'Ideas', lenses: ['lens-1'] },
    ]);
  });

  it('are its cells, where its columns are lists', () => {
    const wall = {
      ...table(
        ['Good', 'Bad'],
        [
          ['a', 'c'],
          ['b', ''],
        ],
      ),
      cells: true,
    };
    const { notes } = all(wall);
    expect(notes.map(({ text, from }) => `${from} ${text}`)).toEqual(['Good a', 'Good b', 'Bad c']);
    expect([...listsOf(notes)]).toEqual([
      ['Good', 2],
      ['Bad', 1],
    ]);
  });

  it('begin with the first row, or beneath it, as one says', () => {
    const named = table(['one'], [['two'], ['three']]);
    const texts = (header: boolean): string[] =>
      all(named, { ...suggested(named), header }).notes.map(({ text }) => text);
    expect([texts(true), texts(false)]).toEqual([
      ['two', 'three'],
      ['one', 'two', 'three'],
    ]);
    expect(laid({ ...named, header: false }, true)).toEqual({ names: ['two'], rows: [['three']] });
  });

  it('are several where a text is too long for one, and rows without a text are told', () => {
    const long = 'words '.repeat(NOTE_CHARS).trim();
    const { notes, long: many } = all(table(['Text'], [[long], ['short']]));
    expect(many).toBe(1);
    expect(notes.every(({ text }) => Array.from(text).length <= NOTE_CHARS)).toBe(true);
    expect(notes.map(({ text }) => text).join(' ')).toBe(`${long} short`);
    const bare = all(table(['List', 'Text', 'By'], [['Ideas', '', 'Ana']], ['section', 'text', 'author']));
    expect(bare).toEqual({ notes: [], long: 0, wordless: ['Ideas, Ana'] });
  });

  it('hold every text of every column that is not left out, whatever is said of the columns', () => {
    const letters = ['a', 'é', 'ש', '🧪', ' ', '\n', '=', '<', ',', 'word', 'x'.repeat(300)];
    for (let seed = 1; seed < 300; seed += 1) {
      const dice = chance(seed);
      const pick = <T>(of: readonly T[]): T => of[Math.floor(dice() * of.length)] as T;
      const cell = (): string =>
        Array.from({ length: Math.floor(dice() * 30) }, () => pick(letters)).join('');
      const width = 1 + Math.floor(dice() * 5);
      const names = Array.from({ length: width }, (_, n) => `column ${String(n)}`);
      const rows = Array.from({ length: 4 }, () => names.map(cell));
      const mapping = {
        header: dice() < 0.5,
        cells: dice() < 0.3,
        meanings: names.map(() => pick(MEANINGS)),
      };
      const { notes, wordless } = all(table(names, rows), mapping);
      const bare = (text: string): string => text.replace(/[\s,;]/gu, '');
      const said = bare(
        [...notes.flatMap(({ text, from, lenses }) => [text, from, ...lenses]), ...wordless].join(' '),
      );
      for (const row of laid(table(names, rows), mapping.header).rows)
        row.forEach((text, n) => {
          if (mapping.meanings[n] !== 'ignore') expect(said).toContain(bare(text));
        });
    }
  });
});
