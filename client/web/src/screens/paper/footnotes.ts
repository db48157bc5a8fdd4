/** Footnotes: a sign in the text that is one thing, and what it says at the foot ([PAPER14]). */

import type { Node } from 'prosemirror-model';
import { NodeSelection, Plugin, type Command, type EditorState } from 'prosemirror-state';
import type { EditorView, NodeView } from 'prosemirror-view';

import { schema } from './schema.ts';

const FOOTNOTE = schema.nodes['footnote'];

/** One of them, and where its sign is in this document. */
export interface Footnote {
  at: number;
  text: string;
}

/** All that say something, in order: so they are numbered. */
export function footnotes(doc: Node): Footnote[] {
  const found: Footnote[] = [];
  doc.descendants((node, at) => {
    if (node.type !== FOOTNOTE) return true;
    if (node.textContent.trim()) found.push({ at, text: node.textContent });
    return false;
  });
  return found;
}

/** The one whose sign is chosen. */
export function chosen(state: EditorState): Footnote | null {
  const { selection } = state;
  return selection instanceof NodeSelection && selection.node.type === FOOTNOTE
    ? { at: selection.from, text: selection.node.textContent }
    : null;
}

/** Whether one may stand where one is. */
export function may(state: EditorState): boolean {
  const { $to } = state.selection;
  return FOOTNOTE !== undefined && $to.parent.canReplaceWith($to.index(), $to.index(), FOOTNOTE);
}

/** Have the chosen one say this, or put one behind what is chosen; without words it is taken away. */
export function note(words: string): Command {
  return (state, dispatch) => {
    const text = words.replace(/\s+/gu, ' ').trim();
    const now = chosen(state);
    const { tr } = state;
    if (now && text) tr.insertText(text, now.at + 1, now.at + 1 + now.text.length);
    else if (now) tr.delete(now.at, now.at + (state.doc.nodeAt(now.at)?.nodeSize ?? 0));
    else if (text && FOOTNOTE && may(state))
      tr.insert(state.selection.to, FOOTNOTE.create(null, schema.text(text)));
    if (tr.docChanged) dispatch?.(tr.scrollIntoView());
    return tr.docChanged;
  };
}

/** Choose the one whose sign is here. */
export function choose(view: EditorView, at: number): void {
  view.dispatch(view.state.tr.setSelection(NodeSelection.create(view.state.doc, at)).scrollIntoView());
}

/** The words of the text, line by line; what stands at the foot is no part of it. `says`: what a live quote says. */
export function plainOf(doc: Node, says: (of: string) => string = () => ''): string {
  let text = '';
  doc.descendants((node) => {
    // Who sees the picture does not read them.
    if (node.type === schema.nodes['picture_alt']) return false;
    const quote = node.type === schema.nodes['live_quote'];
    if ((node.isTextblock || quote) && text) text += '\n';
    if (quote) text += says(String(node.attrs['of']));
    if (node.type === schema.nodes['hard_break']) text += '\n';
    // What is only suggested is not there yet.
    if (node.isText && !schema.marks['insertion']?.isInSet(node.marks)) text += node.text ?? '';
    return node.type !== FOOTNOTE;
  });
  return text;
}

/** Shows the signs, which count themselves. `onopen`: one was pressed, or chosen and then Enter. */
export function signsOf(label: (text: string) => string, onopen: (at: number) => void): Plugin {
  return new Plugin({
    props: {
      nodeViews: { footnote: (node, _view, at) => new Sign(node, at, label, onopen) },
      handleKeyDown: (view, event) => {
        const now = chosen(view.state);
        if (event.key !== 'Enter' || !now) return false;
        onopen(now.at);
        return true;
      },
    },
  });
}

class Sign implements NodeView {
  readonly dom = document.createElement('sup');

  constructor(
    private node: Node,
    at: () => number | undefined,
    private readonly label: (text: string) => string,
    onopen: (at: number) => void,
  ) {
    this.dom.className = 'footnote';
    this.dom.setAttribute('role', 'img');
    this.dom.addEventListener('click', () => {
      const here = at();
      if (here !== undefined) onopen(here);
    });
    this.show();
  }

  update(node: Node): boolean {
    if (node.type !== this.node.type) return false;
    this.node = node;
    this.show();
    return true;
  }

  ignoreMutation(): boolean {
    return true;
  }

  private show(): void {
    const { textContent } = this.node;
    this.dom.classList.toggle('empty', !textContent.trim());
    this.dom.title = textContent;
    this.dom.setAttribute('aria-label', this.label(textContent));
  }
}
