import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Command } from '../protocol/types.ts';
import { pause } from './backoff.ts';
import { adopt, claim, isTaken } from './client.ts';
import { ServerClock } from './clock.ts';
import type { Row } from './outbox.ts';

const rename = (name: string): Command => ({ do: 'person.rename', name, place: 'room' });

describe('a tab by itself', () => {
  it('[CLIENT5] waits at random, longer each time, up to half a minute', () => {
    expect(pause(0, 1)).toBe(1_000);
    expect(pause(3, 0.5)).toBe(4_000);
    expect(pause(20, 1)).toBe(30_000);
    expect(pause(20, 1, 250)).toBe(250);
    fc.assert(
      fc.property(fc.nat(50), fc.double({ min: 0, max: 1, noNaN: true }), (n, r) => pause(n, r) <= 30_000),
    );
  });

  it('[CLIENT6] a tab takes over what a closed tab left, never what a living one has', async () => {
    const row = (client: string, n: number): Row => ({
      workshop: 'w',
      person: 'me',
      client,
      n,
      command: rename('x'),
    });
    const rows = [row('dead', 1), row('living', 1), row('dead', 2), row('gone', 5)];
    const found = await adopt(rows, ['written', 'living'], (client) => Promise.resolve(client !== 'living'));
    expect(found.client).toBe('dead');
    expect(found.rows.map((r) => r.n)).toEqual([1, 2]);
    expect(found.orphans.map((left) => left[0]?.client)).toEqual(['gone']);
    expect(found.closed).toEqual(['written', 'dead', 'gone']);
    const fresh = await adopt([row('living', 1)], [], (client) => Promise.resolve(client !== 'living'));
    expect(fresh.client).not.toBe('living');
    const other = await adopt([], [], () => Promise.resolve(true));
    expect(other.client).not.toBe(fresh.client);
  });

  it('[CLIENT6] without locks a tab that hardly runs still says it lives; one that froze learns that it was replaced', async () => {
    const key = 'plenary.lease.c';
    expect(await claim('c')).toBe(true);
    expect(await claim('c')).toBe(false);
    const stale = { ...(JSON.parse(localStorage.getItem(key) ?? '') as { page: string }), at: 1 };
    localStorage.setItem(key, JSON.stringify(stale));
    expect(await claim('c')).toBe(false);
    expect(isTaken('c')).toBe(false);
    localStorage.setItem(key, JSON.stringify({ page: 'another', at: Date.now() }));
    expect(isTaken('c')).toBe(true);
    localStorage.setItem(
      'plenary.lease.d',
      JSON.stringify({ page: 'dead', at: Date.now() + 31_536_000_000 }),
    );
    expect(await claim('d')).toBe(true);
  });

  it('[CLIENT7] the clock trusts the beat with the shortest round trip', () => {
    let local = 1_000_000;
    const clock = new ServerClock(() => local);
    clock.guess(5_000);
    expect(clock.now()).toBe(5_000);
    local += 100;
    clock.heard(local - 100, 9_000);
    expect(clock.now()).toBe(9_050);
    local += 1_000;
    clock.heard(local - 900, 99_000);
    expect(clock.now()).toBe(10_050);
  });
});
