/** The client's half of the one idea: records by kind and id, altered by `put`, `patch` and `drop` alone. */

import type { Change, Record as AnyRecord } from '../protocol/types.ts';
import { Making, Rows } from './rows.ts';

export type Kind = AnyRecord['kind'];
export type Of<K extends Kind> = Extract<AnyRecord, { kind: K }>;
const NONE = new Rows<AnyRecord>();

/** What may be seen, at one moment. Never altered: `fold` makes the next one. */
export class View {
  constructor(private readonly kinds: ReadonlyMap<Kind, Rows<AnyRecord>> = new Map()) {}

  get<K extends Kind>(kind: K, id: string): Of<K> | undefined {
    return this.kinds.get(kind)?.get(id) as Of<K> | undefined;
  }

  all<K extends Kind>(kind: K): Of<K>[] {
    return (this.kinds.get(kind)?.values() ?? []) as Of<K>[];
  }

  records(): AnyRecord[] {
    return [...this.kinds.values()].flatMap((rows) => [...rows.values()]);
  }

  with(changes: readonly Change[]): View {
    if (changes.length === 0) return this;
    const making = new Map<Kind, Making<AnyRecord>>();
    for (const change of changes) {
      const kind = change.op === 'put' ? change.record.kind : change.kind;
      const rows = making.get(kind) ?? new Making(this.kinds.get(kind) ?? NONE);
      making.set(kind, rows);
      alter(rows, change);
    }
    return new View(
      new Map([...this.kinds, ...[...making].map(([kind, rows]) => [kind, rows.made()] as const)]),
    );
  }

  /** The records in which the two differ, by kind and id ([WALL4]). */
  differing(older: View): [Kind, string[]][] {
    if (older === this) return [];
    const kinds = new Set([...this.kinds.keys(), ...older.kinds.keys()]);
    return [...kinds].map((kind) => [
      kind,
      (this.kinds.get(kind) ?? NONE).differing(older.kinds.get(kind) ?? NONE),
    ]);
  }
}

function alter(rows: Making<AnyRecord>, change: Change): void {
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
