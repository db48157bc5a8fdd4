import { describe, expect, it } from 'vitest';

import { quietFor, type Stillness } from './quiet.ts';

const MINUTE = 60_000;
const board = (set: Partial<Stillness>): number =>
  quietFor({ writes: true, here: 3, began: 10 * MINUTE, touched: 5 * MINUTE, ...set });

describe('a quiet board', () => {
  it('[MON4] is one that nobody touched for 4 minutes', () => {
    expect(board({})).toBe(5 * MINUTE);
    expect(board({ touched: 4 * MINUTE })).toBe(4 * MINUTE);
    expect(board({ touched: 4 * MINUTE - 1 })).toBe(0);
    expect(board({ touched: null })).toBe(10 * MINUTE);
  });

  it('[MON4] has those minutes from the beginning of the step', () => {
    expect(board({ began: 3 * MINUTE, touched: 50 * MINUTE })).toBe(0);
    expect(board({ began: 6 * MINUTE, touched: 50 * MINUTE })).toBe(6 * MINUTE);
  });

  it('[MON4] is none where nobody is here, or nobody is to write', () => {
    expect(board({ here: 0 })).toBe(0);
    expect(board({ writes: false })).toBe(0);
  });
});
