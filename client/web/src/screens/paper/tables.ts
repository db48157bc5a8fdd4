/** Tables in the text: how one is put in, and how one goes through its cells. */

import { chainCommands } from 'prosemirror-commands';
import type { Node, NodeType } from 'prosemirror-model';
import { Selection, type Command } from 'prosemirror-state';
import { addRow, goToNextCell, isInTable, selectedRect } from 'prosemirror-tables';

import { schema } from './schema.ts';

const node = (name: string): NodeType => schema.nodes[name] as NodeType;
const line = (): Node => node('paragraph').create();

/** Three columns, and two rows beneath their heads. */
function made(): Node {
  const cells = (kind: string): Node[] => Array.from({ length: 3 }, () => node(kind).create(null, line()));
  const rows = ['table_header', 'table_cell', 'table_cell'].map((kind) =>
    node('table_row').create(null, cells(kind)),
  );
  return node('table').create(null, rows);
}

/** One writes on in its first cell ([PAPER20]). */
export const table: Command = (state, dispatch) => {
  const put = made();
  const tr = state.tr.replaceSelectionWith(put);
  let at: number | undefined;
  tr.doc.descendants((one, place) => {
    if (one === put) at = place;
    return at === undefined;
  });
  if (at === undefined) return false;
  // Something to write in stays behind it.
  if (!tr.doc.resolve(at + put.nodeSize).nodeAfter) tr.insert(at + put.nodeSize, line());
  dispatch?.(tr.setSelection(Selection.near(tr.doc.resolve(at + 1))).scrollIntoView());
  return true;
};

/** The last cell leads to a row that was not there. */
const newRow: Command = (state, dispatch) => {
  if (!isInTable(state)) return false;
  const rect = selectedRect(state);
  const end = rect.tableStart + rect.table.content.size;
  const tr = addRow(state.tr, rect, rect.bottom);
  dispatch?.(tr.setSelection(Selection.near(tr.doc.resolve(end + 1))).scrollIntoView());
  return true;
};

export const nextCell = chainCommands(goToNextCell(1), newRow);
