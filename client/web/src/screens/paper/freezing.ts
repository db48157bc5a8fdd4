/**
 * A quote is frozen so that two who do it in the same instant make the very same change: then its words stand once when
 * both are merged ([QUOTE3]). Nothing in what is written says whose it is, but for the number of the writing device; so
 * the change is written in the name of a number that is reckoned from all of it: what it says and what stands around.
 */

import type { Node, ResolvedPos } from 'prosemirror-model';
import { TextSelection } from 'prosemirror-state';
import type { EditorView } from 'prosemirror-view';
import { prosemirrorToYXmlFragment, ySyncPluginKey } from 'y-prosemirror';
import * as Y from 'yjs';

import { freeze, frozen, quotes } from './quotes.ts';
import type { Said } from './said.ts';
import { schema } from './schema.ts';
import { ROOT } from './text.ts';

type Holder = Y.XmlFragment | Y.XmlElement;

/** The quote at this place becomes the words that it says; whether it did. */
export function freezeIn(view: EditorView, at: number, one: Said | undefined): boolean {
  const { state } = view;
  if (!one || quotes(state.doc.nodeAt(at)) === undefined) return false;
  const synced = ySyncPluginKey.getState(state) as { doc: Y.Doc } | undefined;
  const words = frozen(one);
  if (!synced || !written(synced.doc, pathOf(state.doc.resolve(at)), words))
    return freeze(at, one)(state, view.dispatch.bind(view));
  const end = at + (words[0]?.nodeSize ?? 2) - 1;
  const { tr, doc } = view.state;
  view.dispatch(
    tr.setSelection(TextSelection.near(doc.resolve(Math.min(end, doc.content.size)), -1)).scrollIntoView(),
  );
  return true;
}

/** In the change's own name; not where somebody has that already. */
function written(doc: Y.Doc, path: readonly number[], words: readonly Node[]): boolean {
  const name = nameOf(doc, path, words);
  if (doc.store.clients.has(name)) return false;
  const own = doc.clientID;
  doc.clientID = name;
  try {
    put(doc, path, words);
  } finally {
    doc.clientID = own;
  }
  return true;
}

/** A number for this change, made of the change as somebody without one would write it. */
function nameOf(doc: Y.Doc, path: readonly number[], words: readonly Node[]): number {
  const draft = new Y.Doc();
  Y.applyUpdate(draft, Y.encodeStateAsUpdate(doc));
  draft.clientID = 0;
  let change: Uint8Array = new Uint8Array();
  draft.on('update', (made: Uint8Array) => (change = made));
  put(draft, path, words);
  // FNV-1a, of 32 bits as the numbers of devices are.
  return change.reduce((sum, byte) => Math.imul(sum ^ byte, 0x01000193) >>> 0, 0x811c9dc5) || 1;
}

function put(doc: Y.Doc, path: readonly number[], words: readonly Node[]): void {
  const at = path.at(-1) ?? 0;
  const holder = path
    .slice(0, -1)
    .reduce<Holder>((within, n) => within.get(n) as Y.XmlElement, doc.getXmlFragment(ROOT));
  const made = prosemirrorToYXmlFragment(
    schema.node('doc', null, words.slice()),
    new Y.Doc().getXmlFragment(ROOT),
  );
  const elements = made.toArray().map((each) => each.clone() as Y.XmlElement);
  doc.transact(() => {
    // Behind the quote, which is the same for all, and not behind what stands before it.
    holder.insert(at + 1, elements);
    holder.delete(at, 1);
  }, ySyncPluginKey);
}

/** Which child of which child it is. */
const pathOf = ($at: ResolvedPos): number[] => Array.from({ length: $at.depth + 1 }, (_, n) => $at.index(n));
