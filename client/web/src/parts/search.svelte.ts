import type { Note, Person } from '../protocol/types.ts';
import type { Live } from '../store/live.svelte.ts';
import type { Item } from '../store/places.svelte.ts';
import type { Fresh } from './fresh.svelte.ts';
import { plain } from './plain.ts';

const plainOf = new WeakMap<Note, string>();

/** What one looks for on a board; what does not match is put aside ([FIND1]). */
export class Search {
  open = $state(false);
  words = $state('');
  lens = $state('');
  author = $state('');
  /** The notes that were new when one asked for what is new: they stay while they are looked at. */
  unseen = $state.raw<readonly string[] | null>(null);
  /** What one wrote meanwhile. */
  private own = $state.raw<readonly string[]>([]);

  constructor(
    private readonly live: Live,
    private readonly fresh: Fresh,
  ) {}

  /** The words one looks for, as they are compared. */
  private readonly wanted: string[] = $derived(plain(this.words).split(/\s+/u).filter(Boolean));
  /** Whether anything is put aside. */
  readonly on: boolean = $derived(
    this.open && (this.wanted.length > 0 || this.lens !== '' || this.author !== '' || this.unseen !== null),
  );

  /** What is to be marked in texts. */
  readonly marks: readonly string[] = $derived(this.on ? this.wanted : []);
  /** Changes with what one looks for, and only then. */
  readonly question: string = $derived(
    this.on ? JSON.stringify([this.wanted, this.lens, this.author, this.unseen]) : '',
  );

  matches(note: Note): boolean {
    if (!this.on || this.own.includes(note.id)) return true;
    if (note.sealed || (this.lens !== '' && !note.lenses.includes(this.lens))) return false;
    if (this.author !== '' && (note.anonymous || note.by !== this.author)) return false;
    if (this.unseen !== null && !this.unseen.includes(note.id) && !this.fresh.has(note.id)) return false;
    const text = this.wanted.length > 0 ? textOf(note) : '';
    return this.wanted.every((word) => text.includes(word));
  }

  /** Whether it stays in its section: a stack does for its name, or for a note in it. */
  shows(item: Item): boolean {
    if (!this.on || item.kind === 'note') return item.kind !== 'note' || this.matches(item);
    const named = this.lens === '' && this.author === '' && this.unseen === null;
    if (named && this.wanted.every((word) => plain(item.title).includes(word))) return true;
    return this.live.inside(item.id).some((note) => this.matches(note));
  }

  /** Whether a note is on the screen, by itself or in its stack: only such are chosen and acted on ([FIND4]). */
  isShown(note: Note): boolean {
    return !note.sealed && this.shows(this.live.stack(note.stack) ?? note);
  }

  found(board: string): Note[] {
    return this.live.notesOn(board).filter((note) => this.matches(note));
  }

  /** Whose notes may be told apart on a board. */
  authors(board: string): Person[] {
    const known = Object.fromEntries(
      this.live.notesOn(board).flatMap((note) => (note.by && !note.anonymous ? [[note.by, true]] : [])),
    );
    return this.live.people.filter((person) => known[person.id]);
  }

  /** Only what came since this device last looked; again: all. */
  askUnseen(board: string): void {
    this.unseen = this.unseen === null ? this.fresh.in(board).map((note) => note.id) : null;
  }

  /** This is shown, whatever one looks for. */
  wrote(note: string): void {
    if (this.on) this.own = [...this.own, note];
  }

  clear(): void {
    this.open = false;
    this.words = this.lens = this.author = '';
    this.unseen = null;
    this.own = [];
  }
}

function textOf(note: Note): string {
  const known = plainOf.get(note);
  if (known !== undefined) return known;
  const text = plain([note.text, ...note.siblings].join('\n'));
  plainOf.set(note, text);
  return text;
}
