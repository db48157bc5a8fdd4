import { describe, expect, it } from 'vitest';

import { hints, keyOf, since, type Seen } from './hints.ts';

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

  it('[HINT1] tell since when each is so, and anew when it comes again', () => {
    const found = hints([{ ...group, quiet: 4, unsaved: 2 }], false);
    const [quiet = '', unsaved = ''] = found.map(keyOf);
    const first = since({}, found, 1_000_000);
    expect(first).toEqual({ [quiet]: 760_000, [unsaved]: 1_000_000 });
    const later = hints([{ ...group, quiet: 5, unsaved: 3 }], false);
    expect(since(first, later, 1_060_000)).toEqual(first);
    expect(since(since(first, [], 1_100_000), later.slice(1), 1_200_000)).toEqual({ [unsaved]: 1_200_000 });
  });

  it('[HINT1] of a group of which nobody is here tell just that; of one without people nothing', () => {
    expect(of({ here: 0, quiet: 4, empty: ['Risks'] })).toEqual(['nobody']);
    expect(of({ here: 0, people: 0, empty: ['Risks'] })).toEqual([]);
  });
});
