/** What is suggested in the text: shown, listed, and decided ([PAPER18]). */

import type { Mark, Node } from 'prosemirror-model';
import { Plugin, TextSelection, type Command, type Transaction } from 'prosemirror-state';
import { Decoration, DecorationSet, type EditorView } from 'prosemirror-view';

import { schema } from './schema.ts';

const INSERTION = schema.marks['insertion'];
const DELETION = schema.marks['deletion'];
/** Of a transaction that is no suggestion, whoever makes it. */
export const DECIDED = 'decided';

/** Some words of the text, and the marks of what is suggested of them. */
interface Piece {
  from: number;
  to: number;
  text: string;
  added: Mark | undefined;
  removed: Mark | undefined;
}

/** What somebody suggests: these words in, and those out. `at`: where it begins. */
export interface Suggestion {
  /** Those of its marks: what is sent together has one. */
  ids: string[];
  by: string;
  at: number;
  added: string;
  removed: string;
}

export const addedBy = (node: Node): Mark | undefined => INSERTION?.isInSet(node.marks);
export const removedBy = (node: Node): Mark | undefined => DELETION?.isInSet(node.marks);

function pieces(doc: Node): Piece[] {
  const found: Piece[] = [];
  doc.descendants((node, at) => {
    const [added, removed] = [addedBy(node), removedBy(node)];
    if (node.isText && (added ?? removed))
      found.push({ from: at, to: at + node.nodeSize, text: node.text ?? '', added, removed });
  });
  return found;
}

/** All of them, as they come in the text. What one person suggests side by side is one. */
export function suggestions(doc: Node): Suggestion[] {
  const found: (Suggestion & { end: number })[] = [];
  for (const { from, to, text, added, removed } of pieces(doc))
    for (const [mark, kind] of [
      [added, 'added'],
      [removed, 'removed'],
    ] as const) {
      if (!mark) continue;
      const [id, by] = [String(mark.attrs['id']), String(mark.attrs['by'])];
      let known =
        found.find(({ ids }) => ids.includes(id)) ??
        found.findLast((one) => one.by === by && one.end === from);
      if (!known) found.push((known = { ids: [], by, at: from, added: '', removed: '', end: from }));
      const apart = known[kind] && known.end < from ? ' … ' : '';
      known[kind] += apart + text;
      known.end = to;
      if (!known.ids.includes(id)) known.ids.push(id);
    }
  return found.map(({ ids, by, at, added, removed }) => ({ ids, by, at, added, removed }));
}

/** What each of them says as it stands: the words and what is suggested of them, by its id. */
export function wordsById(doc: Node): Map<string, string> {
  const found = new Map<string, string>();
  for (const { text, added, removed } of pieces(doc))
    for (const [sign, mark] of [
      ['+', added],
      ['-', removed],
    ] as const) {
      const id = mark && String(mark.attrs['id']);
      if (id !== undefined) found.set(id, (found.get(id) ?? '') + sign + text);
    }
  return found;
}

/** Accept or decline these. */
export function decide(ids: ReadonlySet<string>, accept: boolean): Command {
  return (state, dispatch) => {
    const tr = state.tr.setMeta(DECIDED, true);
    const mine = (mark: Mark | undefined): boolean => mark !== undefined && ids.has(String(mark.attrs['id']));
    for (const { from, to, added, removed } of pieces(state.doc).reverse()) {
      const goes = accept ? mine(removed) : mine(added);
      if (goes) remove(tr, from, to);
      else for (const mark of [added, removed]) if (mark && mine(mark)) tr.removeMark(from, to, mark);
    }
    if (tr.docChanged) dispatch?.(tr);
    return tr.docChanged;
  };
}

/** With the line, where nothing else is in it. */
function remove(tr: Transaction, from: number, to: number): void {
  tr.delete(from, to);
  const $at = tr.doc.resolve(from);
  if ($at.parent.content.size > 0 || tr.doc.childCount === 1) return;
  tr.deleteRange($at.before(), $at.after());
}

/** Go to where one begins. */
export function goToSuggestion(view: EditorView, { at }: Suggestion): void {
  view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, at)).scrollIntoView());
}

/** Each in the colour of whoever suggests it, with their name. */
export function coloured(who: (id: string) => { name: string; hue: number } | undefined): Plugin {
  return new Plugin({
    props: {
      decorations: ({ doc }) =>
        DecorationSet.create(
          doc,
          pieces(doc).flatMap(({ from, to, added, removed }) => {
            const person = who(String((removed ?? added)?.attrs['by']));
            return person
              ? [
                  Decoration.inline(from, to, {
                    class: 'suggester',
                    style: `--hue: ${person.hue}`,
                    title: person.name,
                  }),
                ]
              : [];
          }),
        ),
    },
  });
}
