import fc from 'fast-check';
import type { Node } from 'prosemirror-model';
import { EditorState, NodeSelection, TextSelection, type Command, type Transaction } from 'prosemirror-state';
import { describe, expect, it } from 'vitest';

import { plainOf } from './footnotes.ts';
import { schema } from './schema.ts';
import { newLine, suggested, written } from './suggesting.ts';
import { decide, suggestions } from './suggestions.ts';

const said = (text: string): Node => schema.node('paragraph', null, text ? schema.text(text) : undefined);
const doc = schema.node('doc', null, [
  schema.node('heading', { level: 1 }, schema.text('Context')),
  said('Clear goals help everybody'),
  schema.node('bullet_list', null, schema.node('list_item', null, [said('Share the rubrics')])),
  schema.node('paragraph', null, [
    schema.text('Pay is '),
    schema.text('by hand', [schema.mark('strong')]),
    schema.node('hard_break'),
    schema.text('now'),
  ]),
]);

/** Somebody who suggests, or (null) writes. */
class Hand {
  state: EditorState;
  readonly fresh = new Set<string>();

  constructor(
    from: Node,
    private readonly by: string | null = 'ann',
  ) {
    this.state = EditorState.create({ doc: from });
  }

  do(tr: Transaction): this {
    const { by, fresh } = this;
    this.state = this.state.apply(by === null ? written(tr) : suggested(this.state, tr, { by, fresh }));
    this.state.doc.check();
    return this;
  }

  at(from: number, to = from): this {
    this.state = this.state.apply(this.state.tr.setSelection(TextSelection.create(this.state.doc, from, to)));
    return this;
  }

  type(text: string): this {
    for (const letter of text) this.do(this.state.tr.insertText(letter));
    return this;
  }

  back(times = 1): this {
    for (let n = 0; n < times; n += 1) {
      const { from } = this.state.selection;
      this.do(this.state.tr.delete(from - 1, from));
    }
    return this;
  }

  forth(times = 1): this {
    for (let n = 0; n < times; n += 1) {
      const { from } = this.state.selection;
      this.do(this.state.tr.delete(from, from + 1));
    }
    return this;
  }

  run(command: Command): this {
    command(this.state, (tr) => (this.state = this.state.apply(tr)));
    this.state.doc.check();
    return this;
  }

  decide(accept: boolean, ids = suggestions(this.state.doc).flatMap(({ ids }) => ids)): this {
    return this.run(decide(new Set(ids), accept));
  }

  get told(): { by: string; added: string; removed: string }[] {
    return suggestions(this.state.doc).map(({ by, added, removed }) => ({ by, added, removed }));
  }
}

const GOALS = 10 + 6;

