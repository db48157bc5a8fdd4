import { describe, expect, it } from 'vitest';

import { hints, type Seen } from './hints.ts';

const group: Seen = { board: 'b', title: 'Costs', quiet: 0, empty: [], people: 4, here: 3, unsaved: 0 };
const of = (set: Partial<Seen>, written = true): string[] =>
  hints([{ ...group, ...set }], written).map((hint) => hint.of);

describe('hints', () => {
  it('[HINT1] tell of a quiet board, an empty section, and what is not saved', () => {
    expect(of({})).toEqual([]);
    expect(of({ quiet: 4, empty: ['Risks', 'Efforts'], unsaved: 2 })).toEqual([
      'quiet',
      'empty',
      'empty',
      'unsaved',
    ]);
  });

  it('[HINT1] wait with empty sections until half of the time is over', () => {
    expect(of({ empty: ['Risks'] }, false)).toEqual([]);
  });

  it('[HINT1] of a group of which nobody is here tell just that; of one without people nothing', () => {
    expect(of({ here: 0, quiet: 4, empty: ['Risks'] })).toEqual(['nobody']);
    expect(of({ here: 0, people: 0, empty: ['Risks'] })).toEqual([]);
  });
});
