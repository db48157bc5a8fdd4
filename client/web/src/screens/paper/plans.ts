/** The plan in the paper: a table of what is to be done, as it stands when it is put there ([PAPER22]). */

import type { Node } from 'prosemirror-model';
import type { Command } from 'prosemirror-state';

import { spanOf } from '../../parts/months.ts';
import type { Live } from '../../store/live.svelte.ts';
import { t } from '../../words/index.ts';
import { schema } from './schema.ts';
import { writeIn } from './tables.ts';

const row = (kind: string, cells: readonly string[], of?: string): Node =>
  schema.node(
    'table_row',
    null,
    cells.map((text) => {
      const marks = of === undefined ? [] : [schema.mark('source', { of })];
      const words = text === '' ? [] : [schema.text(text, marks)];
      return schema.node(kind, null, schema.node('paragraph', null, words));
    }),
  );

/** Each row is drawn from its activity ([PAPER11]); its heads are those of the table that a paper begins with. */
export function planTable({ activities, workshop }: Live): Node {
  const created = workshop?.created ?? 0;
  const heads = [t('plan.when'), t('plan.activity'), t('plan.who'), t('plan.firstStep'), t('plan.standing')];
  const rows = activities.map(({ id, start, length, title, owner, first, status }) =>
    row('table_cell', [spanOf(created, start, length), title, owner, first, t(`plan.${status}`)], id),
  );
  return schema.node('table', null, [row('table_header', heads), ...rows]);
}

/** Where the paper holds the plan already: the first table that is drawn from an activity. */
export function planIn(doc: Node, activities: ReadonlySet<string>): { from: number; to: number } | undefined {
  let found: { from: number; to: number } | undefined;
  doc.descendants((table, at) => {
    if (found || table.type.name !== 'table') return !found;
    table.descendants((text) => {
      const of = text.marks.find(({ type }) => type.name === 'source')?.attrs['of'] as string | undefined;
      if (of?.split(' ').some((id) => activities.has(id))) found = { from: at, to: at + table.nodeSize };
      return !found;
    });
    return false;
  });
  return found;
}

/** In place of the plan that the paper holds, else behind the block in which one is. */
export function putPlan(live: Live): Command {
  return (state, dispatch) => {
    const table = planTable(live);
    const old = planIn(state.doc, new Set(live.activities.map(({ id }) => id)));
    const behind = state.selection.$to.depth > 0 ? state.selection.$to.after(1) : state.selection.to;
    const at = old?.from ?? behind;
    dispatch?.(writeIn(state.tr.replaceWith(at, old?.to ?? at, table), at, table));
    return true;
  };
}
