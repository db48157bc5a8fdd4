import 'fake-indexeddb/auto';

import { describe, expect, it } from 'vitest';

import { Sendings, type Sending } from './sending.ts';

const DAY_MS = 86_400_000;
const file = (id: string, at: number, person = 'ana'): Sending => ({
  id,
  workshop: 'w',
  person,
  to: { note: null, issue: null },
  title: `${id}.txt`,
  body: new Blob(['a']),
  small: null,
  anonymous: false,
  at,
});

describe('files on their way', () => {
  it('[GIVE6] are kept for whoever sends them, in order, until they are there or too old', async () => {
    const sendings = await Sendings.open();
    for (const one of [file('c', 3), file('b', 2), file('other', 1, 'ben'), file('a', 1)])
      await sendings.put(one);
    const ids = async (now: number): Promise<string[]> =>
      (await sendings.of('w', 'ana', now)).map(({ id }) => id);
    expect(await ids(5)).toEqual(['a', 'b', 'c']);
    await sendings.remove('b');
    expect(await ids(5)).toEqual(['a', 'c']);
    expect(await ids(2 * DAY_MS + 2)).toEqual(['c']);
    expect(await ids(5)).toEqual(['c']);
  });
});
