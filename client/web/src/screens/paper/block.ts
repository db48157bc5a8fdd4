/** A block of the paper that is one thing: a component shows it, with what can be done with it while it is chosen. */

import { NodeSelection, type Command } from 'prosemirror-state';
import type { EditorView, NodeView } from 'prosemirror-view';
import { unmount } from 'svelte';

import { Marked } from './marked.svelte.ts';

/** One of them on the page: what all have in common. */
export abstract class Block implements NodeView {
  readonly dom = document.createElement('div');
  protected readonly marked = new Marked();
  /** What shows it. */
  protected abstract readonly component: Record<string, never>;

  /** `look`: the class that it has on the page. */
  constructor(
    protected readonly view: EditorView,
    private readonly at: () => number | undefined,
    look: string,
  ) {
    this.dom.contentEditable = 'false';
    this.dom.className = look;
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

  protected choose(): void {
    const place = this.at();
    if (place === undefined) return;
    const { tr, doc } = this.view.state;
    this.view.dispatch(tr.setSelection(NodeSelection.create(doc, place)));
  }

  /** With the focus in the text; whether it could be done. */
  protected run(command: (place: number) => Command): boolean {
    const place = this.at();
    if (place === undefined) return false;
    this.view.focus();
    return command(place)(this.view.state, this.view.dispatch.bind(this.view), this.view);
  }

  protected readonly back = (): void => {
    this.view.focus();
  };
}

/** The focus goes to the first of what can be done with the block that is chosen; false: nothing can. */
export function toActs(view: EditorView): boolean {
  const dom = view.nodeDOM(view.state.selection.from);
  const button = dom instanceof HTMLElement ? dom.querySelector<HTMLElement>('.acts button') : null;
  button?.focus();
  return button !== null;
}
