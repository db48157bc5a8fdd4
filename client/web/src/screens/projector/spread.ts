/** How so many sheets are laid out over a wall, all its width used. Lengths are in the screen's own unit. */

import { rowsOf } from '../../parts/rows.ts';

/** What a sheet looks best as: a little wider than high. */
const BEST = 1.2;
const NARROW = 24;
const LOW = 13;

/** How many lie in each row, from the top; equal rows where that can be. */
export function spread(count: number, width: number, height: number): number[] {
  const ways = Array.from({ length: count }, (_, n) => rowsOf(count, n + 1));
  const costs = ways.map((rows) => costOf(rows, width, height));
  return ways[costs.indexOf(Math.min(...costs))] ?? [];
}

function costOf(rows: readonly number[], width: number, height: number): number {
  const [wide, high] = [width / (rows[0] ?? 1), height / rows.length];
  const uneven = rows[0] === rows.at(-1) ? 0 : 0.7;
  const narrow = wide < NARROW ? 1.2 * Math.log(NARROW / wide) + 0.3 : 0;
  const low = high < LOW ? 1.2 * Math.log(LOW / high) + 0.3 : 0;
  return Math.abs(Math.log(wide / high / BEST)) + uneven + narrow + low;
}
