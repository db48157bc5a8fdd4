import { describe, expect, it } from 'vitest';

import type { Command, NoteAdd, NoteMany } from '../protocol/types.ts';
import { again, wordsOf } from './returned.ts';

const add = (text: string): NoteAdd => ({
  do: 'note.add',
  id: text,
  board: 'b',
  section: 's',
  rank: 'a0',
  text,
  step: 'gone',
});
const MANY: NoteMany = { do: 'note.many', commands: [add('one'), { do: 'note.bin', id: 'x' }, add('two')] };

describe('[CLIENT8] what comes back', () => {
  it('has all the words that were typed, of many commands too', () => {
    expect(wordsOf(add('one'))).toBe('one');
    expect(wordsOf(MANY)).toBe('one\ntwo');
    expect(wordsOf({ do: 'stack.name', id: 'k', title: 'Credits' })).toBe('Credits');
    expect(wordsOf({ do: 'note.bin', id: 'x' })).toBe('');
  });

  it('[SOFT1] belongs to the step on the screen when it is sent again', () => {
    expect(again(add('one'), 'now')).toEqual({ ...add('one'), step: 'now' });
    expect(again(add('one'), null)).toEqual({ ...add('one'), step: null });
    const steps = (again(MANY, 'now') as NoteMany).commands.map((one) => 'step' in one && one.step);
    expect(steps).toEqual(['now', false, 'now']);
    const seat = (command: NoteAdd): Command => ({ do: 'seat.act', seat: 'mia', command });
    expect(again(seat(add('one')), 'now')).toEqual(seat({ ...add('one'), step: 'now' }));
    expect(again({ do: 'note.bin', id: 'x' }, 'now')).toEqual({ do: 'note.bin', id: 'x' });
  });
});
