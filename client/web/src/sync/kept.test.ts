import 'fake-indexeddb/auto';

import { describe, expect, it } from 'vitest';

import { KeptStates, outdated, type Kept } from './kept.ts';
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

  it('[CLIENT11] holds the newest eight, of the last thirty days', () => {
    const kept = (owner: string, at: number): Kept => ({ owner, at, version: 1, ...held() });
    const states = Array.from({ length: 10 }, (_, n) => kept(`w${n}`, n * DAY_MS));
    expect(outdated(states, 9 * DAY_MS).map((one) => one.owner)).toEqual(['w1', 'w0']);
    expect(outdated(states.slice(0, 3), 31.5 * DAY_MS).map((one) => one.owner)).toEqual(['w1', 'w0']);
  });
});
