import type { Node } from 'prosemirror-model';
import { EditorState, NodeSelection, type Command } from 'prosemirror-state';
import { describe, expect, it } from 'vitest';

import type { Room } from '../../parts/room.svelte.ts';
import { appendUnder, below, chosen, follow, freeze, insertQuote, quotes, takeOut } from './quotes.ts';
import { lineOf, said, wordsOf, type Said } from './said.ts';
import { schema } from './schema.ts';
import { blocks } from './sources.ts';

const quote = (of: string): Node => schema.node('live_quote', { of });
const words = (text: string): Node => schema.node('paragraph', null, text ? schema.text(text) : []);
const list = (...inner: Node[]): Node =>
  schema.node(
    'bullet_list',
    null,
    inner.map((each) => schema.node('list_item', null, each)),
  );
const doc = schema.node('doc', null, [words('Before'), list(quote('n1')), quote('pile')]);
const note: Said = { id: 'n1', text: 'One\nnote', dots: 2, beneath: [] };
const pile: Said = { id: 'pile', text: 'Both', dots: 2, beneath: [note, { ...note, id: 'n2', dots: 0 }] };

function at(of: string, within = doc): number {
  let found = -1;
  within.descendants((one, place) => {
    if (quotes(one) === of) found = place;
  });
  return found;
}

function after(command: Command, from = doc, select?: number): EditorState {
  let state = EditorState.create({ doc: from });
  if (select !== undefined)
    state = state.apply(state.tr.setSelection(NodeSelection.create(state.doc, select)));
  command(state, (tr) => (state = state.apply(tr)));
  state.doc.check();
  return state;
}

const shape = (node: Node): string => node.toString();

describe('[QUOTE3] frozen', () => {
  it('is paragraphs with what it said, drawn from its records', () => {
    const frozen = after(freeze(at('pile'), pile)).doc;
    expect(blocks(frozen).map(({ text, sources, live }) => [text, sources, live])).toEqual([
      ['Before', [], false],
      ['', ['n1'], true],
      ['Both (2 dots)', ['pile'], false],
      ['One\nnote (2 dots)', ['n1'], false],
      ['One\nnote', ['n2'], false],
    ]);
  });

  it('leaves the caret behind its words', () => {
    const { selection, doc: now } = after(freeze(at('n1'), note));
    expect(selection.empty).toBe(true);
    expect(now.textBetween(0, selection.from, '|', '|')).toMatch(/One\|note \(2 dots\)$/);
  });

  it('cannot be where it says nothing, nor where there is none', () => {
    expect(after(freeze(at('n1'), undefined)).doc).toBe(doc);
    expect(after(freeze(0, note)).doc).toBe(doc);
  });
});

describe('[QUOTE4] follows again', () => {
  it('as it was before it was frozen, the notes of a stack with it', () => {
    for (const one of [note, pile]) {
      const place = at(one.id);
      const frozen = after(freeze(place, one)).doc;
      expect(shape(after(follow(place, one), frozen).doc)).toBe(shape(doc));
    }
  });

  it('leaves what is not of its notes where it is', () => {
    const place = at('pile');
    const frozen = after(freeze(place, pile)).doc;
    const mine = after((state, dispatch) => {
      dispatch?.(state.tr.insertText('mine', frozen.content.size - 3));
      return true;
    }, frozen).doc;
    const typed = after(follow(place, { ...pile, beneath: [note] }), mine).doc;
    expect(typed.textContent).toContain('mine');
  });
});

