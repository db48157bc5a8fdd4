/** How live quotes are shown and handled in the editor. What they say and do is their component's. */

import type { Node } from 'prosemirror-model';
import { NodeSelection, Plugin, TextSelection } from 'prosemirror-state';
import type { EditorView, NodeView } from 'prosemirror-view';
import { mount, unmount } from 'svelte';

import type { Room } from '../../parts/room.svelte.ts';
import type { Item } from '../../store/places.svelte.ts';
import { Marked } from './marked.svelte.ts';
import LiveQuote from './LiveQuote.svelte';
import { freezeIn } from './freezing.ts';
import { below, chosen, quotes, takeOut } from './quotes.ts';
import { lineOf, said, type Said } from './said.ts';
import { t } from '../../words/index.ts';

/** What a quote has around it. */
export interface Around {
  room: Room;
  writes: () => boolean;
  /** One reads the paper as it will be read: without tools. */
  reading: () => boolean;
  /** Show the note or stack on its board. */
  onboard: (item: Item) => void;
}

/** Quotes that follow their records. */
export function quoting(around: Around): Plugin {
  const { room } = around;
  /** Words instead of the quote that is chosen, where it says any and one writes; whether one was. */
  const thaw = (view: EditorView): boolean => {
    const one = chosen(view.state);
    if (!one || !view.editable) return false;
    if (around.writes()) freezeIn(view, one.at, said(room, one.of));
    return true;
  };
  return new Plugin({
    props: {
      nodeViews: {
        live_quote: (node, view, at) => new Shown(node, view, at, around),
      },
      handleTextInput: (view, _from, _to, words) => {
        if (!thaw(view)) return false;
        // Where it says nothing, or one only suggests, it stays chosen as it is.
        if (!chosen(view.state)) view.dispatch(view.state.tr.insertText(words));
        return true;
      },
      handleDoubleClickOn: (view, _pos, node, at, event) => {
        const of = quotes(node);
        if (of === undefined || !around.writes()) return false;
        if (!freezeIn(view, at, said(room, of))) return false;
        const there = view.posAtCoords({ left: event.clientX, top: event.clientY });
        if (there)
          view.dispatch(view.state.tr.setSelection(TextSelection.near(view.state.doc.resolve(there.pos))));
        return true;
      },
      handleKeyDown: (view, event) => {
        if (!chosen(view.state) || event.isComposing) return false;
        if (event.key === 'F2') return thaw(view);
        if (event.key === 'Enter' && around.writes()) return below(view.state, view.dispatch.bind(view));
        if (event.key !== 'Tab' || event.shiftKey) return false;
        const dom = view.nodeDOM(view.state.selection.from);
        const button = dom instanceof HTMLElement ? dom.querySelector<HTMLElement>('.acts button') : null;
        button?.focus();
        return button !== null;
      },
      handleDOMEvents: {
        // On phones words come so, and would take the quote's place.
        compositionstart: (view) => {
          thaw(view);
          return false;
        },
      },
      clipboardTextSerializer: (slice) =>
        slice.content.textBetween(0, slice.content.size, '\n\n', (leaf) => {
          const of = quotes(leaf);
          const one = of === undefined ? undefined : said(room, of);
          return one ? [one, ...one.beneath].map(lineOf).join('\n') : of === undefined ? '\n' : '';
        }),
    },
  });
}

/** One of them on the page. */
class Shown implements NodeView {
  readonly dom = document.createElement('div');
  private readonly marked = new Marked();
  private readonly component: Record<string, never>;

  constructor(
    private node: Node,
    private readonly view: EditorView,
    private readonly at: () => number | undefined,
    { room, writes, reading, onboard }: Around,
  ) {
    this.dom.contentEditable = 'false';
    this.dom.className = 'live';
    this.component = mount(LiveQuote, {
      target: this.dom,
      props: {
        room,
        of: quotes(node) ?? '',
        marked: this.marked,
        writes,
        reading,
        onboard,
        onfreeze: (one: Said) => {
          this.run((place) => () => freezeIn(this.view, place, one), t('quote.frozen'), room);
        },
        ontakeout: () => {
          this.run(takeOut, t('quote.out'), room);
        },
        onchoose: () => {
          const place = this.at();
          if (place === undefined) return;
          const { tr, doc } = this.view.state;
          this.view.dispatch(tr.setSelection(NodeSelection.create(doc, place)));
        },
        onback: () => {
          this.view.focus();
        },
      },
    });
  }

  private run(command: (place: number) => ReturnType<typeof takeOut>, words: string, room: Room): void {
    const place = this.at();
    if (place === undefined) return;
    this.view.focus();
    if (command(place)(this.view.state, this.view.dispatch.bind(this.view), this.view)) room.say(words);
  }

  update(node: Node): boolean {
    const same = quotes(node) === quotes(this.node);
    if (same) this.node = node;
    return same;
  }

  selectNode(): void {
    this.marked.on = true;
  }

  deselectNode(): void {
    this.marked.on = false;
  }

  stopEvent(event: Event): boolean {
    return event.target instanceof Element && event.target.closest('button') !== null;
  }

  ignoreMutation(): boolean {
    return true;
  }

  destroy(): void {
    void unmount(this.component);
  }
}
