/** The client's half of the one idea: records by kind and id, altered by `put`, `patch` and `drop` alone. */

import type { Change, Record as AnyRecord } from '../protocol/types.ts';

export type Kind = AnyRecord['kind'];
export type Of<K extends Kind> = Extract<AnyRecord, { kind: K }>;
type Rows = ReadonlyMap<string, AnyRecord>;

/** What may be seen, at one moment. Never altered: `fold` makes the next one. */
export class View {
  constructor(private readonly kinds: ReadonlyMap<Kind, Rows> = new Map()) {}

  get<K extends Kind>(kind: K, id: string): Of<K> | undefined {
    return this.kinds.get(kind)?.get(id) as Of<K> | undefined;
  }

  all<K extends Kind>(kind: K): Of<K>[] {
    return [...(this.kinds.get(kind)?.values() ?? [])] as Of<K>[];
  }

  with(changes: readonly Change[]): View {
    if (changes.length === 0) return this;
    const kinds = new Map(this.kinds);
    const fresh = new Map<Kind, Map<string, AnyRecord>>();
    for (const change of changes) {
      const kind = change.op === 'put' ? change.record.kind : change.kind;
      const rows = fresh.get(kind) ?? new Map(kinds.get(kind) ?? []);
      fresh.set(kind, rows);
      kinds.set(kind, rows);
      alter(rows, change);
    }
    return new View(kinds);
  }
}

function alter(rows: Map<string, AnyRecord>, change: Change): void {
  if (change.op === 'put') {
    rows.set(change.record.id, change.record);
  } else if (change.op === 'drop') {
    rows.delete(change.id);
  } else {
    const old = rows.get(change.id);
    if (old) rows.set(change.id, { ...old, ...change.set });
  }
}

/** Everything a `welcome` brought. */
export function viewOf(records: readonly AnyRecord[]): View {
  return new View().with(records.map((record) => ({ op: 'put', record })));
}
