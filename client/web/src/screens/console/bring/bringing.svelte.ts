import {
  gathered,
  laid,
  listsOf,
  same,
  suggested,
  type Gathered,
  type Mapping,
} from '../../../parts/bringing';
import type { Room } from '../../../parts/room.svelte';
import { IMPORT_BYTES } from '../../../protocol/limits';
import type { Import, ImportTable, NoteMany } from '../../../protocol/types';
import { ApiError, readFile } from '../../../store/api';
import { addAll } from '../../../store/intents';
import { failure, t } from '../../../words';
import { reading } from '../../../words/language.svelte';

/** Something that does not come along, in words, and what it says itself. */
export interface Left {
  words: string;
  texts: readonly string[];
}

/** Where a list went. */
export interface Went {
  from: string;
  section: string;
  n: number;
}

export interface Sent {
  commands: readonly NoteMany[];
  notes: number;
  went: readonly Went[];
  left: readonly Left[];
}

const MEGABYTE = 1_048_576;
const NONE: Mapping = { header: false, cells: false, meanings: [] };

/** A file on its way to the boards: chosen, understood, and brought in ([IMP7]). */
export class Bringing {
  file = $state.raw<Import | null>(null);
  busy = $state(false);
  failed = $state('');
  /** Which table of it. */
  which = $state(0);
  mapping = $state.raw<Mapping>(NONE);
  board = $state('');
  /** Where a list goes, where that was said: a section, or '' for nowhere. */
  private said = $state.raw<Partial<Record<string, string>>>({});
  sent = $state.raw<Sent | null>(null);

  readonly table: ImportTable | undefined = $derived.by(() => this.file?.tables[this.which]);
  private readonly names: string[] = $derived.by(() =>
    this.table ? laid(this.table, this.mapping.header).names : [],
  );
  readonly found: Gathered = $derived.by(() =>
    this.table
      ? gathered(this.table, this.mapping, this.room.live.lenses, (n) => this.written(n))
      : { notes: [], long: 0, wordless: [] },
  );
  readonly lists: [string, number][] = $derived.by(() => [...listsOf(this.found.notes)]);
  readonly coming = $derived.by(() => this.found.notes.filter(({ from }) => this.to(from) !== ''));
  readonly left: Left[] = $derived.by(() => [...this.others(), ...this.leftOut()]);
  /** Whether it is understood, and there is room for it. */
  readonly able: boolean = $derived.by(
    () => this.coming.length > 0 && this.coming.length <= this.room.live.notesLeft && this.board !== '',
  );
  /** How many of the commands are saved. */
  readonly saved: number = $derived.by(() => {
    const all = this.sent?.commands.length ?? 0;
    return all - Math.min(all, this.room.live.status.waiting);
  });

  constructor(private readonly room: Room) {
    this.board = room.live.boards[0]?.id ?? '';
  }

  async read(file: Blob, name: string): Promise<void> {
    if (this.busy) return;
    [this.busy, this.failed] = [true, ''];
    try {
      if (file.size > IMPORT_BYTES) throw new ApiError('too_large', '');
      this.file = await readFile(this.room.live.pass, file, name);
      this.take(0);
    } catch (error) {
      this.failed = whyNot(error);
    }
    this.busy = false;
  }

  /** Another table of the file, as it is suggested. */
  take(which: number): void {
    this.which = which;
    this.said = {};
    this.mapping = this.table ? suggested(this.table) : NONE;
  }

  set(change: Partial<Mapping>): void {
    this.mapping = { ...this.mapping, ...change };
  }

  /** Where a list goes; '' is nowhere. Unsaid, to the section of its name, else to the first. */
  to(from: string): string {
    const { sections } = this.room.live;
    return this.said[from] ?? (sections.find(({ title }) => same(title, from)) ?? sections[0])?.id ?? '';
  }
  send(from: string, section: string): void {
    this.said = { ...this.said, [from]: section };
  }
  sendAll(section: string): void {
    this.said = Object.fromEntries(this.lists.map(([from]) => [from, section]));
  }

