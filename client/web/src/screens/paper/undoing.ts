/**
 * What was decided of a suggestion leaves the undo of whoever made it ([PAPER23]): the words that others took over are
 * not theirs to take back any more, nor would half of what was declined come back. What else they did stays.
 *
 * The shared text keeps a mark as signs before and behind words, and its undo brings signs and words back one by one, not
 * always around each other. So what a step was is looked at once more when it is taken back.
 */

import type { Node } from 'prosemirror-model';
import { Plugin, type EditorState, type Transaction } from 'prosemirror-state';
import type { EditorView } from 'prosemirror-view';
import { yUndoPluginKey } from 'y-prosemirror';
import type * as Y from 'yjs';

import { plainOf } from './footnotes.ts';
import { DECIDED, wordsById } from './suggestions.ts';

type Step = Y.UndoManager['undoStack'][number];
type Popped = (event: { stackItem: Step; type: 'undo' | 'redo' }) => void;

/** The text before it and after, and the suggestions whose words it changed. */
interface Made {
  before: Node;
  after: Node;
  ids: ReadonlySet<string>;
}

export function undoing(): Plugin {
  return new Plugin({
    view: (view) => {
      const { undoManager: undo } = yUndoPluginKey.getState(view.state) as { undoManager: Y.UndoManager };
      const steps = new WeakMap<Step, Made>();
      const idsOf = (step: Step | undefined): Made['ids'] => (step && steps.get(step)?.ids) ?? new Set();
      let now: Made = { before: view.state.doc, after: view.state.doc, ids: new Set() };
      // Asked of each transaction before it is made a step, or part of one.
      const captures = undo.captureTransaction;
      undo.captureTransaction = (made) => {
        now = changed(now.after, view.state.doc);
        if (!undo.trackedOrigins.has(made.origin)) forget(view, undo, idsOf, now);
        else if (apart(idsOf(undo.undoStack.at(-1)), now.ids)) undo.stopCapturing();
        return captures(made);
      };
      const keep = ({ stackItem }: { stackItem: Step }): void => {
        const { before, ids } = steps.get(stackItem) ?? now;
        steps.set(stackItem, { before, after: now.after, ids: new Set([...ids, ...now.ids]) });
      };
      const popped: Popped = ({ stackItem, type }) => {
        const step = steps.get(stackItem);
        const again = (type === 'undo' ? undo.redoStack : undo.undoStack).at(-1);
        const { before } = now;
        const tr = step && become(view.state, meant(step, before, now.after));
        if (tr?.docChanged) view.dispatch(tr.setMeta(DECIDED, true).setMeta('addToHistory', false));
        if (again) steps.set(again, changed(before, view.state.doc));
      };
      undo.on('stack-item-added', keep);
      undo.on('stack-item-updated', keep);
      undo.on('stack-item-popped', popped);
      return {
        destroy: () => {
          undo.captureTransaction = captures;
          undo.off('stack-item-added', keep);
          undo.off('stack-item-updated', keep);
          undo.off('stack-item-popped', popped);
        },
      };
    },
  });
}

/** Of each text they are looked for once, however often it is compared: that is at every key. */
const known = new WeakMap<Node, ReadonlyMap<string, string>>();
function wordsIn(doc: Node): ReadonlyMap<string, string> {
  const words = known.get(doc) ?? wordsById(doc);
  known.set(doc, words);
  return words;
}

function changed(before: Node, after: Node): Made {
  if (before === after) return { before, after, ids: new Set() };
  const [was, is] = [wordsIn(before), wordsIn(after)];
  const ids = [...was.keys(), ...is.keys()].filter((id) => was.get(id) !== is.get(id));
  return { before, after, ids: new Set(ids) };
}

/** A step is of one suggestion, or of none, so that it is out, or stays, whole. */
const apart = (last: Made['ids'], ids: Made['ids']): boolean =>
  last.size > 0 !== ids.size > 0 || [...ids].some((id) => !last.has(id));

/** What comes of taking a step back: just what was before it, where nobody wrote since; else no suggestion is written so. */
function meant(step: Made, prior: Node, result: Node): Node {
  if (prior.eq(step.after)) return step.before;
  const suggests = step.ids.size > 0 && plainOf(step.before) === plainOf(step.after);
  return suggests && plainOf(prior) !== plainOf(result) ? prior : result;
}

function become(state: EditorState, wanted: Node): Transaction {
  const { tr, doc } = state;
  const start = doc.content.findDiffStart(wanted.content);
  const end = doc.content.findDiffEnd(wanted.content);
  if (start === null || end === null) return tr;
  const overlap = Math.max(0, start - Math.min(end.a, end.b));
  return tr.replace(start, end.a + overlap, wanted.slice(start, end.b + overlap));
}

/** Some of one's suggestions were decided. What was taken back before is not done again. */
function forget(
  view: EditorView,
  undo: Y.UndoManager,
  idsOf: (step: Step) => Made['ids'],
  { ids, after }: Made,
): void {
  const left = wordsIn(after);
  const decided = [...ids].filter((id) => !left.has(id));
  if (decided.length === 0) return;
  undo.undoStack = undo.undoStack.filter((step) => !decided.some((id) => idsOf(step).has(id)));
  undo.redoStack = [];
  // What can be taken back is told anew.
  view.dispatch(view.state.tr);
}
