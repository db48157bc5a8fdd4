import { SvelteMap } from 'svelte/reactivity';

import type { Record as AnyRecord } from '../protocol/types.ts';
import { View, type Kind, type Of } from '../sync/fold.ts';

type Table<K extends Kind> = SvelteMap<string, Of<K>>;

/** A view as screens read it: each record by itself, so that its change is news only to what shows it ([WALL4]). */
export class Tables {
  private shown = new View();
  private readonly kinds: { readonly [K in Kind]: Table<K> } = {
    workshop: new SvelteMap(),
    door: new SvelteMap(),
    guest: new SvelteMap(),
    notice: new SvelteMap(),
    memo: new SvelteMap(),
    step: new SvelteMap(),
    section: new SvelteMap(),
    lens: new SvelteMap(),
    person: new SvelteMap(),
    issue: new SvelteMap(),
    board: new SvelteMap(),
    note: new SvelteMap(),
    stack: new SvelteMap(),
    comment: new SvelteMap(),
    reaction: new SvelteMap(),
    ballot: new SvelteMap(),
    tally: new SvelteMap(),
    activity: new SvelteMap(),
    paper: new SvelteMap(),
    update: new SvelteMap(),
    contribution: new SvelteMap(),
    hook: new SvelteMap(),
  };

  get<K extends Kind>(kind: K, id: string): Of<K> | undefined {
    return (this.kinds[kind] as Table<K>).get(id);
  }

  all<K extends Kind>(kind: K): Of<K>[] {
    return [...(this.kinds[kind] as Table<K>).values()];
  }

  /** Show another view; `told` hears of each record of which it differs, as it was and as it is. */
  show(
    view: View,
    told: (kind: Kind, before: AnyRecord | undefined, after: AnyRecord | undefined) => void,
  ): void {
    for (const [kind, ids] of view.differing(this.shown)) {
      const table = this.kinds[kind] as SvelteMap<string, AnyRecord>;
      for (const id of ids) {
        const after = view.get(kind, id);
        told(kind, this.shown.get(kind, id), after);
        if (after) table.set(id, after);
        else table.delete(id);
      }
    }
    this.shown = view;
  }
}
