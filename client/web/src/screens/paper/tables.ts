/** Tables in the text: how one is put in, and how one goes through its cells. */

import { chainCommands } from 'prosemirror-commands';
import type { Node } from 'prosemirror-model';
import { Plugin, Selection, type Command, type Transaction } from 'prosemirror-state';
import { addRow, goToNextCell, isInTable, selectedRect } from 'prosemirror-tables';
import { Decoration, DecorationSet } from 'prosemirror-view';

import { schema } from './schema.ts';

const line = (): Node => schema.node('paragraph');

/** Three columns, and two rows beneath their heads. */
function made(): Node {
  const cells = (kind: string): Node[] => Array.from({ length: 3 }, () => schema.node(kind, null, line()));
  const rows = ['table_header', 'table_cell', 'table_cell'].map((kind) =>
    schema.node('table_row', null, cells(kind)),
  );
  return schema.node('table', null, rows);
}

/** One writes on in the first cell of the table there, and something to write in stays behind it. */
export function writeIn(tr: Transaction, at: number, { nodeSize }: Node): Transaction {
  if (!tr.doc.resolve(at + nodeSize).nodeAfter) tr.insert(at + nodeSize, line());
  return tr.setSelection(Selection.near(tr.doc.resolve(at + 1))).scrollIntoView();
}

/** In place of what is chosen ([PAPER20]). */
export const table: Command = (state, dispatch) => {
  const put = made();
  const tr = state.tr.replaceSelectionWith(put);
  let at: number | undefined;
  tr.doc.descendants((one, place) => {
    if (one === put) at = place;
    return at === undefined;
  });
  if (at === undefined) return false;
  dispatch?.(writeIn(tr, at, put));
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

/** What of it lies at the side comes into sight by keys, too ([PAPER24]): by the caret, or where one only reads it is a
 *  stop of its own. */
export function stops(writes: () => boolean): Plugin {
  return new Plugin({
    props: {
      decorations: ({ doc }) => {
        const found: Decoration[] = [];
        doc.descendants((one, at) => {
          const how = writes() ? { contenteditable: 'true' } : { tabindex: '0' };
          if (one.type === schema.nodes['table']) found.push(Decoration.node(at, at + one.nodeSize, how));
          return !one.isTextblock;
        });
        return DecorationSet.create(doc, found);
      },
    },
  });
}
