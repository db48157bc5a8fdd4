/** How long to wait before the next try: from the number of tries, and chance. */

const LONGEST_MS = 30_000;
const FIRST_MS = 1_000;

/** [CLIENT5] Full jitter, doubling; what the server asked for comes first. `random` is 0 to 1. */
export function pause(tries: number, random: number, asked?: number | null): number {
  if (asked !== undefined && asked !== null) return asked;
  return random * Math.min(LONGEST_MS, FIRST_MS * 2 ** tries);
}
