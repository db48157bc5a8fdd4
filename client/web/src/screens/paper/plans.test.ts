import type { Node } from 'prosemirror-model';
import { EditorState } from 'prosemirror-state';
import { expect, it } from 'vitest';

import type { Activity } from '../../protocol/types.ts';
import type { Live } from '../../store/live.svelte.ts';
import { planIn, putPlan } from './plans.ts';
import { schema } from './schema.ts';
import { blocks } from './sources.ts';

const activity = (id: string, title: string, owner: string): Activity => ({
  kind: 'activity',
  id,
  rev: 1,
  rank: 'a0',
  title,
  owner,
  first: '',
  start: 2,
  length: 3,
  status: 'agreed',
  issue: null,
  source: null,
  lens: null,
  by: null,
  at: 0,
  after: [],
});
const live = (...activities: Activity[]): Live =>
  ({ activities, workshop: { created: Date.UTC(2026, 10, 27) } }) as unknown as Live;
const words = (text: string): Node => schema.node('paragraph', null, schema.text(text));

function put(from: Node, plan: Live): Node {
  let state = EditorState.create({ doc: from });
  putPlan(plan)(state, (tr) => (state = state.apply(tr)));
  state.doc.check();
  return state.doc;
}

const tables = (doc: Node): string[][] =>
  doc.children
    .filter(({ type }) => type.name === 'table')
    .map((table) => table.children.map((row) => row.textContent));

it('[PAPER22] the plan stands behind where one is, each row drawn from its activity', () => {
  const doc = put(
    schema.node('doc', null, [words('Before'), words('After')]),
    live(activity('a1', 'Rubrics', 'Ana')),
  );
  expect(doc.children.map(({ type }) => type.name)).toEqual(['paragraph', 'table', 'paragraph']);
  expect(tables(doc)[0]?.[1]).toMatch(/2027.*RubricsAnaAgreed$/);
  expect(new Set(blocks(doc).flatMap(({ sources }) => sources))).toEqual(new Set(['a1']));
});

it('[PAPER22] again, it takes the place of the one that stands there, and of no other table', () => {
  const before = live(activity('a1', 'Rubrics', 'Ana'));
  const other = schema.node('table', null, [
    schema.node('table_row', null, [schema.node('table_cell', null, words('Ours'))]),
  ]);
  const first = put(schema.node('doc', null, [words('Before'), other, words('After')]), before);
  const now = live(activity('a1', 'Rubrics of five districts', 'Ben'), activity('a2', 'Pay', ''));
  const second = put(first, now);
  expect(tables(second).map((rows) => rows.length)).toEqual([3, 1]);
  expect(tables(second)[0]?.join()).toContain('Rubrics of five districts');
  expect(planIn(second, new Set(['a2']))).toBeDefined();
  expect(planIn(second, new Set(['a3']))).toBeUndefined();
});
