/** The editor: ProseMirror over the shared text, with the keys that people know. */

import { baseKeymap, chainCommands, exitCode, setBlockType, toggleMark, wrapIn } from 'prosemirror-commands';
import { inputRules, textblockTypeInputRule, wrappingInputRule } from 'prosemirror-inputrules';
import { keymap } from 'prosemirror-keymap';
import type { MarkType, NodeType } from 'prosemirror-model';
import { liftListItem, sinkListItem, splitListItem, wrapInList } from 'prosemirror-schema-list';
import { EditorState, Plugin, type Command, type Transaction } from 'prosemirror-state';
import { goToNextCell, tableEditing } from 'prosemirror-tables';
import { EditorView } from 'prosemirror-view';
import { redoCommand, undoCommand, ySyncPlugin, yUndoPlugin, yUndoPluginKey } from 'y-prosemirror';

import type { Cursor } from '../../protocol/types.ts';
import { cursors } from './cursors.ts';
import { may, signsOf } from './footnotes.ts';
import { keeping } from './keeping.ts';
import { schema } from './schema.ts';
import { signs } from './sources.ts';
import { newLine, suggested, written, type Suggester } from './suggesting.ts';
import { coloured } from './suggestions.ts';
import { nextCell, stops } from './tables.ts';
import type { PaperText } from './text.ts';
import { undoing } from './undoing.ts';

/** Longest text that is pasted at once: a change has a limit, and a paper is short. */
export const PASTED = 20_000;

const node = (name: string): NodeType => schema.nodes[name] as NodeType;
const mark = (name: string): MarkType => schema.marks[name] as MarkType;

export const toggles = {
  strong: toggleMark(mark('strong')),
  em: toggleMark(mark('em')),
} satisfies Record<string, Command>;

/** A paragraph, or a heading of a level. */
export function line(level: number): Command {
  return level === 0 ? setBlockType(node('paragraph')) : setBlockType(node('heading'), { level });
}

export type Kind = 0 | 1 | 2 | 3 | 'bullet_list' | 'ordered_list' | 'blockquote';

/** What the line is, for a menu of them all. */
export function kindOf(at: Where): Kind {
  for (const kind of ['bullet_list', 'ordered_list', 'blockquote'] as const) if (at[kind]) return kind;
  return at.level as Kind;
}

/** Make the line such a one: out of what it lies in, and into that. */
export function become(kind: Kind): Command {
  return (state, dispatch, view) => {
    const now = kindOf(where(state));
    if (typeof kind === 'number' && typeof now === 'number') return line(kind)(state, dispatch, view);
    if (now === kind || !view) return false;
    if (typeof now === 'string') into(now)(view.state, view.dispatch.bind(view), view);
    return typeof kind === 'number'
      ? line(kind)(view.state, view.dispatch.bind(view), view)
      : into(kind)(view.state, view.dispatch.bind(view), view);
  };
}

const into = (kind: 'bullet_list' | 'ordered_list' | 'blockquote'): Command =>
  kind === 'blockquote' ? quote : list(kind);

/** Into a list, or out of it again. */
export function list(kind: 'bullet_list' | 'ordered_list'): Command {
  return chainCommands(within(kind, liftListItem(node('list_item'))), wrapInList(node(kind)));
}

/** Into a quote, or out of it again. */
export const quote: Command = (state, dispatch) => {
  const { $from } = state.selection;
  for (let depth = $from.depth; depth > 0; depth -= 1) {
    if ($from.node(depth).type !== node('blockquote')) continue;
    const range = $from.blockRange(state.selection.$to, (parent) => parent.type === node('blockquote'));
    if (range) dispatch?.(state.tr.lift(range, depth - 1).scrollIntoView());
    return true;
  }
  return wrapIn(node('blockquote'))(state, dispatch);
};

/** Make what is chosen a link; without an address: no link any more. */
export function link(href: string | null): Command {
  return (state, dispatch) => {
    const { from, to, empty } = state.selection;
    if (href === null) dispatch?.(state.tr.removeMark(from, to, mark('link')));
    else if (empty)
      dispatch?.(
        state.tr
          .insertText(href.replace(/^mailto:/i, ''), from)
          .addMark(from, from + href.replace(/^mailto:/i, '').length, mark('link').create({ href })),
      );
    else dispatch?.(state.tr.addMark(from, to, mark('link').create({ href })));
    return true;
  };
}

/** How the place looks at which one is. */
export interface Where {
  strong: boolean;
  em: boolean;
  link: string | null;
  /** 0: no heading. */
  level: number;
  bullet_list: boolean;
  ordered_list: boolean;
  blockquote: boolean;
  table: boolean;
  /** One may stand here. */
  footnote: boolean;
  undo: boolean;
  redo: boolean;
}

export function where(state: EditorState): Where {
  const { $from, from, to, empty } = state.selection;
  const has = (name: string): boolean =>
    empty
      ? mark(name).isInSet(state.storedMarks ?? $from.marks()) !== undefined
      : state.doc.rangeHasMark(from, to, mark(name));
  const around = new Set(Array.from({ length: $from.depth }, (_, n) => $from.node(n + 1).type.name));
  const back = yUndoPluginKey.getState(state) as { hasUndoOps: boolean; hasRedoOps: boolean } | undefined;
  let href: string | null = null;
  state.doc.nodesBetween(from, Math.max(to, Math.min(from + 1, state.doc.content.size)), (each) => {
    href ??= (mark('link').isInSet(each.marks)?.attrs['href'] as string | undefined) ?? null;
  });
  return {
    strong: has('strong'),
    em: has('em'),
    link: href,
    level: $from.parent.type === node('heading') ? Number($from.parent.attrs['level']) : 0,
    bullet_list: around.has('bullet_list'),
    ordered_list: around.has('ordered_list'),
    blockquote: around.has('blockquote'),
    table: around.has('table'),
    footnote: may(state),
    undo: back?.hasUndoOps ?? false,
    redo: back?.hasRedoOps ?? false,
  };
}

