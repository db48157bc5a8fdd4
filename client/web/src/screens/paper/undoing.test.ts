import fc from 'fast-check';
import type { Node } from 'prosemirror-model';
import { EditorState, TextSelection, type Command, type Transaction } from 'prosemirror-state';
import { EditorView } from 'prosemirror-view';
import { afterEach, describe, expect, it } from 'vitest';
import { initProseMirrorDoc, redoCommand, undoCommand, ySyncPlugin, yUndoPlugin } from 'y-prosemirror';
import * as Y from 'yjs';

import { where } from './editor.ts';
import { plainOf } from './footnotes.ts';
import { schema } from './schema.ts';
import { suggested, written } from './suggesting.ts';
import { decide, suggestions } from './suggestions.ts';
import { ROOT } from './text.ts';
import { undoing } from './undoing.ts';

const START = 'We ask for three things.';

const views: EditorView[] = [];
afterEach(() => {
  for (const view of views.splice(0)) view.destroy();
});

function paper(): Uint8Array {
  const doc = new Y.Doc();
  const line = new Y.XmlElement('paragraph');
  line.insert(0, [new Y.XmlText(START)]);
  doc.getXmlFragment(ROOT).push([line]);
  return Y.encodeStateAsUpdate(doc);
}

/** Somebody with an editor, who suggests, or writes. */
class Device {
  readonly doc = new Y.Doc();
  readonly fresh = new Set<string>();
  suggests = true;
  readonly view: EditorView;

  constructor(
    from: Uint8Array,
    readonly by: string,
  ) {
    Y.applyUpdate(this.doc, from);
    const root = this.doc.getXmlFragment(ROOT);
    const { doc, mapping } = initProseMirrorDoc(root, schema);
    const { by: name, fresh } = this;
    const how = (tr: Transaction): Transaction =>
      this.suggests ? suggested(this.view.state, tr, { by: name, fresh }) : written(tr);
    this.view = new EditorView(document.createElement('div'), {
      state: EditorState.create({ doc, plugins: [ySyncPlugin(root, { mapping }), yUndoPlugin(), undoing()] }),
      dispatchTransaction: (tr) => {
        this.view.updateState(this.view.state.apply(how(tr)));
      },
    });
    views.push(this.view);
  }

  put(at: number, words: string, to = at): this {
    const { tr, doc } = this.view.state;
    this.view.dispatch(tr.setSelection(TextSelection.create(doc, at, to)));
    const selected = this.view.state.tr;
    this.view.dispatch(words ? selected.insertText(words) : selected.deleteSelection());
    return this;
  }

  run(command: Command): this {
    command(this.view.state, this.view.dispatch.bind(this.view), this.view);
    return this;
  }

  decide(accept: boolean): this {
    return this.run(decide(new Set(suggestions(this.node).flatMap(({ ids }) => ids)), accept));
  }

  hear(other: Device): this {
    other.fresh.clear();
    Y.applyUpdate(this.doc, Y.encodeStateAsUpdate(other.doc, Y.encodeStateVector(this.doc)), other);
    return this;
  }

  get node(): Node {
    this.view.state.doc.check();
    return this.view.state.doc;
  }

  get says(): string {
    return this.node.textContent;
  }
}

function two(): [Device, Device] {
  const start = paper();
  return [new Device(start, 'ben'), new Device(start, 'fay')];
}

/** Fay has heard what Ben suggests, and decides; Ben hears of it. */
function decided(ben: Device, fay: Device, accept: boolean): void {
  fay.hear(ben).decide(accept);
  ben.hear(fay);
}

describe('[PAPER23] undo, once others decided', () => {
  it.each([
    [true, 'They demand for three things.'],
    [false, START],
  ])('leaves what was decided as it is (accepted: %s)', (accept, said) => {
    const [ben, fay] = two();
    ben.put(1, 'They dem', 7).put(15, 'ands').put(18, '', 19);
    decided(ben, fay, accept);
    expect(ben.says).toBe(said);
    for (const command of [undoCommand, undoCommand, redoCommand, redoCommand]) ben.run(command);
    expect(fay.hear(ben).says).toBe(said);
    expect(where(ben.view.state)).toMatchObject({ undo: false, redo: false });
  });

  it('takes back what else was done in the same breath', () => {
    const [ben, fay] = two();
    ben.suggests = false;
    ben.put(25, ' Now.');
    ben.suggests = true;
    ben.put(1, 'They demand', 7);
    decided(ben, fay, true);
    expect(ben.says).toBe('They demand for three things. Now.');
    expect(ben.run(undoCommand).says).toBe('They demand for three things.');
    expect(ben.run(redoCommand).says).toBe('They demand for three things. Now.');
  });

  it('neither brings again what was taken back before it was decided', () => {
    const [ben, fay] = two();
    ben.put(1, 'They demand', 7);
    fay.hear(ben);
    ben.run(undoCommand).run(redoCommand);
    decided(ben, fay, false);
    expect(ben.run(undoCommand).run(redoCommand).says).toBe(START);
  });

  it('takes back what one decides oneself, and what waits', () => {
    const [ben] = two();
    ben.put(1, 'They demand', 7).run(undoCommand);
    expect(ben.says).toBe(START);
    ben.run(redoCommand);
    expect(suggestions(ben.node)).toMatchObject([{ added: 'They demand', removed: 'We ask' }]);
  });

  const act = fc.record({
    at: fc.nat(20),
    to: fc.nat(4),
    words: fc.constantFrom('', 'a', 'bc', 'def'),
    back: fc.integer({ min: 0, max: 3 }),
  });

  it('writes nothing that was suggested, and changes nothing of what was decided, whatever was suggested, taken back and done again', () => {
    fc.assert(
      fc.property(fc.array(act, { minLength: 1, maxLength: 8 }), fc.boolean(), (acts, accept) => {
        const [ben, fay] = two();
        for (const { at, to, words, back } of acts) {
          const end = ben.says.length + 1;
          ben.put(Math.min(1 + at, end), words, Math.min(1 + at + to, end));
          for (let n = 0; n < back; n += 1) ben.run(n === 2 ? redoCommand : undoCommand);
          expect(plainOf(ben.node)).toBe(START);
          if (at % 3 === 0) fay.hear(ben);
        }
        decided(ben, fay, accept);
        const says = plainOf(fay.node);
        for (const command of [undoCommand, undoCommand, undoCommand, redoCommand, redoCommand])
          ben.run(command);
        expect(plainOf(fay.hear(ben).node)).toBe(says);
      }),
    );
  });
});
