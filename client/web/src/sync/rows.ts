/** So many buckets that one is copied in no time, and few enough to be looked through in no time. */
const BUCKETS = 256;

type Bucket<V> = ReadonlyMap<string, V>;
const NOTHING: Bucket<never> = new Map<string, never>();

/** A map that is never altered. The next one shares with it all but what changed: making it, and telling them apart, is quick. */
export class Rows<V> {
  constructor(readonly buckets: readonly Bucket<V>[] = Array.from({ length: BUCKETS }, () => NOTHING)) {}

  get(id: string): V | undefined {
    return this.buckets[bucketOf(id)]?.get(id);
  }

  values(): V[] {
    return this.buckets.flatMap((bucket) => [...bucket.values()]);
  }

  /** The ids under which the two differ. */
  differing(older: Rows<V>): string[] {
    return this.buckets.flatMap((bucket, n) => {
      const old = older.buckets[n] ?? NOTHING;
      if (bucket === old) return [];
      const ids = new Set([...bucket.keys(), ...old.keys()]);
      return [...ids].filter((id) => bucket.get(id) !== old.get(id));
    });
  }
}

/** The next rows in the making. */
export class Making<V> {
  private readonly copies = new Map<number, Map<string, V>>();

  constructor(private readonly from: Rows<V>) {}

  get(id: string): V | undefined {
    const copy = this.copies.get(bucketOf(id));
    return copy ? copy.get(id) : this.from.get(id);
  }

  set(id: string, row: V): void {
    this.copy(id).set(id, row);
  }

  delete(id: string): void {
    this.copy(id).delete(id);
  }

  made(): Rows<V> {
    return new Rows(this.from.buckets.map((bucket, n) => this.copies.get(n) ?? bucket));
  }

  private copy(id: string): Map<string, V> {
    const n = bucketOf(id);
    const copy = this.copies.get(n) ?? new Map(this.from.buckets[n]);
    this.copies.set(n, copy);
    return copy;
  }
}

/** FNV-1a. */
function bucketOf(id: string): number {
  let hash = 0x811c9dc5;
  for (let n = 0; n < id.length; n += 1) hash = Math.imul(hash ^ id.charCodeAt(n), 0x01000193);
  return (hash >>> 0) % BUCKETS;
}
