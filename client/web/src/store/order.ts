/** As things hang: by rank, and where two have the same, by id. */
export function byRank<T extends { rank: string; id: string }>(a: T, b: T): number {
  return a.rank < b.rank ? -1 : a.rank > b.rank ? 1 : a.id < b.id ? -1 : Number(a.id > b.id);
}

/** Where `item` belongs in an ordered list of which the first `low` are known to come before it. */
function placeFor<T extends { rank: string; id: string }>(list: readonly T[], item: T, low: number): number {
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const old = list[middle];
    if (old && byRank(old, item) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** `list` without what `gone` names, and with `come` at their places. The list itself is not altered. */
export function replaced<T extends { rank: string; id: string }>(
  list: readonly T[],
  gone: ReadonlySet<string>,
  come: readonly T[],
): T[] {
  const kept = gone.size > 0 ? list.filter((item) => !gone.has(item.id)) : list;
  const next: T[] = [];
  let at = 0;
  for (const item of [...come].sort(byRank)) {
    const place = placeFor(kept, item, at);
    for (const old of kept.slice(at, place)) next.push(old);
    next.push(item);
    at = place;
  }
  return next.concat(kept.slice(at));
}
