import { expect, it } from 'vitest';

import type { Command } from '../protocol/types.ts';
import { unsent } from './unsent.ts';

const waiting = (...commands: Command[]): string[] => [...unsent(commands.map((command) => ({ command })))];

it('[CLIENT4] names what waits: notes, what is said to them, dots on them, one or many, for whomever', () => {
  const bin = (id: string): Command => ({ do: 'note.bin', id });
  expect(waiting(bin('one'), { do: 'note.many', commands: [bin('two'), bin('three')] } as Command)).toEqual([
    'one',
    'two',
    'three',
  ]);
  expect(waiting({ do: 'comment.add', id: 'said', note: 'four', rank: 'b', text: 'So' })).toContain('four');
  const dots: Command = { do: 'vote.cast', round: 'vote', target: 'five', dots: 1 };
  expect(waiting({ do: 'seat.act', seat: 'ana', command: dots })).toEqual(['five']);
});
