import { EditorState, NodeSelection } from 'prosemirror-state';
import { EditorView } from 'prosemirror-view';
import { afterEach, describe, expect, it } from 'vitest';
import { initProseMirrorDoc, ySyncPlugin } from 'y-prosemirror';
import * as Y from 'yjs';

import { keeping } from './keeping.ts';
import { quotes, takeOut } from './quotes.ts';
import { schema } from './schema.ts';

let view: EditorView | undefined;
afterEach(() => {
  view?.destroy();
});

const element = (name: string, of?: string): Y.XmlElement => {
  const made = new Y.XmlElement(name);
  if (of) made.setAttribute('of', of);
  return made;
};

/** An editor of these quotes, and the text of somebody else who has the same. */
function both(...of: string[]): { mine: EditorView; theirs: Y.XmlFragment; hear: () => void } {
  const [own, other] = [new Y.Doc(), new Y.Doc()];
  other.getXmlFragment('paper').insert(
    0,
    of.map((each) => element('live_quote', each)),
  );
  Y.applyUpdate(own, Y.encodeStateAsUpdate(other));
  const { doc, mapping } = initProseMirrorDoc(own.getXmlFragment('paper'), schema);
  const plugins = [ySyncPlugin(own.getXmlFragment('paper'), { mapping }), keeping()];
  view = new EditorView(document.createElement('div'), { state: EditorState.create({ doc, plugins }) });
  const hear = (): void => {
    Y.applyUpdate(own, Y.encodeStateAsUpdate(other), 'them');
  };
  return { mine: view, theirs: other.getXmlFragment('paper'), hear };
}

const select = (mine: EditorView, at: number): void => {
  mine.dispatch(mine.state.tr.setSelection(NodeSelection.create(mine.state.doc, at)));
};
const chosen = ({ state: { selection } }: EditorView): string | undefined =>
  selection instanceof NodeSelection ? quotes(selection.node) : undefined;

describe('[QUOTE3] a quote that is chosen', () => {
  it('stays chosen while others write above it', () => {
    const { mine, theirs, hear } = both('a', 'b');
    select(mine, 1);
    theirs.insert(0, [element('paragraph'), element('live_quote', 'c')]);
    hear();
    expect(mine.state.doc.childCount).toBe(4);
    expect(chosen(mine)).toBe('b');
  });

  it('is let go where others took it out, and nothing breaks', () => {
    const { mine, theirs, hear } = both('a', 'b');
    select(mine, 1);
    theirs.delete(1, 1);
    theirs.insert(1, [element('paragraph')]);
    hear();
    expect(mine.state.doc.toString()).toBe('doc(live_quote, paragraph)');
    expect(chosen(mine)).not.toBe('b');
    theirs.delete(0, 1);
    hear();
    expect(mine.state.doc.toString()).toBe('doc(paragraph)');
  });

  it('is let go where it was the last', () => {
    const { mine, theirs, hear } = both('a', 'b');
    select(mine, 1);
    theirs.delete(1, 1);
    hear();
    expect(mine.state.doc.toString()).toBe('doc(live_quote)');
    takeOut(0)(mine.state, mine.dispatch.bind(mine));
    hear();
    expect(mine.state.doc.toString()).toBe('doc(paragraph)');
  });
});
