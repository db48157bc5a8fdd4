import { DOMParser, DOMSerializer, type Node } from 'prosemirror-model';
import { EditorState, NodeSelection, TextSelection } from 'prosemirror-state';
import { describe, expect, it } from 'vitest';

import { chosen, footnotes, may, note, plainOf } from './footnotes.ts';
import { schema } from './schema.ts';

const foot = (text: string): Node => schema.node('footnote', null, text ? schema.text(text) : undefined);
const said = (...parts: (string | Node)[]): Node =>
  schema.node(
    'paragraph',
    null,
    parts.map((part) => (typeof part === 'string' ? schema.text(part) : part)),
  );
const doc = schema.node('doc', null, [
  schema.node('heading', { level: 1 }, schema.text('Context')),
  said('Pay', foot('By hand'), ' and train', foot('')),
  schema.node('bullet_list', null, schema.node('list_item', null, [said('All', foot('Nearly'))])),
]);

function after(words: string, at: number, whole = false): EditorState {
  let state = EditorState.create({ doc });
  const selection = whole ? NodeSelection.create(doc, at) : TextSelection.create(doc, at);
  state = state.apply(state.tr.setSelection(selection));
  note(words)(state, (tr) => (state = state.apply(tr)));
  state.doc.check();
  return state;
}
const texts = (of: Node): string[] => footnotes(of).map(({ text }) => text);
const [first, second] = footnotes(doc);

describe('[PAPER14] footnotes', () => {
  it('are those that say something, in order', () => {
    expect(texts(doc)).toEqual(['By hand', 'Nearly']);
  });

  it('are put behind what is chosen, but not into a heading', () => {
    expect(texts(after('  Since\n2019 ', 25).doc)).toEqual(['By hand', 'Since 2019', 'Nearly']);
    expect(texts(after('Why', 3).doc)).toEqual(texts(doc));
    expect(may(after('', 3))).toBe(false);
    expect(may(after('', 25))).toBe(true);
    expect(after('   ', 25).doc.eq(doc)).toBe(true);
  });

  it('are changed where they are chosen, and without words taken away', () => {
    const changed = after('With pens', first?.at ?? 0, true);
    expect(texts(changed.doc)).toEqual(['With pens', 'Nearly']);
    expect(texts(after('', second?.at ?? 0, true).doc)).toEqual(['By hand']);
    expect(chosen(after('', 25))).toBeNull();
  });

  it('are no part of the text that is counted', () => {
    expect(plainOf(doc)).toBe('Context\nPay and train\nAll');
  });

  it('are copied with the text', () => {
    const shown = DOMSerializer.fromSchema(schema).serializeFragment(doc.content);
    const page = document.createElement('div');
    page.append(shown);
    expect(DOMParser.fromSchema(schema).parse(page).eq(doc)).toBe(true);
  });
});
