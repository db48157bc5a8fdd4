/** [IMP7] From the tables of a file to notes: what each column is, where each list goes. No text is lost on the way. */

import type { ImportTable, Lens, Meaning } from '../protocol/types.ts';
import { cut } from './pasted.ts';

/** How a table is understood. */
export interface Mapping {
  /** The columns have their names from the first row. */
  header: boolean;
  /** Each cell is a note, and its column's name its list; else each row is one. */
  cells: boolean;
  meanings: readonly Meaning[];
}

/** A note to be; `from`: the list it was in, empty where there was none. */
export interface Coming {
  text: string;
  from: string;
  lenses: string[];
}

export interface Gathered {
  notes: Coming[];
  /** How many texts are so long that they go on in a further note. */
  long: number;
  /** Rows of which only a list, an author or tags are left: what they say. */
  wordless: string[];
}

/** The names of the columns and the rows beneath, as one sees them with a first row of names or without. */
export function laid(table: ImportTable, header: boolean): { names: string[]; rows: readonly string[][] } {
  const own = table.columns.map(({ name }) => name);
  if (header === table.header) return { names: own, rows: table.rows };
  if (table.header) return { names: own.map(() => ''), rows: [own, ...table.rows] };
  return { names: table.rows[0] ?? own, rows: table.rows.slice(1) };
}

/** What was suggested. */
export function suggested({ header, cells, columns }: ImportTable): Mapping {
  return { header, cells, meanings: columns.map(({ meaning }) => meaning) };
}

/** The notes of a table; `label`: what the nth column is called. */
export function gathered(
  table: ImportTable,
  mapping: Mapping,
  lenses: readonly Lens[],
  label: (n: number) => string,
): Gathered {
  const { names, rows } = laid(table, mapping.header);
  const found: Gathered = { notes: [], long: 0, wordless: [] };
  const add = (text: string, from: string, tags: string[]): void => {
    const parts = cut(text);
    if (parts.length > 1) found.long += 1;
    for (const part of parts) if (part !== '') found.notes.push({ text: part, from, lenses: tags });
  };
  if (mapping.cells) {
    names.forEach((name, n) => {
      if (mapping.meanings[n] === 'ignore') return;
      for (const row of rows) add(row[n]?.trim() ?? '', name, []);
    });
    return found;
  }
  for (const row of rows) {
    const { text, beneath, from, tags, author } = parted(row, mapping, lenses, label);
    if (text.length + beneath.length > 0) add([...text, ...beneath, ...author].join('\n'), from, tags);
    else if (row.some((cell, n) => cell !== '' && mapping.meanings[n] !== 'ignore'))
      found.wordless.push(
        row
          .filter((_, n) => mapping.meanings[n] !== 'ignore')
          .filter(Boolean)
          .join(', '),
      );
  }
  return found;
}

interface Parted {
  text: string[];
  beneath: string[];
  author: string[];
  from: string;
  tags: string[];
}

/** A row by what its columns are. Tags that are no lens here are written beneath; so is a second list. */
function parted(
  row: readonly string[],
  { meanings }: Mapping,
  lenses: readonly Lens[],
  label: (n: number) => string,
): Parted {
  const parts: Parted = { text: [], beneath: [], author: [], from: '', tags: [] };
  row.forEach((cell, n) => {
    const said = cell.trim();
    if (said === '') return;
    const beneath = (words: string): number => parts.beneath.push(label(n) ? `${label(n)}: ${words}` : words);
    switch (meanings[n]) {
      case 'text':
        parts.text.push(said);
        break;
      case 'section':
        if (parts.from === '') parts.from = said;
        else beneath(said);
        break;
      case 'author':
        parts.author.push(`— ${said}`);
        break;
      case 'tags': {
        const named = said.split(/[,;\n]/u).map((tag) => tag.trim());
        const other = named.filter((tag) => tag !== '' && !lensOf(tag, lenses));
        parts.tags.push(...named.flatMap((tag) => lensOf(tag, lenses) ?? []));
        if (other.length > 0) beneath(other.join(', '));
        break;
      }
      case 'beneath':
        beneath(said);
        break;
      case 'ignore':
      case undefined:
    }
  });
  return { ...parts, tags: [...new Set(parts.tags)] };
}

function lensOf(tag: string, lenses: readonly Lens[]): string | undefined {
  return lenses.find((lens) => same(lens.title, tag))?.id;
}

/** Whether two names are the same to people. */
export function same(one: string, other: string): boolean {
  return one.trim().toLocaleLowerCase() === other.trim().toLocaleLowerCase();
}

/** The lists that notes come from, in their order, with how many come from each. */
export function listsOf(notes: readonly Coming[]): Map<string, number> {
  const lists = new Map<string, number>();
  for (const { from } of notes) lists.set(from, (lists.get(from) ?? 0) + 1);
  return lists;
}
