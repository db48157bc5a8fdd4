import { describe, expect, it } from 'vitest';

import type { Activity, Command, NoteAdd, NoteMany } from '../protocol/types.ts';
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
const NONE = (): undefined => undefined;
const NOW = { step: 'now', private: false, anonymous: false };

describe('[CLIENT8] what comes back', () => {
  it('has all the words that were typed, of many commands too', () => {
    expect(wordsOf(add('one'))).toBe('one');
    expect(wordsOf(MANY)).toBe('one\ntwo');
    expect(wordsOf({ do: 'stack.name', id: 'k', title: 'Credits' })).toBe('Credits');
    expect(wordsOf({ do: 'note.bin', id: 'x' })).toBe('');
  });

  it('[SOFT1] [SOFT4] belongs to the step on the screen when it is sent again', () => {
    expect(again({ ...add('one'), private: true }, NOW, NONE)).toEqual({ ...add('one'), ...NOW });
    expect(again(add('one'), { ...NOW, step: null }, NONE)).toEqual({ ...add('one'), ...NOW, step: null });
    const steps = (again(MANY, NOW, NONE) as NoteMany).commands.map((one) => 'step' in one && one.step);
    expect(steps).toEqual(['now', false, 'now']);
    const seat = (command: NoteAdd): Command => ({ do: 'seat.act', seat: 'mia', command });
    expect(again(seat(add('one')), NOW, NONE)).toEqual(seat({ ...add('one'), ...NOW }));
    expect(again({ do: 'note.bin', id: 'x' }, NOW, NONE)).toEqual({ do: 'note.bin', id: 'x' });
  });

  it('[PLAN7] has all words of an activity that were altered, and is sent again against what is there now', () => {
    const edit: Command = { do: 'activity.edit', id: 'a', rev: 1, owner: 'Dana', first: 'Call' };
    expect(wordsOf(edit)).toBe('Dana\nCall');
    const now = { id: 'a', rev: 4 } as Activity;
    expect(again(edit, NOW, () => now)).toEqual({ ...edit, rev: 4 });
    expect(again(edit, NOW, NONE)).toEqual(edit);
  });
});