  /** What a column is called. */
  label(n: number): string {
    return this.written(n) || t('bring.column', { n: n + 1 });
  }
  /** Likewise, where it is written beneath a note. */
  private written(n: number): string {
    const known = this.table?.columns[n]?.known;
    return known ? t(`bring.c.${known}`) : (this.names[n] ?? '');
  }
  /** What stands in a column first. */
  sample(n: number): string {
    if (!this.table) return '';
    return laid(this.table, this.mapping.header).rows.find((row) => row[n] !== '')?.[n] ?? '';
  }
  /** What a part of the file is called. */
  part(table: ImportTable, n: number): string {
    if (this.file?.format === 'trello') return t(table.archived ? 'bring.archived' : 'bring.cards');
    return table.title || t('bring.unnamed', { n: n + 1 });
  }

  bringIn(): void {
    const { live } = this.room;
    const commands = live.sections.flatMap((section) => {
      const notes = this.coming.filter(({ from }) => this.to(from) === section.id);
      const where = { board: this.board, section: section.id, step: this.room.writing };
      return notes.length > 0 ? addAll(live, where, notes) : [];
    });
    const went = this.lists.flatMap(([from, n]) => {
      const section = live.sections.find(({ id }) => id === this.to(from));
      return section ? [{ from, section: section.title, n }] : [];
    });
    this.sent = { commands, notes: this.coming.length, went, left: this.left };
  }

  /** All of it, while nothing else was done since. True: nobody had changed any. */
  takeBack(): boolean {
    const { history } = this.room.live;
    const own: readonly unknown[] = this.sent?.commands ?? [];
    let whole = true;
    while (history.last && own.includes(history.last.of)) whole = history.undo() === 'done' && whole;
    return whole;
  }

  again(): void {
    [this.file, this.sent, this.failed] = [null, null, ''];
  }

  /** What the file has besides this table. */
  private others(): Left[] {
    const file = this.file;
    if (!file) return [];
    const tables = file.tables
      .map((table, n) => t('bring.tableOf', { title: this.part(table, n), n: table.rows.length }))
      .filter((_, n) => n !== this.which);
    const left = file.left.map(({ what, count, texts }) => ({
      words: t(`bring.l.${what}`, { n: count }),
      texts,
    }));
    return tables.length > 0
      ? [{ words: t('bring.l.tables', { n: tables.length }), texts: tables }, ...left]
      : left;
  }

  /** What of this table is left out. */
  private leftOut(): Left[] {
    const columns = this.mapping.meanings.flatMap((meaning, n) =>
      meaning === 'ignore' ? [this.label(n)] : [],
    );
    const lists = this.found.notes.filter(({ from }) => this.to(from) === '').map(({ text }) => text);
    const each = { columns, wordless: this.found.wordless, lists } as const;
    return (['columns', 'wordless', 'lists'] as const)
      .filter((what) => each[what].length > 0)
      .map((what) => ({ words: t(`bring.l.${what}`, { n: each[what].length }), texts: each[what] }));
  }
}

/** Why a file was not taken; the server's words are in English. */
function whyNot(error: unknown): string {
  if (error instanceof DOMException) return t('bring.gone');
  if (!(error instanceof ApiError)) return failure(error);
  if (error.code === 'too_large' && error.detail === '')
    return t('bring.large', { size: IMPORT_BYTES / MEGABYTE });
  if (reading.language === 'en') return failure(error);
  switch (error.code) {
    case 'too_large':
      return t('bring.large', { size: IMPORT_BYTES / MEGABYTE });
    case 'invalid':
      return t('bring.invalid');
    case 'malformed':
      return t('bring.damaged');
    case 'too_many':
      return t('bring.many');
    default:
      return failure(error);
  }
}
