import { DOMParser, DOMSerializer, type Node } from 'prosemirror-model';
import { EditorState, TextSelection, type Command } from 'prosemirror-state';
import { splitBlock } from 'prosemirror-commands';
import { describe, expect, it } from 'vitest';

import { areSources, schema } from './schema.ts';
import { attach, blockAt, blocks, detach } from './sources.ts';

const said = (text: string, of?: string): Node =>
  schema.node('paragraph', null, schema.text(text, of ? [schema.mark('source', { of })] : []));
const cell = schema.node('table_cell', null, said('In a cell', 'act'));
const doc = schema.node('doc', null, [
  schema.node('heading', { level: 1 }, schema.text('Context')),
  said('From a note', 'a'),
  schema.node('bullet_list', null, schema.node('list_item', null, [said('Nothing behind it')])),
  schema.node('paragraph'),
  schema.node('table', null, schema.node('table_row', null, [cell])),
]);

function after(command: Command, from = doc): Node {
  let state = EditorState.create({ doc: from });
  command(state, (tr) => (state = state.apply(tr)));
  state.doc.check();
  return state.doc;
}
const sources = (of: Node): (readonly string[])[] => blocks(of).map((block) => block.sources);

describe('[PAPER11] [PAPER12] what paragraphs are drawn from', () => {
  it('is told of each that has words, not of headings', () => {
    expect(blocks(doc).map(({ text, sources: of, cell: within }) => [text, of, within])).toEqual([
      ['From a note', ['a'], false],
      ['Nothing behind it', [], false],
      ['In a cell', ['act'], true],
    ]);
    const [first] = blocks(doc);
    expect(blockAt(doc, (first?.at ?? 0) + 4)?.text).toBe('From a note');
    expect(blockAt(doc, 0)).toBeUndefined();
    expect(blockAt(doc, 9_999)).toBeUndefined();
  });

  it('is named by hand, once each, twelve at most, and taken off again', () => {
    const at = blocks(doc)[1]?.at ?? 0;
    const two = after(attach(at, 'c'), after(attach(at, 'b'), after(attach(at, 'b'))));
    expect(sources(two)[1]).toEqual(['b', 'c']);
    expect(sources(after(detach(at, 'b'), two))[1]).toEqual(['c']);
    expect(sources(after(detach(at, 'c'), after(detach(at, 'b'), two)))[1]).toEqual([]);
    let many = doc;
    for (let n = 0; n < 20; n += 1) many = after(attach(at, `n${n}`), many);
    expect(sources(many)[1]).toHaveLength(12);
  });

  it('stays when a paragraph is cut in two, and what is written behind it names nothing', () => {
    const at = blocks(doc)[0]?.at ?? 0;
    const state = EditorState.create({ doc, selection: TextSelection.create(doc, at + 5) });
    let cut = state;
    splitBlock(state, (tr) => (cut = state.apply(tr)));
    expect(sources(cut.doc).slice(0, 2)).toEqual([['a'], ['a']]);
    const end = EditorState.create({ doc, selection: TextSelection.create(doc, at + 12) });
    const more = end.apply(end.tr.insertText(' and more'));
    expect(more.doc.nodeAt(at)?.childCount).toBe(2);
  });

  it('is copied and pasted with the words, and nothing else gets in that way', () => {
    const page = document.createElement('div');
    page.append(DOMSerializer.fromSchema(schema).serializeFragment(doc.content));
    expect(sources(DOMParser.fromSchema(schema).parse(page))).toEqual(sources(doc));
    page.innerHTML = '<p><span data-of="<script>">x</span></p>';
    expect(sources(DOMParser.fromSchema(schema).parse(page))).toEqual([[]]);
    for (const bad of ['', ' a', 'a  b', 'é', 'a'.repeat(65), Array(13).fill('a').join(' ')])
      expect(areSources(bad)).toBe(false);
    expect(areSources(`note-1 ${'B_'.repeat(32)}`)).toBe(true);
  });
});
