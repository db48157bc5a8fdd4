/** Whoever suggests changes nothing: what they write is marked as put in, and what they delete as taken out ([PAPER18]). */

import { Fragment, type Mark, type Node, type Slice } from 'prosemirror-model';
import { TextSelection, type Command, type EditorState, type Transaction } from 'prosemirror-state';
import { ReplaceStep } from 'prosemirror-transform';
import { ySyncPluginKey } from 'y-prosemirror';

import { newId } from '../../sync/client.ts';
import { schema } from './schema.ts';
import { addedBy, DECIDED, removedBy } from './suggestions.ts';

const MARKS = ['insertion', 'deletion', 'source'] as const;
type Kind = 'insertion' | 'deletion';

/** Whoever suggests. `fresh`: what nobody else can have seen yet goes on; what is sent does not, so that whoever decides
 *  decides just what they saw. */
export interface Suggester {
  by: string;
  fresh: Set<string>;
}

/** It comes from elsewhere, takes something back, or decides. */
const isMeant = (tr: Transaction): boolean =>
  !tr.docChanged || tr.getMeta(ySyncPluginKey) !== undefined || tr.getMeta(DECIDED) !== undefined;

/** What is written amid a suggestion is none: it neither waits nor goes with it. */
export function written(tr: Transaction): Transaction {
  if (isMeant(tr)) return tr;
  const steps = tr.steps.slice();
  steps.forEach((step, n) => {
    if (!(step instanceof ReplaceStep) || step.slice.size === 0) return;
    const later = tr.mapping.slice(n + 1, steps.length);
    const [from, to] = [later.map(step.from, 1), later.map(step.from + step.slice.size, -1)];
    for (const kind of ['insertion', 'deletion'] as const)
      if (to > from) tr.removeMark(from, to, schema.marks[kind]);
  });
  return tr;
}

/** What somebody did to the text, as what they suggest. What cannot be suggested is left out. */
export function suggested(state: EditorState, tr: Transaction, by: Suggester): Transaction {
  if (isMeant(tr)) return tr;
  const out = state.tr;
  tr.steps.forEach((step, n) => {
    if (!(step instanceof ReplaceStep)) return;
    const earlier = tr.mapping.maps.slice(0, n).reverse();
    const before = (at: number): number => earlier.reduce((there, map) => map.invert().map(there), at);
    const [from, to] = [before(step.from), before(step.to)];
    replaced(out, out.mapping.map(from), out.mapping.map(to), step.slice, by);
    const forward = state.selection.empty && state.selection.from === from && to > from;
    if (step.slice.size === 0) rest(out, out.mapping.map(forward ? to : from, forward ? 1 : -1));
  });
  if (tr.scrolledIntoView) out.scrollIntoView();
  return out;
}

/** A line begins behind this one, for what is written into it; within a line nothing is broken up. */
export const newLine: Command = (state, dispatch) => {
  const { $from, empty } = state.selection;
  if (!empty || $from.parentOffset < $from.parent.content.size) return true;
  const line = schema.node('paragraph');
  const item = $from.node(-1).type === schema.nodes['list_item'];
  const at = item ? $from.after(-1) : $from.after();
  const { tr } = state;
  tr.insert(at, item ? schema.node('list_item', null, line) : line).setMeta(DECIDED, true);
  dispatch?.(rest(tr, at + (item ? 2 : 1)).scrollIntoView());
  return true;
};

function replaced(out: Transaction, from: number, to: number, slice: Slice, suggester: Suggester): void {
  const { by, fresh } = suggester;
  const id = near(out.doc, from, suggester) ?? near(out.doc, to, suggester) ?? newId();
  fresh.add(id);
  const before = out.steps.length;
  takeOut(out, from, to, by, id);
  const at = out.mapping.slice(before).map(to);
  const words = inWords(slice, mark('insertion', by, id));
  if (words.size === 0 || !out.doc.resolve(at).parent.inlineContent) return;
  out.insert(at, words);
  rest(out, at + words.size);
}

/** What one suggested oneself is gone; all else stays, and is marked. */
function takeOut(out: Transaction, from: number, to: number, by: string, id: string): void {
  const found: { from: number; to: number; node: Node }[] = [];
  out.doc.nodesBetween(from, to, (node, at) => {
    if (node.isText) found.push({ from: Math.max(from, at), to: Math.min(to, at + node.nodeSize), node });
    return !node.isAtom;
  });
  for (const { from: start, to: end, node } of found.reverse())
    if (addedBy(node)?.attrs['by'] === by) out.delete(start, end);
    else if (!removedBy(node)) out.addMark(start, end, mark('deletion', by, id));
}

/** The words of what is put in, with their looks; lines become one. */
function inWords(slice: Slice, added: Mark): Fragment {
  const words: Node[] = [];
  slice.content.descendants((node) => {
    if (node.isTextblock && words.length > 0) words.push(schema.text(' ', [added]));
    if (!node.isText) return !node.isAtom;
    const looks = node.marks.filter(({ type }) => !MARKS.some((name) => name === type.name));
    words.push(node.mark(added.addToSet(looks)));
    return false;
  });
  return Fragment.fromArray(words);
}

/** The suggestion of this person that ends or begins there: it goes on, as long as it is fresh. */
function near(doc: Node, at: number, { by, fresh }: Suggester): string | undefined {
  const $at = doc.resolve(at);
  for (const node of [$at.nodeBefore, $at.nodeAfter])
    for (const found of node ? [addedBy(node), removedBy(node)] : [])
      if (found?.attrs['by'] === by && fresh.has(String(found.attrs['id']))) return String(found.attrs['id']);
  return undefined;
}

function mark(kind: Kind, by: string, id: string): Mark {
  return schema.mark(kind, { by, id });
}

function rest(out: Transaction, at: number): Transaction {
  return out.setSelection(TextSelection.near(out.doc.resolve(at)));
}
