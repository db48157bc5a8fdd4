import 'fake-indexeddb/auto';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { KeptStates } from './kept.ts';
import { Pages } from './pages.ts';
import type { Held } from './session.ts';

const DAY_MS = 86_400_000;
const held = (count = 1): Held => ({
  position: { seq: count, tag: 't' },
  records: Array.from({ length: count }, (_, n) => ({
    kind: 'lens',
    id: `l${n}`,
    rank: 'a',
    title: 'L',
    hint: '',
  })),
});

describe('the state that a device keeps', () => {
  it('[CLIENT11] comes back as it was, for its own workshop and person, and goes when told', async () => {
    const states = await KeptStates.open();
    await states.put('w participant ana', held(2), 5);
    expect(await states.get('w participant ana')).toMatchObject({ ...held(2), at: 5 });
    expect(await states.get('w participant ben')).toBeNull();
    await states.put('w participant ana', held(25_001), 6);
    expect(await states.get('w participant ana')).toBeNull();
    await states.put('w participant ana', held(), 7);
    await states.remove('w participant ana');
    expect(await states.get('w participant ana')).toBeNull();
  });

  it('[CLIENT11] holds the newest eight, of the last thirty days', async () => {
    const states = await KeptStates.open();
    const owners = Array.from({ length: 10 }, (_, n) => `w${n}`);
    const there = async (): Promise<string[]> => {
      const found = await Promise.all(owners.map((owner) => states.get(owner)));
      return owners.filter((_, n) => found[n]);
    };
    for (const [n, owner] of owners.entries()) await states.put(owner, held(), n * DAY_MS);
    expect(await there()).toEqual(owners.slice(2));
    await states.put('w9', held(), 34.5 * DAY_MS);
    expect(await there()).toEqual(owners.slice(5));
  });

  it('[CLIENT16] is written page by page, and never over a later one', async () => {
    const states = await KeptStates.open();
    const rests: (() => void)[] = [];
    const rest = (): Promise<void> => new Promise((done) => rests.push(done));
    const early = states.put('w slow', held(250), 1, rest);
    expect(rests).toHaveLength(1);
    await states.put('w slow', held(120), 2);
    rests[0]?.();
    await early;
    expect(rests).toHaveLength(1);
    expect(await states.get('w slow')).toMatchObject(held(120));
  });
});

describe('the pages of what is kept', () => {
  it('[CLIENT16] are written anew where something changed alone', () => {
    const pages = new Pages();
    const stops = (records: Held['records']): number => [...pages.write(records)].length;
    const { records } = held(250);
    const other = [{ ...records[0], title: 'Other' } as (typeof records)[0], ...records.slice(1)];
    expect(stops(records)).toBe(3);
    expect(stops([...records])).toBe(0);
    expect(stops(other)).toBe(1);
    expect(stops(records.slice(0, 100))).toBe(1);
  });

  it('[CLIENT16] are the right ones, whichever of two tabs wrote last', async () => {
    const act = fc.record({
      tab: fc.nat(1),
      at: fc.nat(249),
      size: fc.integer({ min: 1, max: 250 }),
      closes: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 2, maxLength: 6 }), async (acts) => {
        const tabs = [await KeptStates.open(), await KeptStates.open()] as const;
        let { records } = held(250);
        for (const [n, { tab, at, size, closes }] of acts.entries()) {
          records = records.map(
            (one, place) => (place === at ? { ...one, title: `Of ${n}` } : one) as typeof one,
          );
          const state = { position: { seq: n, tag: 't' }, records: records.slice(0, size) };
          await tabs[tab as 0 | 1].put('w both', state, n, closes ? undefined : () => Promise.resolve());
          const looks = await KeptStates.open();
          expect((await looks.get('w both'))?.records).toEqual(state.records);
        }
      }),
      { numRuns: 30 },
    );
  });
});
