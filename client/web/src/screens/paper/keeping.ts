/**
 * What is chosen as a whole stays so while others write, and is let go where they took it away. The binding would choose
 * whatever is there then, and break where that cannot be chosen.
 */

import type { Node } from 'prosemirror-model';
import { NodeSelection, Plugin } from 'prosemirror-state';
import type { EditorView } from 'prosemirror-view';
import { relativePositionToAbsolutePosition, ySyncPluginKey, type ProsemirrorBinding } from 'y-prosemirror';
import type * as Y from 'yjs';

/** What the binding remembers of where one is. */
interface Remembered {
  type: string;
  anchor: Y.RelativePosition;
}

interface Synced {
  doc: Y.Doc;
  type: Y.XmlFragment;
  binding: Omit<ProsemirrorBinding, 'beforeTransactionSelection'> & {
    beforeTransactionSelection: Remembered | null;
  };
}

export function keeping(): Plugin {
  return new Plugin({
    view: (view) => {
      const { doc } = ySyncPluginKey.getState(view.state) as Synced;
      let kept: { at: Y.RelativePosition; node: Node } | undefined;
      const before = (): void => {
        const { binding } = ySyncPluginKey.getState(view.state) as Synced;
        const there = binding.beforeTransactionSelection;
        const { selection } = view.state;
        if (there?.type !== 'node' || !(selection instanceof NodeSelection)) return;
        kept = { at: there.anchor, node: selection.node };
        there.type = 'text';
      };
      const after = (): void => {
        const was = kept;
        kept = undefined;
        if (was) choose(view, was.at, was.node);
      };
      // Behind the binding, which listens since its own plugin came.
      doc.on('beforeAllTransactions', before);
      doc.on('afterAllTransactions', after);
      return {
        destroy: () => {
          doc.off('beforeAllTransactions', before);
          doc.off('afterAllTransactions', after);
        },
      };
    },
  });
}

/** Again, where it is still there. */
function choose(view: EditorView, from: Y.RelativePosition, was: Node): void {
  const { doc, type, binding } = ySyncPluginKey.getState(view.state) as Synced;
  const at = relativePositionToAbsolutePosition(doc, type, from, binding.mapping);
  const { state } = view;
  if (at === null || at >= state.doc.content.size || state.selection instanceof NodeSelection) return;
  const node = state.doc.nodeAt(at);
  if (node?.type !== was.type || node.attrs['of'] !== was.attrs['of']) return;
  view.dispatch(state.tr.setSelection(NodeSelection.create(state.doc, at)));
}
