import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { between, ranksBetween } from './ranks.ts';

describe('[CLIENT13] ranks', () => {
  const any = fc.option(fc.stringMatching(/^[0-9A-Za-z]{1,8}$/));

  it('are found beside whatever another program gave', () => {
    fc.assert(
      fc.property(any, any, fc.integer({ min: 1, max: 5 }), (before, after, count) => {
        const ranks = ranksBetween(before, after, count);
        expect(ranks).toHaveLength(count);
        expect([...ranks].sort()).toEqual(ranks);
        for (const rank of ranks) expect(rank).toMatch(/^[0-9A-Za-z]{1,128}$/);
      }),
    );
  });

  it('lie between sound neighbours', () => {
    const [first, last] = ranksBetween(null, null, 2);
    const middle = between(first ?? null, last ?? null);
    expect([first, middle, last]).toEqual([first, middle, last].sort());
  });
});
