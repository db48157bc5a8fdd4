import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Note, Stack } from '../protocol/types.ts';
import { BLANK } from './blank.ts';
import { byRank } from './order.ts';
import { Places, type Turn } from './places.svelte.ts';

const note = (id: string, rank: string, rest: Partial<Note> = {}): Note => ({ ...BLANK, id, rank, ...rest });
const ids = (list: readonly Note[]): string[] => list.map(({ id }) => id);

describe('[WALL4] the notes by where they hang', () => {
  it('[MOD4] are what sorting all of them gives, whatever became of them', () => {
    const one = fc.record({
      id: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'),
      rank: fc.constantFrom('a0', 'a1', 'a2', 'a3'),
      section: fc.constantFrom('s', 't'),
      binned: fc.boolean(),
      waits: fc.boolean(),
      sealed: fc.boolean(),
      by: fc.constantFrom('me', 'other'),
      gone: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(fc.array(one, { maxLength: 6 }), { maxLength: 12 }), (batches) => {
        const hangs = (n: Note): boolean => !n.waits || n.by === 'me';
        const places = new Places(hangs);
        const all = new Map<string, Note>();
        for (const batch of batches) {
          const before = new Map(all);
          for (const { id, gone, ...rest } of batch) {
            if (gone) all.delete(id);
            else all.set(id, note(id, rest.rank, rest));
          }
          const touched = [...new Set(batch.map(({ id }) => id))];
          places.change(touched.map((id): Turn => [before.get(id), all.get(id)]));
        }
        const there = (wanted: (n: Note) => boolean): string[] =>
          ids([...all.values()].filter((n) => hangs(n) && wanted(n)).sort(byRank));
        for (const section of ['s', 't']) {
          const here = there((n) => n.section === section && !n.binned);
          expect(ids(places.on('b', section))).toEqual(here);
          expect(places.sealed('b', section)).toBe(here.filter((id) => all.get(id)?.sealed).length);
        }
        expect(ids(places.binned('b'))).toEqual(there((n) => n.binned));
      }),
    );
  });

  it('leaves the other sections, and the other notes, the very same objects', () => {
    const places = new Places();
    const [one, two, far] = [note('1', 'a1'), note('2', 'a2'), note('3', 'a1', { section: 't' })];
    places.change([one, two, far].map((n): Turn => [undefined, n]));
    const elsewhere = places.on('b', 't');
    places.change([[two, { ...two, text: 'changed' }]]);
    expect(places.on('b', 't')).toBe(elsewhere);
    expect(places.on('b', 's')[0]).toBe(one);
    expect(places.on('b', 's')[1]?.text).toBe('changed');
  });

  it('are counted with those in stacks', () => {
    const places = new Places();
    const stack: Stack = { kind: 'stack', id: 's1', board: 'b', section: 's', rank: 'a1', title: '' };
    const inside = ['x', 'y', 'z'].map((id) => note(id, 'a0', { stack: 's1' }));
    places.change([
      [undefined, note('a', 'a0')],
      [undefined, stack],
      ...inside.map((one): Turn => [undefined, one]),
    ]);
    expect([places.count('b', 's'), places.on('b', 's').length]).toEqual([4, 4]);
    const moved = { ...stack, section: 't' };
    places.change([[stack, moved], ...inside.map((one): Turn => [one, { ...one, section: 't' }])]);
    expect(['s', 't'].map((section) => places.count('b', section))).toEqual([1, 3]);
    expect(places.on('b', 't').map(({ id }) => id)).toEqual(['x', 'y', 'z']);
  });
});
