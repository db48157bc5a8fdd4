import type { Node } from 'prosemirror-model';
import { EditorState, TextSelection, type Command } from 'prosemirror-state';
import { goToNextCell } from 'prosemirror-tables';
import { describe, expect, it } from 'vitest';

import { schema } from './schema.ts';
import { suggested } from './suggesting.ts';
import { nextCell, table } from './tables.ts';

const words = (text = ''): Node => schema.node('paragraph', null, text ? schema.text(text) : []);

/** Somebody's caret is at the end of the nth block. */
function at(n: number, ...blocks: Node[]): EditorState {
  const doc = schema.node('doc', null, blocks);
  const end = blocks.slice(0, n + 1).reduce((sum, one) => sum + one.nodeSize, 0) - 1;
  return EditorState.create({ doc, selection: TextSelection.create(doc, end) });
}

function after(state: EditorState, ...commands: Command[]): EditorState {
  for (const command of commands) {
    expect(command(state, (tr) => (state = state.apply(tr)))).toBe(true);
    state.doc.check();
  }
  return state;
}

const say = (state: EditorState, text: string): EditorState => state.apply(state.tr.insertText(text));
const back = goToNextCell(-1);
const kinds = ({ doc }: EditorState): string[] => doc.children.map(({ type }) => type.name);

/** What its cells say, row by row. */
function rows({ doc }: EditorState): string[] {
  const found = doc.children.find(({ type }) => type.name === 'table');
  return found?.children.map((row) => row.children.map((cell) => cell.textContent).join('|')) ?? [];
}

describe('[PAPER20] a table', () => {
  it('has the caret in its first cell, and a line behind it', () => {
    const put = say(after(at(0, words('We propose:')), table), 'Who');
    expect(kinds(put)).toEqual(['paragraph', 'table', 'paragraph']);
    expect(rows(put)).toEqual(['Who||', '||', '||']);
  });

  it('takes the place of an empty line, and leaves what is behind it', () => {
    const put = say(after(at(0, words(), words('After')), table), 'Who');
    expect(kinds(put)).toEqual(['table', 'paragraph']);
    expect(rows(put)[0]).toBe('Who||');
  });

  it('is gone through from cell to cell, and back', () => {
    let now = say(after(at(0, words('Before')), table), 'Who');
    now = say(after(now, nextCell), 'What');
    now = say(after(now, nextCell, nextCell), 'Ana');
    expect(rows(now)).toEqual(['Who|What|', 'Ana||', '||']);
    now = say(after(now, back, back, back), 'First');
    expect(rows(now)[0]).toBe('First|What|');
  });

  it('has one more row behind its last cell', () => {
    const put = after(at(0, words('Before')), table);
    const now = say(after(put, ...Array.from({ length: 9 }, () => nextCell)), 'More');
    expect(rows(now)).toEqual(['||', '||', '||', 'More||']);
  });

  it('gets no row from who suggests', () => {
    const put = after(at(0, words('Before')), table, ...Array.from({ length: 8 }, () => nextCell));
    let now = put;
    nextCell(put, (tr) => (now = put.apply(suggested(put, tr, { by: 'ana', fresh: new Set() }))));
    expect(rows(now)).toEqual(rows(put));
  });

  it('leaves Tab alone where there is none', () => {
    const state = at(0, words('Before'));
    expect(nextCell(state)).toBe(false);
  });
});
