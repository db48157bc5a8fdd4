import { describe, expect, it, vi } from 'vitest';
import * as Y from 'yjs';

import type { Command, Paper, Update } from '../../protocol/types.ts';
import { wordsIn } from '../../parts/written.ts';
import { bytes, PaperText, ROOT } from './text.ts';

const PAPER: Paper = { kind: 'paper', id: 'paper', base: 'AAA=', target: 800, folded: 0, by: null, at: 0 };

/** One device: what it sends, and its text. */
function device(waiting = 0): {
  text: PaperText;
  sent: Command[];
  write: (words: string) => void;
  said: () => string;
} {
  const sent: Command[] = [];
  const text = new PaperText({ do: (command) => sent.push(command), waiting: () => waiting });
  const write = (words: string): void => {
    const line = new Y.XmlElement('paragraph');
    line.insert(0, [new Y.XmlText(words)]);
    text.root.push([line]);
  };
  return { text, sent, write, said: () => text.root.toJSON() };
}

const records = (sent: readonly Command[]): Update[] =>
  sent.flatMap((command, n) =>
    command.do === 'paper.edit'
      ? [{ kind: 'update' as const, id: command.id, n, data: command.data, by: null, at: 0, held: false }]
      : [],
  );

describe('[PAPER9] the text on a device', () => {
  it('sends what is written together as one', () => {
    vi.useFakeTimers();
    const ana = device();
    ana.write('One');
    ana.write('Two');
    expect(ana.sent).toEqual([]);
    vi.advanceTimersByTime(400);
    expect(ana.sent).toHaveLength(1);
    vi.useRealTimers();
  });

  it('is in less of a hurry while much waits, and sends at once when it is left', () => {
    vi.useFakeTimers();
    const ana = device(20);
    ana.write('One');
    vi.advanceTimersByTime(400);
    expect(ana.sent).toEqual([]);
    ana.text.close();
    expect(ana.sent).toHaveLength(1);
    vi.useRealTimers();
  });

  it('comes to the same on all devices, in whatever order and however often it is heard', () => {
    const [ana, ben] = [device(), device()];
    for (const each of [ana, ben]) each.text.take(PAPER, []);
    ana.write('From Ana');
    ben.write('From Ben');
    for (const each of [ana, ben]) each.text.flush();
    const all = [...records(ana.sent), ...records(ben.sent)];
    ana.text.take(PAPER, all);
    ben.text.take(PAPER, [...all].reverse());
    ben.text.take(PAPER, all);
    expect(ana.said()).toBe(ben.said());
    expect(ana.said()).toContain('From Ben');
    expect(ana.sent).toHaveLength(1);
  });

  it('takes the base anew when it took something in', () => {
    const [ana, ben] = [device(), device()];
    ana.write('Merged');
    const base = btoa(String.fromCharCode(...Y.encodeStateAsUpdate(ana.text.doc)));
    ben.text.take({ ...PAPER, base, folded: 1 }, []);
    expect(ben.said()).toContain('Merged');
  });

  it('knows its own, and gives back the words of what was refused', () => {
    const ana = device();
    ana.write('Not');
    ana.text.flush();
    ana.write(' lost');
    ana.text.flush();
    const [first] = ana.sent;
    if (first?.do !== 'paper.edit') throw new Error('nothing was sent');
    expect(ana.text.wrote(first.id)).toBe(true);
    expect(wordsIn(ana.sent)).toBe('Not lost');
    const doc = new Y.Doc();
    Y.applyUpdate(doc, bytes(first.data));
    expect(doc.getXmlFragment(ROOT).toJSON()).toContain('Not');
  });
});
