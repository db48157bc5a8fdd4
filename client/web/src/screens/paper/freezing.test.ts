import fc from 'fast-check';
import type { Node } from 'prosemirror-model';
import { EditorState } from 'prosemirror-state';
import { EditorView } from 'prosemirror-view';
import { afterEach, describe, expect, it } from 'vitest';
import { initProseMirrorDoc, undoCommand, ySyncPlugin, yUndoPlugin } from 'y-prosemirror';
import * as Y from 'yjs';

import { freezeIn } from './freezing.ts';
import { quotes } from './quotes.ts';
import type { Said } from './said.ts';
import { schema } from './schema.ts';
import { keeping } from './keeping.ts';
import { blocks } from './sources.ts';

const NOTES = ['n1', 'n2', 'pile'];
const said = (id: string): Said => ({
  id,
  text: `Words\nof ${id}`,
  dots: 2,
  beneath: id === 'pile' ? [{ id: 'n3', text: 'Beneath', dots: 1, beneath: [] }] : [],
});

const views: EditorView[] = [];
afterEach(() => {
  for (const view of views.splice(0)) view.destroy();
});

/** A paper of words and quotes, one by itself, the others in a list. */
function paper(): Uint8Array {
  const doc = new Y.Doc();
  const element = (name: string, inner: (Y.XmlElement | Y.XmlText)[] = [], of?: string): Y.XmlElement => {
    const made = new Y.XmlElement(name);
    if (of) made.setAttribute('of', of);
    made.insert(0, inner);
    return made;
  };
  const quote = (of: string): Y.XmlElement => element('live_quote', [], of);
  doc.getXmlFragment('paper').insert(0, [
    element('paragraph', [new Y.XmlText('Before')]),
    element(
      'bullet_list',
      NOTES.slice(1).map((of) => element('list_item', [quote(of)])),
    ),
    quote('n1'),
    element('paragraph', [new Y.XmlText('Behind')]),
  ]);
  return Y.encodeStateAsUpdate(doc);
}

/** Somebody who writes in it. */
class Device {
  readonly doc = new Y.Doc();
  readonly view: EditorView;

  constructor(from: Uint8Array) {
    Y.applyUpdate(this.doc, from);
    const root = this.doc.getXmlFragment('paper');
    const { doc, mapping } = initProseMirrorDoc(root, schema);
    const plugins = [ySyncPlugin(root, { mapping }), yUndoPlugin(), keeping()];
    this.view = new EditorView(document.createElement('div'), {
      state: EditorState.create({ doc, plugins }),
    });
    views.push(this.view);
  }

  freeze(of: string): boolean {
    const at = placeOf(this.view.state.doc, (one) => quotes(one) === of);
    return at >= 0 && freezeIn(this.view, at, said(of));
  }

  type(where: string, words: string): void {
    const at = placeOf(this.view.state.doc, (one) => one.isText && (one.text ?? '').includes(where));
    if (at >= 0) this.view.dispatch(this.view.state.tr.insertText(words, at));
  }

  hear(other: Device): void {
    Y.applyUpdate(this.doc, Y.encodeStateAsUpdate(other.doc, Y.encodeStateVector(this.doc)));
  }

  get says(): string {
    this.view.state.doc.check();
    return this.view.state.doc.toString();
  }
}

function placeOf(doc: Node, is: (one: Node) => boolean): number {
  let found = -1;
  doc.descendants((one, at) => {
    if (found < 0 && is(one)) found = at;
  });
  return found;
}

const times = (text: string, words: string): number => text.split(words).length - 1;

describe('[QUOTE3] two who freeze one quote in the same instant', () => {
  it.each(NOTES)('leave its words once: %s', (of) => {
    const start = paper();
    const [ana, ben] = [new Device(start), new Device(start)];
    expect(ana.freeze(of)).toBe(true);
    expect(ben.freeze(of)).toBe(true);
    ana.view.dispatch(ana.view.state.tr.insertText(' as all agreed'));
    ana.hear(ben);
    ben.hear(ana);
    expect(ana.says).toBe(ben.says);
    expect(times(ana.view.state.doc.textContent, `of ${of} (2 dots) as all agreed`)).toBe(1);
    expect(times(ana.says, `of ${of}`)).toBe(1);
    expect(times(ana.says, 'Beneath (1 dot)')).toBe(of === 'pile' ? 1 : 0);
    expect(blocks(ana.view.state.doc).some(({ sources, live }) => !live && sources.includes(of))).toBe(true);
  });

  it('each takes it back, and freezes again', () => {
    const ana = new Device(paper());
    const before = ana.says;
    for (let n = 0; n < 3; n += 1) {
      ana.freeze('n1');
      expect(times(ana.says, 'of n1 (2 dots)')).toBe(1);
      undoCommand(ana.view.state, ana.view.dispatch.bind(ana.view), ana.view);
      expect(ana.says).toBe(before);
    }
  });

  const act = fc.record({
    who: fc.boolean(),
    does: fc.constantFrom('freeze', 'freeze', 'type', 'hear'),
    of: fc.constantFrom(...NOTES),
    where: fc.constantFrom('Before', 'Behind', 'of n1', 'of n2', 'Beneath'),
  });

  it('and come to the same, whatever else they write and when they hear of each other', () => {
    fc.assert(
      fc.property(fc.array(act, { minLength: 2, maxLength: 14 }), (acts) => {
        const start = paper();
        const both = [new Device(start), new Device(start)] as const;
        const frozen = new Set<string>();
        acts.forEach(({ who, does, of, where }, n) => {
          const [one, other] = who ? both : ([both[1], both[0]] as const);
          if (does === 'freeze' && one.freeze(of)) frozen.add(of);
          else if (does === 'type') one.type(where, `<${String(n)}>`);
          else if (does === 'hear') one.hear(other);
        });
        both[0].hear(both[1]);
        both[1].hear(both[0]);
        expect(both[0].says).toBe(both[1].says);
        for (const of of NOTES) {
          const plain = both[0].says.replace(/<\d+>/g, '');
          expect(times(plain, `of ${of} (2 dots)`)).toBe(frozen.has(of) ? 1 : 0);
        }
      }),
    );
  });
});