describe('[QUOTE5] [QUOTE6] in and out', () => {
  it('is chosen as a whole, and a line comes behind it', () => {
    const inList = after(below, doc, at('n1'));
    expect(inList.doc.child(1).childCount).toBe(2);
    expect(chosen(after(() => false, doc, at('n1')))).toEqual({ at: at('n1'), of: 'n1' });
    expect(after(below, doc, at('pile')).doc.lastChild?.type.name).toBe('paragraph');
    expect(after(below).doc).toBe(doc);
  });

  it('goes with what held nothing else, and leaves a line where there was nothing else at all', () => {
    expect(shape(after(takeOut(at('n1'))).doc)).toBe('doc(paragraph("Before"), live_quote)');
    const alone = schema.node('doc', null, [quote('n1')]);
    expect(shape(after(takeOut(0), alone).doc)).toBe('doc(paragraph)');
    expect(shape(after(takeOut(2), schema.node('doc', null, [list(quote('n1'), quote('n2'))])).doc)).toBe(
      'doc(bullet_list(list_item(live_quote)))',
    );
  });

  it('comes behind the line in which one is, instead of an empty one, or as the next of a list', () => {
    expect(shape(after(insertQuote('n')).doc)).toMatch(/^doc\(paragraph\("Before"\), live_quote, /);
    const empty = schema.node('doc', null, [words('')]);
    expect(shape(after(insertQuote('n'), empty).doc)).toBe('doc(live_quote)');
    const inList = after(insertQuote('n'), schema.node('doc', null, [list(words('a'))])).doc;
    expect(shape(inList)).toBe('doc(bullet_list(list_item(paragraph("a")), list_item(live_quote)))');
    expect(at('n', after(insertQuote('n'), doc, at('pile')).doc)).toBe(at('pile') + 1);
  });

  it('comes beneath its headings', () => {
    const heading = (level: number, text: string): Node =>
      schema.node('heading', { level }, schema.text(text));
    const paper = schema.node('doc', null, [
      heading(1, 'A board'),
      heading(2, 'Risks'),
      heading(1, 'Plan'),
      words('x'),
    ]);
    let state = EditorState.create({ doc: paper });
    const view = { state, dispatch: (tr: EditorState['tr']) => (state = state.apply(tr)) };
    appendUnder(view as never, 'n', ['A board', 'Risks']);
    expect(quotes(state.doc.child(2).firstChild?.firstChild)).toBe('n');
  });
});

describe('[QUOTE1] [QUOTE2] what it says', () => {
  const base = { step: 'write', siblings: [], sealed: false, binned: false, waits: false, aside: false };
  const steps = [
    { id: 'write', step: 'write', private: false, revealed: false },
    { id: 'vote', step: 'vote' },
  ];
  function room(notes: Record<string, object>, more: object = {}): Room {
    const all = Object.entries(notes).map(([id, fields]) => ({ id, text: id, ...base, ...fields }));
    const dots: Record<string, number> = { n1: 1, n2: 3, pile: 1 };
    return {
      live: {
        steps,
        note: (id: string) => all.find((each) => each.id === id),
        stack: (id: string) => (id === 'pile' ? { id, title: '' } : undefined),
        inside: () => all.filter((each) => 'stack' in each),
        tally: (round: string, id: string) => (round === 'vote' ? { dots: dots[id] ?? 0 } : undefined),
        ...more,
      },
    } as unknown as Room;
  }

  it('is a note with its dots and its other versions', () => {
    const one = said(room({ n1: { text: 'Words\n', siblings: ['Or so'] } }), 'n1');
    expect(one && lineOf(one)).toBe('Words (1 dot)');
    expect(wordsOf(one)).toBe('Words (1 dot)\nalso: Or so');
  });

  it('is a stack with its notes, the most wanted first', () => {
    const one = said(room({ n1: { stack: 'pile' }, n2: { stack: 'pile' } }), 'pile');
    expect(wordsOf(one)).toBe('Stack (5 dots)\nn2 (3 dots)\nn1 (1 dot)');
  });

  it.each([{ sealed: true }, { binned: true }, { waits: true }, { aside: true }])(
    'is nothing where not everybody may read it: %o',
    (hidden) => {
      expect(said(room({ n1: { ...hidden, by: 'me' } }), 'n1')).toBeUndefined();
      expect(said(room({ n1: { ...hidden, stack: 'pile' } }), 'pile')).toBeUndefined();
    },
  );

  it('is nothing of what one wrote and is not revealed yet', () => {
    const sealing = { steps: [{ id: 'write', step: 'write', private: true, revealed: false }] };
    expect(said(room({ n1: { by: 'me' } }, sealing), 'n1')).toBeUndefined();
    expect(said(room({}), 'never')).toBeUndefined();
  });
});
