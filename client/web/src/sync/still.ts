/** A picture that keeps still while the workshop goes on ([SCENE9]). */

import type { Change, Note, Record as AnyRecord } from '../protocol/types.ts';
import type { Kind, View } from './fold.ts';

/** What goes on all the same: where the workshop is, and what is said to the room. */
const GOING: ReadonlySet<Kind> = new Set(['workshop', 'step', 'notice', 'person']);

/** What leaves the picture too when it may not be seen any more: an issue that was set aside, and its dots. */
const LEAVING: ReadonlySet<Kind> = new Set(['issue', 'tally']);

export interface Still {
  view: View;
  /** How many notes came since that may be read or counted. */
  notes: number;
  /** How many dots, as far as they may be known. */
  dots: number;
}

const away = (record: AnyRecord | undefined): boolean =>
  !record || (record.kind === 'note' && (record.binned || record.sealed));

const dotsIn = (view: View): number => view.all('tally').reduce((sum, { dots }) => sum + dots, 0);
const onTheWall = (note: Note): boolean => !note.binned;

/** The picture of `base` at the moment `now`: without what was put away since, or may no longer be seen. */
export function still(base: View, now: View): Still {
  const changes: Change[] = [];
  for (const [kind, ids] of now.differing(base))
    for (const id of ids) {
      const [before, after] = [base.get(kind, id), now.get(kind, id)];
      const leaves = (kind === 'note' && before && away(after)) || (LEAVING.has(kind) && !after);
      if (!GOING.has(kind) && !leaves) continue;
      changes.push(after ? { op: 'put', record: after } : { op: 'drop', kind, id });
    }
  const there = base.all('note').filter(onTheWall).length;
  return {
    view: base.with(changes),
    notes: Math.max(0, now.all('note').filter(onTheWall).length - there),
    dots: Math.max(0, dotsIn(now) - dotsIn(base)),
  };
}
