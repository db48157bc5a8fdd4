import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { Making, Rows } from './rows.ts';

const edits = fc.array(fc.tuple(fc.string({ maxLength: 2 }), fc.option(fc.nat(9))), { maxLength: 40 });

describe('[WALL4] rows that are never altered', () => {
  it('hold what a map would, and know in what they differ from those before', () => {
    fc.assert(
      fc.property(edits, edits, (first, second) => {
        const plain = new Map<string, number>();
        const apply = (rows: Rows<number>, list: typeof first): Rows<number> => {
          const making = new Making(rows);
          for (const [id, row] of list) {
            if (row === null) making.delete(id);
            else making.set(id, row);
            if (row === null) plain.delete(id);
            else plain.set(id, row);
            expect(making.get(id)).toBe(plain.get(id));
          }
          return making.made();
        };
        const one = apply(new Rows(), first);
        const before = new Map(plain);
        const two = apply(one, second);
        for (const id of plain.keys()) expect(two.get(id)).toBe(plain.get(id));
        for (const id of before.keys()) expect(one.get(id)).toBe(before.get(id));
        expect(two.values().sort()).toEqual([...plain.values()].sort());
        const all = [...new Set([...before.keys(), ...plain.keys()])];
        expect(two.differing(one).sort()).toEqual(
          all.filter((id) => before.get(id) !== plain.get(id)).sort(),
        );
      }),
    );
  });
});
