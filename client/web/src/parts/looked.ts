/** How far this device has seen a board, and what of it it had not seen. */
export interface Looked {
  /** When the newest note was written, by the server's clock, in ms since 1970. */
  at: number;
  /** Ids of the notes that had come, but were not in sight yet. */
  left: string[];
}

/** More than this many that were not seen are as good as all. */
const MOST = 2_000;
const keyOf = (workshop: string, board: string): string => `plenary.looked.${workshop}.${board}`;

export function lookedAt(workshop: string, board: string): Looked | null {
  try {
    return JSON.parse(localStorage.getItem(keyOf(workshop, board)) ?? 'null') as Looked | null;
  } catch {
    return null;
  }
}

export function keepLooked(workshop: string, board: string, { at, left }: Looked): void {
  try {
    localStorage.setItem(keyOf(workshop, board), JSON.stringify({ at, left: left.slice(0, MOST) }));
  } catch {
    // The device keeps nothing: next time nothing counts as new.
  }
}
