/** What one can do with stacks, and with several notes at once. */

import { STACKED } from '../protocol/limits.ts';
import type { Note, NoteMany, NoteMove, Stack } from '../protocol/types.ts';
import { newId } from '../sync/client.ts';
import type { Live } from './live.svelte.ts';
import type { Item } from './places.svelte.ts';
import { between, ranksBetween } from './ranks.ts';

type One = NoteMany['commands'][number];
export interface Place {
  board: string;
  section: string;
  /** Before which item; null: at the end. */
  before: string | null;
}

/** Put notes and stacks on a note, or on a stack, so that all lie in one stack; its id, where a new one was made. */
export function stackOn(live: Live, items: readonly Item[], target: Item): string | undefined {
  const notes = notesOf(live, items).filter((note) => note.id !== target.id && note.stack !== target.id);
  if (notes.length === 0) return undefined;
  const into = target.kind === 'stack' ? target.id : target.stack;
  if (into) {
    const last = live.inside(into).at(-1)?.rank ?? null;
    const ranks = ranksBetween(last, null, notes.length);
    together(
      live,
      notes.map((note, n) => moving(note, { rank: ranks[n] ?? note.rank, stack: into })),
    );
    return undefined;
  }
  // What is dropped on a stack of one's own hand keeps that stack's name.
  const held = items.length === 1 && items[0]?.kind === 'stack' ? items[0] : null;
  if (held) {
    const { board, section, rank } = target;
    const first = between(null, live.inside(held.id)[0]?.rank ?? null);
    together(live, [
      { do: 'stack.move', id: held.id, board, section, rank },
      moving(target as Note, { rank: first, stack: held.id }),
    ]);
    return undefined;
  }
  const id = newId();
  const all = [target as Note, ...notes].slice(0, STACKED);
  live.do({ do: 'stack.make', id, notes: all.map((note) => note.id), title: '' });
  return id;
}

/** Move notes and stacks together, in their order. */
export function moveItems(live: Live, items: readonly Item[], to: Place): void {
  const ids = new Set(items.map((item) => item.id));
  const there = live.items(to.board, to.section).filter((other) => !ids.has(other.id));
  const { ranks, shifts } = roomAt(there, placeBefore(there, to.before), items.length);
  const { board, section } = to;
  const moves = items.map((item, n): One => {
    const rank = ranks[n] ?? item.rank;
    if (item.kind === 'stack') return { do: 'stack.move', id: item.id, board, section, rank };
    return { do: 'note.move', id: item.id, board, section, rank };
  });
  together(live, [...moves, ...shifts]);
}

/**
 * Ranks for so many at a place in a list. Where what is behind it has the very rank of what is before it, because
 * several were put there at once, that gets another, too: `shifts`.
 */
export function roomAt(
  there: readonly Item[],
  place: number,
  count: number,
): { ranks: string[]; shifts: One[] } {
  const low = there[place - 1]?.rank ?? null;
  const next = there.findIndex((item, n) => n >= place && item.rank !== low);
  const clashing = there
    .slice(place, next < 0 ? undefined : next)
    .filter((item) => item.kind === 'stack' || !item.sealed);
  const ranks = ranksBetween(low, there[next]?.rank ?? null, count + clashing.length);
  const shifts = clashing.map((item, n): One => {
    const { id, board, section, rank } = item;
    const to = { id, board, section, rank: ranks[count + n] ?? rank };
    return item.kind === 'stack'
      ? { do: 'stack.move', ...to }
      : { do: 'note.move', ...to, stack: item.stack };
  });
  return { ranks: ranks.slice(0, count), shifts };
}

/** The place in a list before which something would lie; its end where that is not in it. */
export function placeBefore(items: readonly { id: string }[], before: string | null): number {
  const found = items.findIndex((item) => item.id === before);
  return found < 0 ? items.length : found;
}

/** Just behind an item. */
export function behind(live: Live, { id, board, section }: Item): Place {
  const items = live.items(board, section);
  return { board, section, before: items[items.findIndex((item) => item.id === id) + 1]?.id ?? null };
}

/** To another place in its stack: before a note of it, or last. */
export function reorder(live: Live, note: Note, stack: string, before: string | null): void {
  const there = live.inside(stack).filter((other) => other.id !== note.id);
  const { ranks, shifts } = roomAt(there, placeBefore(there, before), 1);
  together(live, [moving(note, { rank: ranks[0] ?? note.rank, stack }), ...shifts]);
}

export function nameStack(live: Live, stack: Stack, title: string): void {
  if (title !== stack.title) live.do({ do: 'stack.name', id: stack.id, title });
}

/** Its notes lie where the stack lay. */
export function takeApart(live: Live, stack: Stack): void {
  moveItems(live, live.inside(stack.id), behind(live, stack));
}

/** Out of its stack, to lie just behind it. */
export function takeOut(live: Live, note: Note): void {
  const stack = live.stack(note.stack);
  if (stack) moveItems(live, [note], behind(live, stack));
}

export function binNotes(live: Live, notes: readonly Note[]): void {
  together(
    live,
    notes.map((note) => ({ do: 'note.bin', id: note.id })),
  );
}

/** Off the wall for all but their authors and facilitators, or on it again ([ASIDE1]). */
export function asideNotes(live: Live, notes: readonly Note[], on: boolean): void {
  together(
    live,
    notes.map((note) => ({ do: 'note.aside', id: note.id, on })),
  );
}

/** Give all of them a lens; where all have it, take it from all. */
export function tagNotes(live: Live, notes: readonly Note[], lens: string): void {
  const all = notes.every((note) => note.lenses.includes(lens));
  const wanted = (note: Note): string[] => {
    const rest = note.lenses.filter((other) => other !== lens);
    return all ? rest : [...rest, lens];
  };
  together(
    live,
    notes.map((note) => ({ do: 'note.tag', id: note.id, lenses: wanted(note) })),
  );
}

export function notesOf(live: Live, items: readonly Item[]): Note[] {
  return items.flatMap((item) => (item.kind === 'stack' ? live.inside(item.id) : item));
}

function moving(note: Note, to: { rank: string; stack: string }): NoteMove {
  return { do: 'note.move', id: note.id, board: note.board, section: note.section, ...to };
}

/** As few entries as may be: each holds a bounded number. */
function together(live: Live, commands: readonly One[]): void {
  const [only] = commands;
  if (commands.length === 1 && only) live.do(only);
  else
    for (let at = 0; at < commands.length; at += STACKED)
      live.do({ do: 'note.many', commands: commands.slice(at, at + STACKED) });
}
