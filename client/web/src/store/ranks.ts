/** Places in an order, as strings with room between any two. */

import { generateKeyBetween, generateNKeysBetween } from 'fractional-indexing';

/** A rank that is one by the rules; another program's that is none sorts as it is, and nothing can be put by it. */
function sound(rank: string | null): string | null {
  if (rank === null) return null;
  try {
    generateKeyBetween(rank, null);
    return rank;
  } catch {
    return null;
  }
}

/** So many ranks between two neighbours, in order; where clashing neighbours leave no room, behind the first. */
export function ranksBetween(before: string | null, after: string | null, count: number): string[] {
  const [low, high] = [sound(before), sound(after)];
  return generateNKeysBetween(low, low === null || high === null || low < high ? high : null, count);
}

/** Likewise, one. */
export function between(before: string | null, after: string | null): string {
  const [rank = ''] = ranksBetween(before, after, 1);
  return rank;
}
