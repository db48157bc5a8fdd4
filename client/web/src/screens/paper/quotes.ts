/** Live quotes in the text: put there, frozen into words, and made to follow their record again. */

import type { Node, NodeType } from 'prosemirror-model';
import { NodeSelection, Selection, TextSelection, type Command, type EditorState } from 'prosemirror-state';
import type { EditorView } from 'prosemirror-view';

import { lineOf, type Said } from './said.ts';
import { schema } from './schema.ts';
import { blocks } from './sources.ts';

const node = (name: string): NodeType => schema.nodes[name] as NodeType;
const QUOTE = node('live_quote');

/** The record that a quote is of; nothing for what is no quote. */
export function quotes(one: Node | null | undefined): string | undefined {
  return one?.type === QUOTE ? String(one.attrs['of']) : undefined;
}

/** Where the quote is that is chosen, and of what it is. */
export function chosen({ selection }: EditorState): { at: number; of: string } | undefined {
  const of = selection instanceof NodeSelection ? quotes(selection.node) : undefined;
  return of === undefined ? undefined : { at: selection.from, of };
}

/** Words, drawn from `source`. */
function broken(words: string, source: string): Node[] {
  return words
    .split('\n')
    .flatMap((part, n) => [
      ...(n > 0 ? [node('hard_break').create()] : []),
      ...(part ? [schema.text(part, [schema.mark('source', { of: source })])] : []),
    ]);
}

/** What it says, as paragraphs. */
export function frozen(one: Said): Node[] {
  const items = one.beneath.map((each) => node('list_item').create(null, frozen(each)));
  return [
    node('paragraph').create(null, broken(lineOf(one), one.id)),
    ...(items.length > 0 ? [node('bullet_list').create(null, items)] : []),
  ];
}

/** The quote at this place becomes the words that it says; the caret is behind the first of its paragraphs ([QUOTE3]). */
export function freeze(at: number, one: Said | undefined): Command {
  return (state, dispatch) => {
    const quote = state.doc.nodeAt(at);
    if (quotes(quote) === undefined || !quote || !one) return false;
    const words = frozen(one);
    const tr = state.tr.replaceWith(at, at + quote.nodeSize, words);
    const end = at + (words[0]?.nodeSize ?? 2) - 1;
    dispatch?.(tr.setSelection(TextSelection.create(tr.doc, end)).scrollIntoView());
    return true;
  };
}

/**
 * The paragraph at this place follows its record again ([QUOTE4]); with it go the notes that were frozen beneath a
 * stack's name: a list behind it, all of it drawn from these alone.
 */
export function follow(at: number, { id, beneath }: Said): Command {
  return (state, dispatch) => {
    const block = state.doc.nodeAt(at);
    if (block?.type !== node('paragraph')) return false;
    const behind = state.doc.nodeAt(at + block.nodeSize);
    const notes = new Set(beneath.map((each) => each.id));
    const theirs =
      behind?.type === node('bullet_list') &&
      blocks(behind).every(({ sources }) => sources.length > 0 && sources.every((one) => notes.has(one)));
    const end = at + block.nodeSize + (theirs ? behind.nodeSize : 0);
    const tr = state.tr.replaceWith(at, end, QUOTE.create({ of: id }));
    dispatch?.(tr.setSelection(NodeSelection.create(tr.doc, at)).scrollIntoView());
    return true;
  };
}

/** Whether it is a block that is one thing: a quote or a picture. */
export const isWhole = (one: Node | null | undefined): boolean =>
  one?.type === QUOTE || one?.type === node('picture');

const HOLDING: ReadonlySet<string> = new Set(['list_item', 'bullet_list', 'ordered_list', 'blockquote']);

/** Take the quote or picture at this place out, and with it the entry, list or quote that holds nothing else. */
export function takeOut(at: number): Command {
  return (state, dispatch) => {
    if (!isWhole(state.doc.nodeAt(at))) return false;
    const $at = state.doc.resolve(at);
    let { depth } = $at;
    while (HOLDING.has($at.node(depth).type.name) && $at.node(depth).childCount === 1) depth -= 1;
    const from = depth === $at.depth ? at : $at.before(depth + 1);
    const end = from + (state.doc.nodeAt(from)?.nodeSize ?? 1);
    const alone = $at.node(depth).childCount === 1;
    const tr = alone
      ? state.tr.replaceWith(from, end, node('paragraph').create())
      : state.tr.delete(from, end);
    dispatch?.(tr.setSelection(Selection.near(tr.doc.resolve(Math.min(from, tr.doc.content.size)))));
    return true;
  };
}

/** A line of words behind the quote or picture that is chosen: in a list its next entry. */
export const below: Command = (state, dispatch) => {
  if (!(state.selection instanceof NodeSelection) || !isWhole(state.selection.node)) return false;
  const { $from, to } = state.selection;
  const last = $from.parent.type === node('list_item') && $from.index() === $from.parent.childCount - 1;
  const line = node('paragraph').create();
  const at = last ? $from.after() : to;
  const tr = state.tr.insert(at, last ? node('list_item').create(null, line) : line);
  dispatch?.(tr.setSelection(TextSelection.create(tr.doc, at + (last ? 2 : 1))).scrollIntoView());
  return true;
};

const entry = (of: string): Node => node('list_item').create(null, QUOTE.create({ of }));

/** Behind where one is: in a list the next entry, else a quote by itself. */
export function insertQuote(of: string): Command {
  return (state, dispatch) => {
    const { $to } = state.selection;
    const { tr } = state;
    for (let depth = $to.depth; depth > 0; depth -= 1) {
      if ($to.node(depth).type !== node('list_item')) continue;
      dispatch?.(tr.insert($to.after(depth), entry(of)).scrollIntoView());
      return true;
    }
    const line = $to.depth > 0 && $to.parent.isTextblock && $to.parent.content.size === 0;
    if (line) tr.replaceWith($to.before(), $to.after(), QUOTE.create({ of }));
    else tr.insert($to.depth > 0 ? $to.after($to.depth) : $to.pos, QUOTE.create({ of }));
    dispatch?.(tr.scrollIntoView());
    return true;
  };
}

/** As an entry of a list behind the block in which one is. */
export function append(view: EditorView, of: string): void {
  const { state } = view;
  const at = state.selection.$from.depth > 0 ? state.selection.$from.after(1) : state.doc.content.size;
  view.dispatch(state.tr.insert(at, node('bullet_list').create(null, entry(of))).scrollIntoView());
}

/** The same at the end of what stands beneath these headings, as far as they are there. */
export function appendUnder(view: EditorView, of: string, heads: readonly string[]): void {
  const { tr, doc } = view.state;
  view.dispatch(tr.insert(endOf(doc, heads), node('bullet_list').create(null, entry(of))));
}

/** Where the part ends that begins with the last of these headings that is found, each within the one before. */
function endOf(doc: Node, heads: readonly string[]): number {
  let part = { from: 0, end: doc.content.size };
  for (const head of heads) {
    let level = 0;
    let found: typeof part | undefined;
    doc.forEach((block, at) => {
      const own = block.type === node('heading') ? Number(block.attrs['level']) : 0;
      if (found && own > 0 && own <= level) found.end = Math.min(found.end, at);
      else if (!found && own > 0 && at >= part.from && at < part.end && block.textContent.trim() === head) {
        level = own;
        found = { from: at + block.nodeSize, end: part.end };
      }
    });
    part = found ?? part;
  }
  return part.end;
}
