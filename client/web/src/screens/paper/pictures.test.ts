import { DOMParser, DOMSerializer, type Node } from 'prosemirror-model';
import { EditorState, NodeSelection, Selection, type Command } from 'prosemirror-state';
import { describe, expect, it } from 'vitest';

import type { Room } from '../../parts/room.svelte.ts';
import { count } from './editor.ts';
import { plainOf } from './footnotes.ts';
import { chosenPicture, pictureOf, setPicture } from './pictures.ts';
import { below, takeOut } from './quotes.ts';
import { schema } from './schema.ts';
import { pictures, shown } from './shown.ts';
import { blocks } from './sources.ts';
import { suggested } from './suggesting.ts';

const words = (text = ''): Node => schema.node('paragraph', null, text ? schema.text(text) : []);
const wall = { of: 'file-1', alt: 'A wall of notes', caption: 'At noon' };

function after(command: Command, from: Node, select?: number | 'end'): EditorState {
  let state = EditorState.create({ doc: from });
  if (select === 'end') state = state.apply(state.tr.setSelection(Selection.atEnd(from)));
  else if (select !== undefined)
    state = state.apply(state.tr.setSelection(NodeSelection.create(from, select)));
  command(state, (tr) => (state = state.apply(tr)));
  state.doc.check();
  return state;
}
const doc = schema.node('doc', null, [words('Before'), words('After')]);
const put = after(setPicture(wall), doc);
const AT = 8;

describe('[PAPER17] a picture in the text', () => {
  it('stands behind the block in which one is, and is chosen', () => {
    expect(put.doc.children.map(({ type }) => type.name)).toEqual(['paragraph', 'picture', 'paragraph']);
    expect(chosenPicture(put)).toEqual({ ...wall, at: AT });
  });

  it('takes the place of an empty line, and leaves one at the end', () => {
    const between = schema.node('doc', null, [words(), words('After')]);
    expect(after(setPicture(wall), between).doc.childCount).toBe(2);
    const last = after(setPicture(wall), schema.node('doc', null, [words('Before'), words()]), 'end');
    expect(last.doc.children.map(({ type }) => type.name)).toEqual(['paragraph', 'picture', 'paragraph']);
    expect(chosenPicture(last)?.of).toBe('file-1');
  });

  it('is another one where it is brought in while one is chosen', () => {
    const two = after(setPicture({ ...wall, of: 'file-2' }, true), put.doc, AT);
    expect(two.doc.children.map((one) => pictureOf(one)?.of)).toEqual([
      undefined,
      'file-1',
      'file-2',
      undefined,
    ]);
  });

  it('stands in no list', () => {
    const item = schema.node('list_item', null, words('One'));
    const list = schema.node('doc', null, [schema.node('bullet_list', null, [item])]);
    const { doc: now } = after(setPicture(wall), list, 'end');
    expect(now.lastChild && pictureOf(now.lastChild)).toEqual(wall);
  });

  it.each([
    { ...wall, of: 'file-2' },
    { ...wall, alt: '' },
    { ...wall, alt: 'Another' },
    { ...wall, caption: '' },
    { of: 'file-3', alt: 'All', caption: 'of it' },
  ])('is changed into %o', (then) => {
    const changed = after(setPicture(then), put.doc, AT);
    expect(chosenPicture(changed)).toEqual({ ...then, at: AT });
    expect(chosenPicture(after(setPicture(wall), changed.doc, AT))).toEqual({ ...wall, at: AT });
  });

  it('is taken out alone, and a line is written beneath it', () => {
    expect(after(takeOut(AT), put.doc).doc.toString()).toBe(doc.toString());
    const { doc: now, selection } = after(below, put.doc, AT);
    expect(now.child(2).content.size).toBe(0);
    expect(selection.$from.index(0)).toBe(2);
  });

  it('is read by others as many parts, of which each counts', () => {
    const twice = schema.node('picture', { of: 'x' }, [
      schema.node('picture_caption', null, schema.text('One ')),
      schema.node('picture_alt'),
      schema.node('picture_caption', null, schema.text('two')),
    ]);
    twice.check();
    expect(pictureOf(twice)).toEqual({ of: 'x', alt: '', caption: 'One two' });
    const one = after(
      setPicture({ of: 'x', alt: '', caption: 'Three' }),
      schema.node('doc', null, [twice]),
      0,
    );
    expect(chosenPicture(one)).toEqual({ of: 'x', alt: '', caption: 'Three', at: 0 });
  });

  it('has a caption that counts, and words for who does not see it that do not', () => {
    expect(plainOf(put.doc)).toBe('Before\nAt noon\nAfter');
    expect(count(plainOf(put.doc))).toBe(4);
    expect(blocks(put.doc).map(({ text }) => text)).toEqual(['Before', 'After']);
  });

  it('is nothing that is suggested: whoever suggests leaves it as it is', () => {
    const state = after(() => false, put.doc, AT);
    const tr = suggested(state, state.tr.deleteSelection(), { by: 'ann', fresh: new Set() });
    expect(state.apply(tr).doc.toString()).toBe(put.doc.toString());
  });

  it('is copied as what it is, and nothing of elsewhere becomes one', () => {
    const page = document.createElement('div');
    page.append(DOMSerializer.fromSchema(schema).serializeFragment(put.doc.content));
    expect(DOMParser.fromSchema(schema).parse(page).toString()).toBe(put.doc.toString());
    page.innerHTML =
      '<p>One</p><figure data-picture="https://x/a.png"><img src="https://x/a.png"></figure><img src="x">';
    const parsed = DOMParser.fromSchema(schema).parse(page);
    parsed.check();
    expect(parsed.toString()).toBe('doc(paragraph("One"))');
  });
});

describe('[PICTURE1] what is shown', () => {
  const file = { blob: 'b', media: 'image/png', note: null, issue: null };
  const note = { step: 's', sealed: false, binned: false, waits: false, aside: false };
  function room(given: object, on: object = {}): Room {
    const one = { id: 'f', ...file, ...given };
    const live = {
      contribution: (id: string) => (id === 'f' ? one : undefined),
      brought: [one],
      note: (id: string) => (id === 'n' ? { ...note, ...on } : undefined),
      issue: (id: string) => (id === 'i' ? { waits: false, aside: false, ...on } : undefined),
      steps: [
        { id: 's', private: false, revealed: false },
        { id: 'p', private: true, revealed: false },
      ],
    };
    return { live } as unknown as Room;
  }

  it.each([
    [{}, {}],
    [{ note: 'n' }, {}],
    [{ issue: 'i' }, {}],
  ])('everybody may see it: %o', (given, on) => {
    expect(shown(room(given, on), 'f')?.id).toBe('f');
    expect(pictures(room(given, on))).toHaveLength(1);
    expect(shown(room(given, on), 'other')).toBeUndefined();
  });

  it.each([
    [{ media: 'application/pdf' }, {}],
    [{ media: 'image/svg+xml' }, {}],
    [{ blob: null }, {}],
    [{ note: 'gone' }, {}],
    [{ note: 'n' }, { binned: true }],
    [{ note: 'n' }, { sealed: true }],
    [{ note: 'n' }, { step: 'p' }],
    [{ note: 'n' }, { waits: true }],
    [{ issue: 'i' }, { aside: true }],
    [{ issue: 'gone' }, {}],
  ])('not everybody may: %o %o', (given, on) => {
    expect(shown(room(given, on), 'f')).toBeUndefined();
    expect(pictures(room(given, on))).toEqual([]);
  });
});
