/**
 * What was decided of a suggestion leaves the undo of whoever made it ([PAPER23]): the words that others took over are
 * not theirs to take back any more, nor would half of what was declined come back. What else was done with it stays.
 */

import { Plugin } from 'prosemirror-state';
import type { EditorView } from 'prosemirror-view';
import { yUndoPluginKey } from 'y-prosemirror';
import * as Y from 'yjs';

import { wordsById } from './suggestions.ts';

type Places = ReturnType<typeof Y.createDeleteSet>;
type Range = NonNullable<ReturnType<Places['clients']['get']>>[number];
type Step = Y.UndoManager['undoStack'][number];

/** One change of a step, and the suggestions it was made in. */
interface Part {
  ids: ReadonlySet<string>;
  put: Places;
  taken: Places;
}

export function undoing(): Plugin {
  return new Plugin({
    view: (view) => {
      const { undoManager } = yUndoPluginKey.getState(view.state) as { undoManager: Y.UndoManager };
      const { doc } = undoManager;
      const parts = new WeakMap<Step, Part[]>();
      let [seen, before] = [view.state.doc, wordsById(view.state.doc)];
      // Behind the undo, which listens since its own plugin came.
      const after = (made: Y.Transaction): void => {
        if (view.state.doc === seen) return;
        const now = wordsById(view.state.doc);
        const ids = [...new Set([...before.keys(), ...now.keys()])].filter(
          (id) => before.get(id) !== now.get(id),
        );
        [seen, before] = [view.state.doc, now];
        if (undoManager.trackedOrigins.has(made.origin)) keep(undoManager, parts, made, ids);
        else forget(view, undoManager, parts, new Set(ids.filter((id) => !now.has(id))));
      };
      doc.on('afterTransaction', after);
      return {
        destroy: () => {
          doc.off('afterTransaction', after);
        },
      };
    },
  });
}

/** Which suggestions the newest step was made in. */
function keep(
  undo: Y.UndoManager,
  parts: WeakMap<Step, Part[]>,
  made: Y.Transaction,
  ids: readonly string[],
): void {
  const step = (undo.undoing ? undo.redoStack : undo.undoStack).at(-1);
  if (!step) return;
  const all = parts.get(step) ?? [];
  all.push({ ids: new Set(ids), put: putIn(made), taken: made.deleteSet });
  parts.set(step, all);
}

function putIn({ beforeState, afterState }: Y.Transaction): Places {
  const put = Y.createDeleteSet();
  for (const [client, end] of afterState) {
    const clock = beforeState.get(client) ?? 0;
    // Its class is not given out, and nothing but these two is read of it.
    const range: unknown = { clock, len: end - clock };
    if (end > clock) put.clients.set(client, [range as Range]);
  }
  return put;
}

/** These were decided. */
function forget(
  view: EditorView,
  undo: Y.UndoManager,
  parts: WeakMap<Step, Part[]>,
  decided: ReadonlySet<string>,
): void {
  if (decided.size === 0) return;
  const left = (step: Step): boolean => {
    const all = parts.get(step) ?? [];
    const rest = all.filter(({ ids }) => [...ids].every((id) => !decided.has(id)));
    if (rest.length === all.length) return true;
    parts.set(step, rest);
    step.insertions = Y.mergeDeleteSets(rest.map(({ put }) => put));
    step.deletions = Y.mergeDeleteSets(rest.map(({ taken }) => taken));
    return rest.length > 0;
  };
  undo.undoStack = undo.undoStack.filter(left);
  undo.redoStack = undo.redoStack.filter(left);
  // What can be taken back is told anew.
  view.dispatch(view.state.tr);
}
