import { describe, expect, it } from 'vitest';

import type { Command, Note, Record as AnyRecord } from '../protocol/types.ts';
import { viewOf, type View } from '../sync/fold.ts';
import { predict } from '../sync/predict.ts';
import { BLANK } from './blank.ts';
import { History } from './history.svelte.ts';

const ME = { person: 'me', now: 1 };
const PLACE = { board: 'b', section: 's' };

const note = (id: string, more: Partial<Note> = {}): Note => ({
  ...{ ...BLANK, id, rank: id, text: `text of ${id}` },
  ...more,
});

/** A device alone with its view: what it does is done as foreseen. */
class Device {
  view: View;
  /** The round whose results were shown. */
  over = '';
  readonly sent: Command[] = [];
  readonly history = new History(
    (command) => {
      this.apply(command);
    },
    () => this.view,
    () => ME,
    (round) => round === this.over,
  );

  constructor(records: readonly AnyRecord[]) {
    this.view = viewOf(records);
  }
  do(command: Command): void {
    this.history.note(command);
    this.apply(command);
  }
  apply(command: Command): void {
    this.sent.push(command);
    this.view = this.view.with(predict(command, this.view, ME));
  }
  /** What the server tells of the words of notes ([SEE8]). */
  tell(words: Readonly<Record<string, string>>): void {
    const told = Object.entries(words);
    this.view = this.view.with(
      told.map(([id, text]) => ({ op: 'patch', kind: 'note', id, set: { text } }) as const),
    );
  }
  notes(): unknown {
    return this.view.all('note').filter((one) => !one.binned);
  }
}

const STACK: AnyRecord = { kind: 'stack', id: 'k', ...PLACE, rank: 'm', title: 'Credits' };
const start = (): AnyRecord[] => [
  note('a'),
  note('c'),
  note('e', { stack: 'k' }),
  note('f', { stack: 'k' }),
  note('g', { stack: 'k' }),
  STACK,
];
const DEEDS: Command[] = [
  { do: 'note.add', id: 'new', ...PLACE, rank: 'b', text: 'new' },
  { do: 'note.edit', id: 'a', rev: 1, base: 'text of a', text: 'other' },
  { do: 'note.move', id: 'a', board: 'b', section: 't', rank: 'z' },
  { do: 'note.move', id: 'a', ...PLACE, rank: 'z', stack: 'k' },
  { do: 'note.move', id: 'f', ...PLACE, rank: 'z' },
  { do: 'note.tag', id: 'a', lenses: ['l'] },
  { do: 'note.colour', id: 'a', colour: 'lilac' },
  { do: 'note.bin', id: 'a' },
  { do: 'note.bin', id: 'f' },
  { do: 'note.aside', id: 'a', on: true },
  { do: 'note.aside', id: 'f', on: true },
  { do: 'note.react', id: 'a', on: true },
  { do: 'stack.make', id: 'new', notes: ['a', 'c'] },
  { do: 'stack.name', id: 'k', title: 'Grades' },
  { do: 'stack.move', id: 'k', board: 'b', section: 't', rank: 'z' },
  { do: 'stack.split', id: 'k' },
  { do: 'stack.make', id: 'new', notes: ['a', 'e', 'f'] },
  {
    do: 'note.many',
    commands: ['e', 'f', 'g'].map((id) => ({
      do: 'note.move',
      id,
      board: 'b',
      section: 't',
      rank: `x${id}`,
    })),
  },
  {
    do: 'note.many',
    commands: [
      { do: 'note.tag', id: 'a', lenses: ['l'] },
      { do: 'note.move', id: 'a', board: 'b', section: 't', rank: 'z' },
      { do: 'note.bin', id: 'c' },
    ],
  },
];

