/** How pictures are shown and handled in the editor. What they say and do is their component's. */

import type { Node } from 'prosemirror-model';
import { NodeSelection, Plugin } from 'prosemirror-state';
import type { EditorView } from 'prosemirror-view';
import { mount } from 'svelte';

import type { Room } from '../../parts/room.svelte.ts';
import { t } from '../../words/index.ts';
import { Block, toActs } from './block.ts';
import { chosenPicture, pictureOf, type Picture } from './pictures.ts';
import { below, takeOut } from './quotes.ts';
import ShownPicture from './ShownPicture.svelte';
import { Standing } from './standing.svelte.ts';

/** What a picture has around it. */
export interface AroundPictures {
  room: Room;
  writes: () => boolean;
  /** One reads the paper as it will be read: without tools. */
  reading: () => boolean;
  /** Ask what it is to be; with files that were dropped or pasted. */
  onpicture: (files: readonly File[]) => void;
}

/** Pictures, and files that are brought in by dropping or pasting them. */
export function picturing(around: AroundPictures): Plugin {
  /** A line of words behind the one that is chosen, where one writes; whether one was. */
  const onward = (view: EditorView): boolean => {
    if (!chosenPicture(view.state) || !view.editable) return false;
    if (around.writes()) below(view.state, view.dispatch.bind(view));
    return true;
  };
  const ask = (files: readonly File[]): boolean => {
    if (files.length > 0 && around.writes()) around.onpicture(files);
    return files.length > 0;
  };
  return new Plugin({
    props: {
      nodeViews: { picture: (node, view, at) => new Shown(node, view, at, around) },
      handleTextInput: (view, _from, _to, words) => {
        if (!onward(view)) return false;
        if (around.writes()) view.dispatch(view.state.tr.insertText(words));
        return true;
      },
      handleKeyDown: (view, event) => {
        if (!chosenPicture(view.state) || event.isComposing) return false;
        if (event.key === 'F2' && around.writes()) {
          around.onpicture([]);
          return true;
        }
        if (event.key === 'Enter') return onward(view);
        return event.key === 'Tab' && !event.shiftKey && toActs(view);
      },
      // Office programs put a picture of the words beside the words.
      handlePaste: (_view, event) =>
        !event.clipboardData?.getData('text/plain') && ask(picturesOf(event.clipboardData)),
      handleDrop: (view, event, _slice, moved) => {
        const files = moved ? [] : picturesOf(event.dataTransfer);
        const there = view.posAtCoords({ left: event.clientX, top: event.clientY });
        if (files.length > 0 && there) {
          const { tr, doc } = view.state;
          view.dispatch(tr.setSelection(NodeSelection.near(doc.resolve(there.pos))));
        }
        return ask(files);
      },
      handleDOMEvents: {
        // On phones words come so, and would take the picture's place.
        compositionstart: (view) => {
          onward(view);
          return false;
        },
      },
    },
  });
}

const picturesOf = (brought: DataTransfer | null): File[] =>
  [...(brought?.files ?? [])].filter(({ type }) => type.startsWith('image/') && type !== 'image/svg+xml');

/** One of them on the page. */
class Shown extends Block {
  protected readonly component: Record<string, never>;
  private readonly standing: Standing;

  constructor(
    node: Node,
    view: EditorView,
    at: () => number | undefined,
    { room, writes, reading, onpicture }: AroundPictures,
  ) {
    super(view, at, 'live picture');
    this.standing = new Standing(pictureOf(node) as Picture);
    this.component = mount(ShownPicture, {
      target: this.dom,
      props: {
        room,
        standing: this.standing,
        marked: this.marked,
        writes,
        reading,
        onchange: () => {
          this.choose();
          onpicture([]);
        },
        ontakeout: () => {
          if (this.run(takeOut)) room.say(t('picture.out'));
        },
        onback: this.back,
      },
    });
  }

  update(node: Node): boolean {
    const picture = pictureOf(node);
    if (picture) this.standing.picture = picture;
    return picture !== undefined;
  }
}
