/** How live quotes are shown and handled in the editor. What they say and do is their component's. */

import type { Node } from 'prosemirror-model';
import { Plugin, TextSelection } from 'prosemirror-state';
import type { EditorView } from 'prosemirror-view';
import { mount } from 'svelte';

import type { Room } from '../../parts/room.svelte.ts';
import type { Item } from '../../store/places.svelte.ts';
import { Block, toActs } from './block.ts';
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
        return event.key === 'Tab' && !event.shiftKey && toActs(view);
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
class Shown extends Block {
  protected readonly component: Record<string, never>;

  constructor(
    private node: Node,
    view: EditorView,
    at: () => number | undefined,
    { room, writes, reading, onboard }: Around,
  ) {
    super(view, at, 'live');
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
          if (this.run((place) => () => freezeIn(view, place, one))) room.say(t('quote.frozen'));
        },
        ontakeout: () => {
          if (this.run(takeOut)) room.say(t('quote.out'));
        },
        onchoose: () => {
          this.choose();
        },
        onback: this.back,
      },
    });
  }

  update(node: Node): boolean {
    const same = quotes(node) === quotes(this.node);
    if (same) this.node = node;
    return same;
  }
}
