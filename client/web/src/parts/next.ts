/** Where the keys go when what had them leaves the place where it hung ([ALL4]). */

import { tick } from 'svelte';

import type { Note } from '../protocol/types.ts';
import type { Item } from '../store/places.svelte.ts';
import type { Room } from './room.svelte.ts';

/** To be called before these notes go: to the next that hangs there, else to the one before, else to the list. */
export function goOn(room: Room, gone: readonly Note[]): void {
  const [first] = gone;
  if (!first) return;
  room.sought = heir(room, first, new Set(gone.map(({ id }) => id)));
  if (room.sought === null) void tick().then(() => listOf(first.section)?.focus());
}

function heir(room: Room, first: Note, gone: ReadonlySet<string>): string | null {
  const inside = first.stack === null ? [] : room.live.inside(first.stack);
  const open = first.stack !== null && room.fanned.has(first.stack) && inside.some(({ id }) => !gone.has(id));
  const row: readonly Item[] = open ? inside : room.openIn(first.board, first.section);
  const at = row.findIndex(({ id }) => id === first.id || (!open && id === first.stack));
  const stays = (item: Item): boolean =>
    item.kind === 'note' ? !gone.has(item.id) : room.live.inside(item.id).some(({ id }) => !gone.has(id));
  return (row.slice(at).find(stays) ?? row.slice(0, Math.max(at, 0)).findLast(stays))?.id ?? null;
}

const listOf = (section: string): HTMLElement | null =>
  document.querySelector<HTMLElement>(`[data-drop][data-section="${section}"] [data-scroll]`);
