/** Pictures in the text: put there, and changed ([PAPER17]). Which of them are shown: `shown.ts`. */

import type { Node, NodeType } from 'prosemirror-model';
import { NodeSelection, type Command, type EditorState, type Transaction } from 'prosemirror-state';

import { schema } from './schema.ts';

const type = (name: string): NodeType => schema.nodes[name] as NodeType;
const PICTURE = type('picture');
const ALT = type('picture_alt');
const CAPTION = type('picture_caption');

/** Longer words for who does not see it would be cut in what goes out ([PICTURE3]). */
export const ALT_CHARS = 500;

/** What is said and shown of one. Without `alt` it only decorates. */
export interface Picture {
  of: string;
  alt: string;
  caption: string;
}

/** What a picture is; nothing for what is none. */
export function pictureOf(one: Node | null | undefined): Picture | undefined {
  if (one?.type !== PICTURE) return undefined;
  return { of: String(one.attrs['of']), alt: wordsIn(one, ALT), caption: wordsIn(one, CAPTION) };
}

/** The one that is chosen, and where it is. */
export function chosenPicture({ selection }: EditorState): (Picture & { at: number }) | undefined {
  const one = selection instanceof NodeSelection ? pictureOf(selection.node) : undefined;
  return one && { ...one, at: selection.from };
}

/** Without what is only suggested. */
function wordsIn(picture: Node, kind: NodeType): string {
  let words = '';
  picture.forEach((part) => {
    if (part.type !== kind) return;
    part.forEach((said) => {
      if (!schema.marks['insertion']?.isInSet(said.marks)) words += said.text ?? '';
    });
  });
  return words.replace(/\s+/gu, ' ').trim();
}

/** Have the chosen picture be this one, or put it behind the block in which one is; `anew`: put it there anyway. */
export function setPicture(picture: Picture, anew = false): Command {
  return (state, dispatch) => {
    const now = anew ? undefined : chosenPicture(state);
    const { tr } = state;
    const at = now ? now.at : put(tr, picture);
    if (now) change(tr, now, picture);
    dispatch?.(tr.setSelection(NodeSelection.create(tr.doc, at)).scrollIntoView());
    return true;
  };
}

function put(tr: Transaction, { of, alt, caption }: Picture): number {
  const { $to } = tr.selection;
  const parts = [...words(ALT, alt), ...words(CAPTION, caption)];
  const made = PICTURE.create({ of }, parts);
  const line = $to.depth === 1 && $to.parent.isTextblock && $to.parent.content.size === 0;
  // Something to write in stays behind it.
  if (line && $to.index(0) + 1 < tr.doc.childCount) tr.replaceWith($to.before(1), $to.after(1), made);
  else if (line) tr.insert($to.before(1), made);
  else tr.insert($to.depth > 0 ? $to.after(1) : $to.pos, made);
  return line ? $to.before(1) : $to.depth > 0 ? $to.after(1) : $to.pos;
}

const words = (kind: NodeType, said: string): Node[] => (said ? [kind.create(null, schema.text(said))] : []);

/** Only what is another now: what others write in the rest meanwhile stays. */
function change(tr: Transaction, now: Picture & { at: number }, then: Picture): void {
  if (then.of !== now.of) tr.setNodeAttribute(now.at, 'of', then.of);
  if (then.alt !== now.alt) say(tr, now.at, ALT, then.alt);
  if (then.caption !== now.caption) say(tr, now.at, CAPTION, then.caption);
}

function say(tr: Transaction, at: number, kind: NodeType, said: string): void {
  const found: { from: number; to: number }[] = [];
  tr.doc.nodeAt(at)?.forEach((part, offset) => {
    if (part.type === kind) found.push({ from: at + 1 + offset, to: at + 1 + offset + part.nodeSize });
  });
  const [first, ...others] = found;
  for (const { from, to } of others.reverse()) tr.delete(from, to);
  if (!first)
    tr.insert(kind === ALT ? at + 1 : at + (tr.doc.nodeAt(at)?.nodeSize ?? 2) - 1, words(kind, said));
  else if (said) tr.replaceWith(first.from + 1, first.to - 1, schema.text(said));
  else tr.delete(first.from, first.to);
}
