import { SvelteSet } from 'svelte/reactivity';

import type { Note } from '../protocol/types.ts';
import type { Live } from '../store/live.svelte.ts';

/** Notes chosen together: by Shift or Ctrl and a click, by *Select* and taps, or by X on the keyboard. */
export class Selection {
  private readonly ids = new SvelteSet<string>();
  /** From where Shift reaches. */
  private from: string | null = null;

  constructor(
    private readonly live: Live,
    /** What is put aside by a search stays chosen, and is not acted on until it is shown again ([FIND4]). */
    private readonly isShown: (note: Note) => boolean,
  ) {}

  /** While anything is chosen, a tap chooses. */
  get on(): boolean {
    return this.notes.length > 0;
  }

  /** What is chosen, still there and shown, as it lies on its board. */
  get notes(): Note[] {
    const there = [...this.ids].map((id) => this.live.note(id)).filter((note) => note !== undefined);
    const shown = there.filter((note) => !note.binned && this.isShown(note));
    return shown.sort((a, b) => (a.rank < b.rank ? -1 : 1));
  }

  has(id: string): boolean {
    return this.ids.has(id);
  }

  toggle(ids: readonly string[]): void {
    const all = ids.every((id) => this.ids.has(id));
    for (const id of ids) {
      if (all) this.ids.delete(id);
      else this.ids.add(id);
    }
    this.from = ids.at(-1) ?? null;
  }

  /** All from where one chose last to here, in the order of `list`. */
  reach(id: string, list: readonly string[]): void {
    this.from ??= id;
    const [a, b] = [list.indexOf(this.from), list.indexOf(id)];
    if (a < 0 || b < 0) this.toggle([id]);
    else for (const each of list.slice(Math.min(a, b), Math.max(a, b) + 1)) this.ids.add(each);
  }

  clear(): void {
    this.ids.clear();
    this.from = null;
  }
}