describe('[UNDO3] what was done on a device', () => {
  it.each(DEEDS.map((deed) => [deed.do, deed] as const))('%s is taken back and done again', (_name, deed) => {
    const device = new Device(start());
    const before = device.notes();
    device.do(deed);
    const after = device.notes();
    expect(device.history.undo()).toBe('done');
    expect(device.notes()).toEqual(before);
    expect(device.history.redo()).toBe('done');
    expect(device.notes()).toEqual(after);
    expect(device.history.undo()).toBe('done');
    expect(device.notes()).toEqual(before);
    expect(device.history.undo()).toBe('nothing');
  });

  it('is taken back last first', () => {
    const device = new Device(start());
    const before = device.notes();
    for (const deed of DEEDS.slice(1, 8)) if (!('stack' in deed)) device.do(deed);
    while (device.history.undo() === 'done');
    expect(device.notes()).toEqual(before);
  });

  it('[SOFT2] a comment that comes back is as nameless as it was', () => {
    const said: AnyRecord = {
      kind: 'comment',
      id: 'c1',
      note: 'a',
      rank: 'a0',
      text: 'so true',
      by: 'me',
      at: 1,
      anonymous: true,
    };
    const device = new Device([...start(), said]);
    device.do({ do: 'comment.drop', id: 'c1' });
    device.history.undo();
    expect(device.view.get('comment', 'c1')).toEqual(said);
  });

  it('[UNDO1] stays where somebody changed it since, and what came before can still be taken back', () => {
    const device = new Device(start());
    device.do({ do: 'note.colour', id: 'c', colour: 'mint' });
    device.do({ do: 'note.edit', id: 'a', rev: 1, base: 'text of a', text: 'mine' });
    device.apply({ do: 'note.edit', id: 'a', rev: 2, base: 'mine', text: 'mine, and theirs' });
    const { length } = device.sent;
    expect(device.history.undo()).toBe('edited');
    expect(device.sent).toHaveLength(length);
    expect(device.view.get('note', 'a')?.text).toBe('mine, and theirs');
    expect(device.history.undo()).toBe('done');
    expect(device.view.get('note', 'c')?.colour).toBe(null);
  });

  it('[ASIDE3] a note that was set aside and brought back by another is left alone', () => {
    const device = new Device(start());
    device.do({ do: 'note.aside', id: 'a', on: true });
    device.apply({ do: 'note.aside', id: 'a', on: false });
    expect(device.history.undo()).toBe('back');
    expect(device.view.get('note', 'a')?.aside).toBe(false);
  });

  it('[UNDO4] the notes of others come back from the bin without their words being here, and go there again', () => {
    const theirs = { by: 'they' };
    const device = new Device([
      note('a', theirs),
      note('c'),
      note('e', { stack: 'k', ...theirs }),
      note('f', { stack: 'k' }),
      STACK,
    ]);
    const before = device.notes();
    const deed: Command = {
      do: 'note.many',
      commands: ['a', 'c', 'e'].map((id) => ({ do: 'note.bin', id })),
    };
    device.do(deed);
    const after = device.notes();
    for (const way of ['undo', 'undo'] as const) {
      device.tell({ a: '', e: '' });
      expect(device.history[way]()).toBe('done');
      device.tell({ a: 'text of a', e: 'text of e' });
      expect(device.notes()).toEqual(before);
      expect(device.history.redo()).toBe('done');
      expect(device.notes()).toEqual(after);
    }
    device.tell({ a: '', e: '' });
    // Faster than the words come.
    for (const way of ['undo', 'redo', 'undo'] as const) expect(device.history[way]()).toBe('done');
    device.tell({ a: 'text of a', e: 'text of e' });
    expect(device.notes()).toEqual(before);
  });

  it('[UNDO4] a note that its author changed meanwhile comes back, and is not put in the bin again', () => {
    const device = new Device([note('a', { by: 'they' })]);
    device.do({ do: 'note.bin', id: 'a' });
    device.tell({ a: '' });
    expect(device.history.undo()).toBe('done');
    device.tell({ a: 'their new words' });
    expect(device.history.redo()).toBe('edited');
    expect(device.view.get('note', 'a')).toMatchObject({ binned: false, text: 'their new words' });
  });

  it('[UNDO4] an edit that came before is taken back too, however soon', () => {
    const device = new Device([note('a', { by: 'they' })]);
    device.do({ do: 'note.edit', id: 'a', rev: 1, base: 'text of a', text: 'mine' });
    device.do({ do: 'note.bin', id: 'a' });
    device.tell({ a: '' });
    for (const way of ['undo', 'undo', 'redo'] as const) expect(device.history[way]()).toBe('done');
    expect(device.view.get('note', 'a')?.text).toBe('mine');
  });

  it('is told when only the server knew of the change, and a refused deed is none', () => {
    const device = new Device(start());
    let told = 0;
    device.history.missed = () => (told += 1);
    const deed: Command = { do: 'note.bin', id: 'a' };
    device.do(deed);
    device.history.undo();
    const command = device.sent.at(-1) ?? deed;
    const refused = { n: 1, code: 'stale', message: '' } as const;
    expect(device.history.refused({ ...refused, command })).toBe(true);
    expect(told).toBe(1);
    expect(device.history.canRedo).toBe(false);
    device.do(deed);
    expect(device.history.refused({ ...refused, command: deed })).toBe(false);
    expect(device.history.canUndo).toBe(false);
  });

  const ALL: Command[] = [
    ...DEEDS,
    { do: 'comment.add', id: 'new', note: 'a', rank: 'b', text: 'Why?' },
    { do: 'vote.cast', round: 'r', target: 'a', dots: 1 },
  ];
  it.each(ALL)('[UNDO6] the board of $do is known, to take it back and to do it again', (command) => {
    const device = new Device(start());
    const { history } = device;
    const board = command.do === 'vote.cast' ? undefined : 'b';
    device.do(command);
    expect(history.boardOf(history.last)).toBe(board);
    history.undo();
    expect(history.boardOf(history.next)).toBe(board);
  });

  it('[UNDO5] dots of a round that is over stand, and what was done before them is taken back', () => {
    const device = new Device(start());
    const before = device.notes();
    device.do({ do: 'note.tag', id: 'a', lenses: ['l'] });
    device.do({ do: 'vote.cast', round: 'r', target: 'a', dots: 1 });
    device.do({ do: 'seat.act', seat: 's', command: { do: 'vote.cast', round: 'r', target: 'c', dots: 1 } });
    device.over = 'r';
    expect(device.history.last?.of.do).toBe('note.tag');
    expect(device.history.undo()).toBe('done');
    expect(device.notes()).toEqual(before);
    expect(device.history.canUndo).toBe(false);
    device.over = '';
    expect(device.history.canUndo).toBe(true);
  });
});
