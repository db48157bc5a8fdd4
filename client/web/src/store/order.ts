/** As things hang: by rank, and where two have the same, by id. */
export function byRank<T extends { rank: string; id: string }>(a: T, b: T): number {
  return a.rank < b.rank ? -1 : a.rank > b.rank ? 1 : a.id < b.id ? -1 : Number(a.id > b.id);
}

/** `list` without what `gone` names, and with `come` at their places. The list itself is not altered. */
export function replaced<T extends { rank: string; id: string }>(
  list: readonly T[],
  gone: ReadonlySet<string>,
  come: readonly T[],
): T[] {
  const kept = list.filter((item) => !gone.has(item.id));
  const next: T[] = [];
  let at = 0;
  for (const item of [...come].sort(byRank)) {
    for (let old = kept[at]; old && byRank(old, item) <= 0; old = kept[(at += 1)]) next.push(old);
    next.push(item);
  }
  return next.concat(kept.slice(at));
}
