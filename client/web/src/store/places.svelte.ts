import { SvelteMap } from 'svelte/reactivity';

import type { Note, Stack } from '../protocol/types.ts';
import { replaced } from './order.ts';

/** What lies in a section: a note by itself, or a stack of notes. */
export type Item = Note | Stack;
/** What became of one thing: as it was, if it was there, and as it is, if it is. */
export type Turn<T extends Item = Note> = readonly [before: T | undefined, after: T | undefined];

const NONE: readonly never[] = [];
/** Where notes are that hang nowhere. */
const HELD = '//';

/** The notes and stacks by where they lie, each list in order. Of all lists only those that a change is about are made anew ([WALL4]). */
export class Places {
  private readonly lists = new SvelteMap<string, readonly Item[]>();
  /** The stacks that lie in each place. */
  private readonly stacks = new Map<string, Set<string>>();
  /** How many notes lie face down in each place; they are not looked for among thousands. */
  private readonly facedown = new Map<string, number>();

  constructor(
    /** Whether a note hangs on the wall of this device; one that does not is in no list of it. */
    private readonly hangs: (note: Note) => boolean = () => true,
  ) {}

  /** What lies in a section: notes by themselves and stacks. */
  items(board: string, section: string): readonly Item[] {
    return this.lists.get(`${board} ${section}`) ?? NONE;
  }

  /** The notes of a section, those in stacks too, without the binned. */
  on(board: string, section: string): readonly Note[] {
    const items = this.items(board, section);
    if (!this.stacks.get(`${board} ${section}`)?.size) return items as readonly Note[];
    return items.flatMap((item) => (item.kind === 'stack' ? this.inside(item.id) : item));
  }

  /** How many notes there are in a section, those in stacks too. */
  count(board: string, section: string): number {
    const stacks = [...(this.stacks.get(`${board} ${section}`) ?? [])];
    return stacks.reduce((sum, id) => sum + this.inside(id).length - 1, this.items(board, section).length);
  }

  /** How many notes lie face down among the items of a section. */
  sealed(board: string, section: string): number {
    return this.facedown.get(`${board} ${section}`) ?? 0;
  }

  /** The notes of a stack. */
  inside(stack: string): readonly Note[] {
    return (this.lists.get(`/${stack}`) ?? NONE) as readonly Note[];
  }

  binned(board: string): readonly Note[] {
    return (this.lists.get(board) ?? NONE) as readonly Note[];
  }

  change(turns: readonly Turn<Item>[]): void {
    const gone = new Map<string, Set<string>>();
    const come = new Map<string, Item[]>();
    for (const [before, after] of turns) {
      if (before) into(gone, this.placeOf(before), () => new Set<string>()).add(before.id);
      if (after) into(come, this.placeOf(after), () => [] as Item[]).push(after);
      if (before?.kind === 'stack') this.stacks.get(this.placeOf(before))?.delete(before.id);
      if (after?.kind === 'stack')
        into(this.stacks, this.placeOf(after), () => new Set<string>()).add(after.id);
      this.turn(before, -1);
      this.turn(after, 1);
    }
    for (const place of new Set([...gone.keys(), ...come.keys()])) {
      const list = this.lists.get(place) ?? NONE;
      this.lists.set(place, replaced(list, gone.get(place) ?? new Set(), come.get(place) ?? NONE));
    }
  }

  private turn(item: Item | undefined, by: 1 | -1): void {
    if (item?.kind !== 'note' || !item.sealed) return;
    const place = this.placeOf(item);
    this.facedown.set(place, (this.facedown.get(place) ?? 0) + by);
  }

  private placeOf(item: Item): string {
    if (item.kind === 'note' && !this.hangs(item)) return HELD;
    if (item.kind === 'note' && item.binned) return item.board;
    return item.kind === 'note' && item.stack ? `/${item.stack}` : `${item.board} ${item.section}`;
  }
}

function into<V>(map: Map<string, V>, key: string, fresh: () => V): V {
  const value = map.get(key) ?? fresh();
  map.set(key, value);
  return value;
}