describe('[PAPER18] suggesting', () => {
  it('marks what is typed, as one suggestion, and lets go of what one takes back oneself', () => {
    const hand = new Hand(doc).at(GOALS).type('and sharp ').back(3).type('er ');
    expect(hand.told).toEqual([{ by: 'ann', added: 'and shaer ', removed: '' }]);
    expect(hand.back(10).told).toEqual([]);
    expect(hand.state.doc.eq(doc)).toBe(true);
  });

  it('leaves what is deleted where it is, in both directions, and goes on', () => {
    expect(new Hand(doc).at(GOALS).back(6).told).toEqual([{ by: 'ann', added: '', removed: 'Clear ' }]);
    expect(new Hand(doc).at(GOALS).forth(5).told).toEqual([{ by: 'ann', added: '', removed: 'goals' }]);
    const twice = new Hand(doc).at(GOALS).forth(5).back(8);
    expect(twice.told).toEqual([{ by: 'ann', added: '', removed: 'ar goals' }]);
  });

  it('puts one for the other', () => {
    const hand = new Hand(doc).at(GOALS, GOALS + 5).type('aims');
    expect(hand.told).toEqual([{ by: 'ann', added: 'aims', removed: 'goals' }]);
    expect(plainOf(hand.state.doc)).toBe(plainOf(doc));
    expect(plainOf(hand.decide(true).state.doc)).toContain('Clear aims help everybody');
    expect(hand.told).toEqual([]);
  });

  it('keeps the suggestions of several apart', () => {
    const ann = new Hand(doc).at(GOALS).type('big ');
    const ben = new Hand(ann.state.doc, 'ben')
      .at(GOALS + 2)
      .type('!')
      .at(GOALS, GOALS + 4);
    ben.do(ben.state.tr.deleteSelection());
    expect(ben.told.map(({ by }) => by).sort()).toEqual(['ann', 'ben']);
    const [id] = suggestions(ben.state.doc)
      .filter(({ by }) => by === 'ben')
      .flatMap(({ ids }) => ids);
    expect(ben.decide(false, [id ?? '']).told).toEqual([{ by: 'ann', added: 'big ', removed: '' }]);
  });

  it('does not catch what is written amid it', () => {
    const ann = new Hand(doc).at(GOALS, GOALS + 4);
    ann.do(ann.state.tr.deleteSelection());
    const fay = new Hand(ann.state.doc, null).at(GOALS + 2).type('X');
    expect(plainOf(fay.state.doc)).toContain('X');
    expect(fay.told.map(({ added, removed }) => added + removed).join('')).not.toContain('X');
    expect(plainOf(fay.decide(true).state.doc)).toContain('X');
  });

  it('is one where one goes on beside what is sent, and of two marks', () => {
    const hand = new Hand(doc).at(GOALS).type('big ');
    hand.fresh.clear();
    hand.type('and bold ');
    expect(hand.told).toEqual([{ by: 'ann', added: 'big and bold ', removed: '' }]);
    expect(suggestions(hand.state.doc)[0]?.ids).toHaveLength(2);
  });

  it('begins a line for what is written into it, which goes with it', () => {
    const end = 9 + 27;
    const hand = new Hand(doc).at(end).run(newLine).type('A new line');
    expect(hand.told).toEqual([{ by: 'ann', added: 'A new line', removed: '' }]);
    expect(hand.state.doc.childCount).toBe(doc.childCount + 1);
    expect(hand.decide(false).state.doc.eq(doc)).toBe(true);
    expect(new Hand(doc).at(GOALS).run(newLine).state.doc.eq(doc)).toBe(true);
  });

  it('suggests no looks, no kinds of lines, and no footnote away', () => {
    const hand = new Hand(doc);
    hand.do(hand.state.tr.addMark(10, 20, schema.mark('strong')));
    hand.do(hand.state.tr.setBlockType(10, 10, schema.node('heading').type, { level: 2 }));
    expect(hand.state.doc.eq(doc)).toBe(true);
    const noted = schema.node('doc', null, [
      schema.node('paragraph', null, [schema.text('a'), schema.node('footnote', null, schema.text('b'))]),
    ]);
    const other = new Hand(noted);
    other.do(other.state.tr.setSelection(NodeSelection.create(noted, 2)).deleteSelection());
    expect(other.state.doc.eq(noted)).toBe(true);
  });

  const act = fc.record({
    from: fc.nat(90),
    to: fc.nat(90),
    text: fc.constantFrom('', 'x', 'some words', '\u{1f600}'),
    by: fc.constantFrom('ann', 'ben'),
  });

  function acted(
    from: Node,
    { from: a, to: b, text, by }: { from: number; to: number; text: string; by: string | null },
  ): Node {
    const place = (at: number): number =>
      TextSelection.near(from.resolve(Math.min(at, from.content.size))).from;
    const [start, end] = [Math.min(place(a), place(b)), Math.max(place(a), place(b))];
    const hand = new Hand(from, by).at(start, end);
    return hand.do(text ? hand.state.tr.insertText(text, start, end) : hand.state.tr.delete(start, end)).state
      .doc;
  }

  it('[PAPER19] counts for nothing before, and leaves nothing where it is declined', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 8 }), (acts) => {
        const now = acts.reduce(acted, doc);
        expect(plainOf(now)).toBe(plainOf(doc));
        expect(new Hand(now).decide(false).state.doc.eq(doc)).toBe(true);
      }),
    );
  });

  it('comes, accepted, to what had been written so', () => {
    const within = fc.record({
      from: fc.integer({ min: 10, max: 36 }),
      to: fc.integer({ min: 10, max: 36 }),
      text: fc.constantFrom('', 'x', 'two words'),
    });
    fc.assert(
      fc.property(fc.array(within, { maxLength: 6 }), (acts) => {
        let [written, accepted] = [doc, doc];
        for (const one of acts) {
          const end = 10 + (written.child(1).content.size || 0);
          const bounded = { ...one, from: Math.min(one.from, end), to: Math.min(one.to, end) };
          if (Math.abs(bounded.from - bounded.to) === written.child(1).content.size && !one.text) continue;
          written = acted(written, { ...bounded, by: null });
          accepted = new Hand(acted(accepted, { ...bounded, by: 'ann' })).decide(true).state.doc;
        }
        expect(accepted.toJSON()).toEqual(written.toJSON());
      }),
    );
  });
});
