/** Where others are in the paper: their caret with their name, and what they have chosen. */

import { Plugin, PluginKey, TextSelection, type EditorState } from 'prosemirror-state';
import { Decoration, DecorationSet, type EditorView } from 'prosemirror-view';
import { flushSync } from 'svelte';
import {
  absolutePositionToRelativePosition,
  relativePositionToAbsolutePosition,
  ySyncPluginKey,
  type ProsemirrorBinding,
} from 'y-prosemirror';
import * as Y from 'yjs';

import type { Cursor } from '../../protocol/types.ts';
import { base64, bytes } from './text.ts';

/** Somebody else who is there. */
export interface There {
  id: string;
  name: string;
  hue: number;
  cursor: Cursor;
}

interface Synced {
  doc: Y.Doc;
  type: Y.XmlFragment;
  binding: ProsemirrorBinding;
  /** The last change came from somebody else. */
  isChangeOrigin: boolean;
}

/** Who is there, and how that is shown. */
interface Shown {
  people: readonly There[];
  marks: DecorationSet;
}

const KEY = new PluginKey<Shown>('cursors');

/** Others' cursors; `moved` is told of one's own, null when one is not in the text. */
export function cursors(moved: (cursor: Cursor | null) => void): Plugin<Shown> {
  return new Plugin<Shown>({
    key: KEY,
    state: {
      init: () => ({ people: [], marks: DecorationSet.empty }),
      apply: (tr, { people, marks }, _before, state) => {
        const news = tr.getMeta(KEY) as readonly There[] | undefined;
        const synced = ySyncPluginKey.getState(state) as Synced | undefined;
        // With what others wrote comes what a cursor stood on, and words that are put anew lose their marks.
        if (news || synced?.isChangeOrigin) return shown(state, news ?? people);
        return { people, marks: marks.map(tr.mapping, tr.doc) };
      },
    },
    props: { decorations: (state) => KEY.getState(state)?.marks },
    view: (view) => {
      const look = (): void => {
        moved(view.hasFocus() ? own(view) : null);
      };
      view.dom.addEventListener('focusin', look);
      view.dom.addEventListener('focusout', look);
      return {
        update: look,
        destroy: () => {
          view.dom.removeEventListener('focusin', look);
          view.dom.removeEventListener('focusout', look);
        },
      };
    },
  });
}

/** Show where these are now. */
export function show(view: EditorView, people: readonly There[]): void {
  view.dispatch(view.state.tr.setMeta(KEY, people).setMeta('addToHistory', false));
}

function shown(state: EditorState, people: readonly There[]): Shown {
  const marks = people.flatMap((there) => marksOf(state, there));
  return { people, marks: DecorationSet.create(state.doc, marks) };
}

/** Go there again, wherever that is by now. */
export function goTo(view: EditorView, cursor: Cursor): void {
  const [anchor, head] = [place(view.state, cursor.anchor), place(view.state, cursor.head)];
  if (anchor === null || head === null) return;
  view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, anchor, head)));
}

/** Where one is. */
export function own(view: EditorView): Cursor | null {
  return cursorAt(view, view.state.selection);
}

/**
 * Closes what is opened now in front of the text, and goes back to where one is: the browser puts the caret elsewhere, and
 * others may have written before it meanwhile.
 */
export function backFrom(view: EditorView, close: () => void): () => void {
  const at = own(view);
  return () => {
    flushSync(close);
    view.focus();
    if (at) goTo(view, at);
  };
}

/** A place that stays what it is while others write. */
export function cursorAt(
  view: EditorView,
  { anchor, head }: { anchor: number; head: number },
): Cursor | null {
  const synced = ySyncPluginKey.getState(view.state) as Synced | undefined;
  if (!synced || synced.binding.mapping.size === 0) return null;
  const encode = (at: number): string =>
    base64(
      Y.encodeRelativePosition(
        absolutePositionToRelativePosition(at, synced.type, synced.binding.mapping) as Y.RelativePosition,
      ),
    );
  return { anchor: encode(anchor), head: encode(head) };
}

function marksOf(state: EditorState, there: There): Decoration[] {
  const anchor = place(state, there.cursor.anchor);
  const head = place(state, there.cursor.head);
  if (anchor === null || head === null) return [];
  const caret = Decoration.widget(head, () => caretOf(there), { key: `${there.id} ${there.name}`, side: 10 });
  const [from, to] = [Math.min(anchor, head), Math.max(anchor, head)];
  if (from === to) return [caret];
  return [caret, Decoration.inline(from, to, { class: 'theirs', style: `--hue: ${there.hue}` })];
}

/** What somebody says may be no place at all. */
export function place(state: EditorState, encoded: string): number | null {
  const synced = ySyncPluginKey.getState(state) as Synced;
  try {
    const relative = Y.decodeRelativePosition(bytes(encoded));
    const at = relativePositionToAbsolutePosition(synced.doc, synced.type, relative, synced.binding.mapping);
    return at === null ? null : Math.min(at, Math.max(0, state.doc.content.size - 1));
  } catch {
    return null;
  }
}

function caretOf({ name, hue }: There): HTMLElement {
  const caret = document.createElement('span');
  caret.className = 'caret';
  caret.style.setProperty('--hue', String(hue));
  const label = document.createElement('span');
  label.className = 'who';
  label.textContent = name;
  label.dir = 'auto';
  // Screen readers are told in the head of the page who is here.
  caret.setAttribute('aria-hidden', 'true');
  caret.append('\u2060', label, '\u2060');
  return caret;
}
