import fc from 'fast-check';
import type { Node } from 'prosemirror-model';
import { EditorState, TextSelection, type Transaction } from 'prosemirror-state';
import { describe, expect, it } from 'vitest';
import { initProseMirrorDoc, updateYFragment } from 'y-prosemirror';
import * as Y from 'yjs';

import { plainOf } from './footnotes.ts';
import { schema } from './schema.ts';
import { suggested } from './suggesting.ts';
import { decide, suggestions } from './suggestions.ts';
import { ROOT } from './text.ts';

const START = '0123456789';
/** Each once, so that it can be told where it went. */
const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** One device, which hears of others when it is told to. */
class Device {
  private readonly shared = new Y.Doc();
  readonly fresh = new Set<string>();
  private readonly root = this.shared.getXmlFragment(ROOT);

  constructor(
    readonly by: string,
    base: Uint8Array,
  ) {
    Y.applyUpdate(this.shared, base);
  }

  get doc(): Node {
    return initProseMirrorDoc(this.root, schema).doc;
  }

  suggests(at: number, change: (tr: Transaction) => Transaction): void {
    const { doc } = this;
    const state = EditorState.create({ doc, selection: TextSelection.create(doc, at) });
    this.write(suggested(state, change(state.tr), this).doc);
  }

  decides(ids: readonly string[], accept: boolean): void {
    decide(new Set(ids), accept)(EditorState.create({ doc: this.doc }), (tr) => {
      this.write(tr.doc);
    });
  }

  hear(other: Device): void {
    other.fresh.clear();
    Y.applyUpdate(this.shared, Y.encodeStateAsUpdate(other.shared, Y.encodeStateVector(this.shared)));
  }

  private write(doc: Node): void {
    const { mapping } = initProseMirrorDoc(this.root, schema);
    this.shared.transact(() => {
      updateYFragment(this.shared, this.root, doc, { mapping, isOMark: new Map() });
    });
  }
}

/** Ann and Ben suggest, Fay decides; all is counted that may go, and that may count as written. */
class Play {
  private readonly all: readonly [Device, Device, Device];
  private readonly letters = LETTERS.split('');
  private readonly put = new Set(START);
  private readonly mayGo = new Set<string>();
  private readonly mayCount = new Set(START);

  constructor() {
    const first = new Y.Doc();
    const line = new Y.XmlElement('paragraph');
    line.insert(0, [new Y.XmlText(START)]);
    first.getXmlFragment(ROOT).push([line]);
    const base = Y.encodeStateAsUpdate(first);
    this.all = [new Device('ann', base), new Device('ben', base), new Device('fay', base)];
  }

  insert(who: 0 | 1, where: number, size: number): void {
    const device = this.all[who];
    const text = this.letters.splice(0, size).join('');
    for (const letter of text) this.put.add(letter);
    const at = 1 + (where % (device.doc.textContent.length + 1));
    if (text) device.suggests(at, (tr) => tr.insertText(text, at));
  }

  remove(who: 0 | 1, where: number, size: number): void {
    const device = this.all[who];
    const { doc, by } = device;
    const end = doc.textContent.length + 1;
    const at = 1 + (where % end);
    const to = Math.min(end, at + size);
    if (to === at) return;
    const own = suggestions(doc).flatMap((one) => (one.by === by ? [one.added] : []));
    for (const letter of doc.textBetween(at, to))
      if (own.some((added) => added.includes(letter))) this.mayGo.add(letter);
    device.suggests(to, (tr) => tr.delete(at, to));
  }

  decide(which: number, accept: boolean): void {
    const found = suggestions(this.all[2].doc);
    const one = found[which % Math.max(1, found.length)];
    if (!one) return;
    for (const letter of accept ? one.added : one.removed) this.mayCount.add(letter);
    for (const letter of accept ? one.removed : one.added) this.mayGo.add(letter);
    this.all[2].decides(one.ids, accept);
  }

  hear(one: 0 | 1 | 2, other: 0 | 1 | 2): void {
    this.all[one].hear(this.all[other]);
  }

  end(): void {
    for (let n = 0; n < 2; n += 1)
      for (const one of this.all) for (const other of this.all) if (one !== other) one.hear(other);
    const [doc, ...rest] = this.all.map((device) => device.doc);
    for (const other of rest) expect(other.toJSON()).toEqual(doc?.toJSON());
    const there = doc?.textContent ?? '';
    for (const letter of this.put) if (!this.mayGo.has(letter)) expect(there).toContain(letter);
    for (const letter of doc ? plainOf(doc) : '') expect([...this.mayCount]).toContain(letter);
  }
}

const one = fc.constantFrom<0 | 1>(0, 1);
const any = fc.constantFrom<0 | 1 | 2>(0, 1, 2);
const act: fc.Arbitrary<(play: Play) => void> = fc.oneof(
  fc.tuple(one, fc.nat(60), fc.integer({ min: 1, max: 2 })).map(([who, at, size]) => (play: Play) => {
    play.insert(who, at, size);
  }),
  fc.tuple(one, fc.nat(60), fc.integer({ min: 1, max: 3 })).map(([who, at, size]) => (play: Play) => {
    play.remove(who, at, size);
  }),
  fc.tuple(fc.nat(20), fc.boolean()).map(([which, accept]) => (play: Play) => {
    play.decide(which, accept);
  }),
  fc.tuple(any, any).map(([to, from]) => (play: Play) => {
    play.hear(to, from);
  }),
);

describe('[PAPER18] two suggest while one decides', () => {
  it('comes to the same for all; no letter goes, and none counts, that nobody decided', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 24 }), (acts) => {
        const play = new Play();
        for (const each of acts) each(play);
        play.end();
      }),
      { numRuns: 300 },
    );
  });
});
