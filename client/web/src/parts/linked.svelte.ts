import type { Note } from '../protocol/types.ts';
import type { Room } from './room.svelte.ts';

const MARKED_MS = 6_000;

/** How a note that somebody pointed at can be shown just now. */
export type Found = { is: 'here'; note: Note } | { is: 'apart'; note: Note } | { is: 'gone' } | null;

/** Where the note of a link is: on a board that this step shows, apart from it, or gone; null: no link was followed. */
export function found(room: Room): Found {
  if (room.linked === null || !room.live.ready) return null;
  const note = room.live.note(room.linked);
  if (!note || note.binned) return { is: 'gone' };
  const kind = room.step?.step;
  return { is: (kind === 'write' || kind === 'vote') && !note.sealed ? 'here' : 'apart', note };
}

/** Bring it into view, with the focus, and mark it for a while. */
export function point(room: Room, note: Note): void {
  room.linked = null;
  room.search.clear();
  [room.sought, room.marked] = [note.id, note.id];
  setTimeout(() => {
    if (room.marked === note.id) room.marked = null;
  }, MARKED_MS);
}
