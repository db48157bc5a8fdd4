import { expect, test } from 'vitest';

import { spread } from './spread.ts';

const [WIDE, OLD, ULTRA, PHONE] = [
  [95, 44],
  [95, 63],
  [128, 44],
  [39, 58],
] as const;

test('[SCENE1] boards share the whole wall: in rows that suit its shape', () => {
  expect([1, 2, 3, 4, 5, 6, 8].map((n) => spread(n, ...WIDE))).toEqual([
    [1],
    [2],
    [3],
    [2, 2],
    [3, 2],
    [3, 3],
    [4, 4],
  ]);
  expect([2, 3, 4].map((n) => spread(n, ...OLD))).toEqual([[2], [3], [2, 2]]);
  expect([2, 3, 4].map((n) => spread(n, ...ULTRA))).toEqual([[2], [3], [4]]);
  expect([1, 2, 3].map((n) => spread(n, ...PHONE))).toEqual([[1], [1, 1], [1, 1, 1]]);
  expect(spread(0, ...WIDE)).toEqual([]);
});