export interface Hands {
  /** Ask for an address. */
  onlink: () => void;
  onmoved: (cursor: Cursor | null) => void;
  onchange: (state: EditorState) => void;
  ontoolong: () => void;
  /** Ask for the words of a footnote. */
  onfootnote: () => void;
  /** The sign of one was pressed. */
  onsign: (at: number) => void;
  /** Show what the paragraph at this place is drawn from. */
  onsources: (at: number) => void;
  /** Ask for a picture. */
  onpicture: () => void;
  /** How live quotes are shown and handled. */
  quoting: Plugin;
  /** And pictures. */
  picturing: Plugin;
}

/** How it looks, and what may be done. */
export interface Look {
  label: string;
  /** Of a footnote's sign. */
  sign: (text: string) => string;
  editable: () => boolean;
  /** Whoever suggests instead of writing; null: nobody. */
  suggester: () => Suggester | null;
  who: (id: string) => { name: string; hue: number } | undefined;
}

/** The editor in a place of the page. */
export function edit(place: HTMLElement, text: PaperText, look: Look, hands: Hands): EditorView {
  const view = new EditorView(place, {
    state: EditorState.create({ schema, plugins: plugins(text, look, hands) }),
    editable: look.editable,
    attributes: () => ({
      role: 'textbox',
      'aria-multiline': 'true',
      'aria-readonly': String(!look.editable()),
      'aria-label': look.label,
      class: 'text',
      ...(look.editable() ? {} : { tabindex: '0' }),
    }),
    handlePaste: (_view, event) => {
      const pasted = event.clipboardData?.getData('text/plain') ?? '';
      if (pasted.length > PASTED) hands.ontoolong();
      return pasted.length > PASTED;
    },
    dispatchTransaction(this: EditorView, transaction: Transaction) {
      const by = look.suggester();
      const state = this.state.apply(
        by === null ? written(transaction) : suggested(this.state, transaction, by),
      );
      this.updateState(state);
      hands.onchange(state);
    },
  });
  return view;
}

function plugins(text: PaperText, look: Look, hands: Hands): Plugin[] {
  return [
    ySyncPlugin(text.root) as Plugin,
    yUndoPlugin() as Plugin,
    undoing(),
    cursors(hands.onmoved),
    signs(hands.onsources),
    signsOf(look.sign, hands.onsign),
    hands.quoting,
    hands.picturing,
    keeping(),
    coloured(look.who),
    unless(() => look.suggester() !== null, rules()),
    unless(() => look.suggester() === null, keymap({ Enter: newLine, 'Shift-Enter': newLine })),
    keymap(keys(hands)),
    keymap(baseKeymap),
    tableEditing(),
    stops(look.editable),
  ];
}

function keys(hands: Hands): Record<string, Command> {
  const item = node('list_item');
  const levels = [0, 1, 2, 3].map((level) => [`Mod-Alt-${level}`, line(level)] as const);
  return {
    ...Object.fromEntries(levels),
    'Mod-z': undoCommand,
    'Mod-y': redoCommand,
    'Mod-Shift-z': redoCommand,
    'Mod-b': toggles.strong,
    'Mod-i': toggles.em,
    'Mod-k': () => {
      hands.onlink();
      return true;
    },
    'Mod-Alt-f': (state) => {
      if (may(state)) hands.onfootnote();
      return true;
    },
    'Mod-Alt-p': () => {
      hands.onpicture();
      return true;
    },
    'Mod-Shift-7': list('ordered_list'),
    'Mod-Shift-8': list('bullet_list'),
    'Mod-Shift-9': quote,
    Enter: splitListItem(item),
    'Shift-Enter': chainCommands(exitCode, (state, dispatch) => {
      dispatch?.(state.tr.replaceSelectionWith(node('hard_break').create()).scrollIntoView());
      return true;
    }),
    Tab: chainCommands(nextCell, sinkListItem(item)),
    'Shift-Tab': chainCommands(goToNextCell(-1), liftListItem(item)),
  };
}

/** A plugin that hears nothing while something holds. */
function unless(holds: () => boolean, plugin: Plugin): Plugin {
  const { handleTextInput, handleKeyDown } = plugin.props;
  return new Plugin({
    ...plugin.spec,
    props: {
      ...plugin.props,
      handleTextInput: (...said) => !holds() && (handleTextInput?.call(plugin, ...said) ?? false),
      handleKeyDown: (...said) => !holds() && (handleKeyDown?.call(plugin, ...said) ?? false),
    },
  });
}

function rules(): Plugin {
  return inputRules({
    rules: [
      textblockTypeInputRule(/^(#{1,3})\s$/, node('heading'), (found) => ({
        level: (found[1] ?? '').length,
      })),
      wrappingInputRule(/^\s*[-*]\s$/, node('bullet_list')),
      wrappingInputRule(/^1[.)]\s$/, node('ordered_list')),
      wrappingInputRule(/^\s*>\s$/, node('blockquote')),
    ],
  });
}

function within(kind: string, command: Command): Command {
  return (state, dispatch, view) => {
    const { $from } = state.selection;
    const inside = Array.from({ length: $from.depth }, (_, n) => $from.node(n + 1).type.name);
    return inside.includes(kind) && command(state, dispatch, view);
  };
}

/** The words of a text, as people count them. */
export function count(text: string): number {
  return text.match(/[\p{L}\p{N}][\p{L}\p{N}'’.-]*/gu)?.length ?? 0;
}
