/** What the paper's paragraphs are drawn from. Positions are ProseMirror's, and hold for one document alone. */

import type { Node } from 'prosemirror-model';
import { Plugin, type Command, type EditorState } from 'prosemirror-state';
import { Decoration, DecorationSet } from 'prosemirror-view';

import { plainOf } from './footnotes.ts';
import { schema, SOURCES } from './schema.ts';

const MARK = schema.marks['source'];

/** A paragraph with words in it. */
export interface Block {
  at: number;
  text: string;
  sources: readonly string[];
  /** It is a cell's. */
  cell: boolean;
  /** It is a quote that follows its record. */
  live: boolean;
}

/** All of them, in order; `says`: what a live quote says. Headings are none: they claim nothing. */
export function blocks(doc: Node, says: (of: string) => string = () => ''): Block[] {
  const found: Block[] = [];
  const walk = (parent: Node, start: number, cell: boolean): void => {
    parent.forEach((node, offset) => {
      const at = start + offset;
      if (node.type === schema.nodes['live_quote']) {
        const of = String(node.attrs['of']);
        found.push({ at, text: says(of), sources: [of], cell, live: true });
      } else if (!node.isTextblock) walk(node, at + 1, cell || node.type === schema.nodes['table']);
      else if (node.type === schema.nodes['paragraph']) {
        const text = plainOf(node).trim();
        if (text) found.push({ at, text, sources: sourcesOf(node), cell, live: false });
      }
    });
  };
  walk(doc, 0, false);
  return found;
}

/** What any of its words is drawn from, each once. */
function sourcesOf(block: Node): string[] {
  const all = new Set<string>();
  block.forEach((part) => {
    for (const id of named(part)) all.add(id);
  });
  return [...all];
}

function named(part: Node): string[] {
  const mark = MARK?.isInSet(part.marks);
  return mark ? String(mark.attrs['of']).split(' ') : [];
}

/** The paragraph in which one is. */
export function blockAt(doc: Node, at: number): Block | undefined {
  const $at = doc.resolve(Math.min(Math.max(0, at), doc.content.size));
  if ($at.depth === 0) return undefined;
  return blocks(doc).find((block) => block.at === $at.before($at.depth));
}

/** Have the words of a paragraph name one source more. */
export function attach(at: number, id: string): Command {
  return each(at, (now) => (now.includes(id) || now.length >= SOURCES ? now : [...now, id]));
}

/** Or one less. */
export function detach(at: number, id: string): Command {
  return each(at, (now) => now.filter((one) => one !== id));
}

function each(at: number, change: (now: string[]) => string[]): Command {
  return (state, dispatch) => {
    const block = state.doc.nodeAt(at);
    if (!block?.isTextblock || !MARK) return false;
    const { tr } = state;
    block.forEach((part, offset) => {
      if (!part.isText) return;
      const [from, to] = [at + 1 + offset, at + 1 + offset + part.nodeSize];
      const of = change(named(part));
      tr.removeMark(from, to, MARK);
      if (of.length > 0) tr.addMark(from, to, MARK.create({ of: of.join(' ') }));
    });
    if (tr.docChanged) dispatch?.(tr);
    return tr.docChanged;
  };
}

/** A quiet sign beside each paragraph that has sources; `onopen` when it is pressed. */
export function signs(onopen: (at: number) => void): Plugin<DecorationSet> {
  const drawn = (state: EditorState): DecorationSet =>
    DecorationSet.create(
      state.doc,
      blocks(state.doc).flatMap(({ at, sources, cell, live }) => {
        const size = state.doc.nodeAt(at)?.nodeSize;
        return sources.length > 0 && !cell && !live && size
          ? [Decoration.node(at, at + size, { class: 'drawn' })]
          : [];
      }),
    );
  const plugin: Plugin<DecorationSet> = new Plugin<DecorationSet>({
    state: {
      init: (_config, state) => drawn(state),
      apply: (tr, before, _old, state) => (tr.docChanged ? drawn(state) : before),
    },
    props: {
      decorations: (state) => plugin.getState(state),
      handleDOMEvents: {
        // The caret stays where it is, and no keyboard comes up.
        mousedown: (_view, event) => {
          const on = signed(event);
          if (on) event.preventDefault();
          return on !== null;
        },
        click: (view, event) => {
          const on = signed(event);
          if (!on) return false;
          onopen(view.posAtDOM(on, 0) - 1);
          return true;
        },
      },
    },
  });
  return plugin;
}

/** The paragraph whose sign was met: it hangs outside of the paragraph's box. */
function signed(event: MouseEvent): Element | null {
  if (!(event.target instanceof Element) || !event.target.matches('.drawn')) return null;
  const box = event.target.getBoundingClientRect();
  return event.clientX > box.right || event.clientX < box.left ? event.target : null;
}
