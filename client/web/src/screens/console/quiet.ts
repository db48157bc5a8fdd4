/** [MON4] When a board is said to be quiet. */

/** Nobody touched it for so long. */
const QUIET_MS = 240_000;

export interface Stillness {
  /** People write in this step, the board is open to them, and the clock does not stand. */
  writes: boolean;
  /** How many of the group are connected. */
  here: number;
  /** How long ago the step began, ms. */
  began: number;
  /** How long ago the board was touched, ms; null: not yet. */
  touched: number | null;
}

/** For how long it has been quiet, ms; 0: it is not. */
export function quietFor({ writes, here, began, touched }: Stillness): number {
  const still = Math.min(began, touched ?? began);
  return writes && here > 0 && still >= QUIET_MS ? still : 0;
}
