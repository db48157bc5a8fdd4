import 'fake-indexeddb/auto';

import { beforeEach, describe, expect, it, vi } from 'vitest';

import { KeptStates } from '../sync/kept.ts';
import { openOutbox, type Row } from '../sync/outbox.ts';
import { Sendings } from '../sync/sending.ts';
import type { Held } from '../sync/session.ts';
import { forgetWorkshop } from './forget.ts';

const HELD: Held = { position: { seq: 1, tag: 't' }, records: [] };
const FILE = {
  person: 'ana',
  to: { note: null, issue: null },
  title: 'a.txt',
  body: new Blob(['a']),
  small: null,
  anonymous: false,
  at: 1,
};
const row = (workshop: string, person: string, n: number): Row => ({
  workshop,
  person,
  client: `${workshop}-${person}`,
  n,
  command: { do: 'hand.raise' },
});

/** As much of a browser's storage as is used. */
class Storage {
  [key: string]: unknown;
  removeItem(key: string): void {
    // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- that is what it is for
    delete this[key];
  }
}

describe('a workshop that was deleted', () => {
  let kept: Storage;
  beforeEach(() => {
    kept = new Storage();
    vi.stubGlobal('localStorage', kept);
  });

  it('[GONE8] leaves nothing of anybody on the device, and of other workshops everything', async () => {
    const [outbox, states, sendings] = await Promise.all([openOutbox(), KeptStates.open(), Sendings.open()]);
    for (const [workshop, person, n] of [
      ['w', 'ana', 1],
      ['w', 'ana', 2],
      ['w', '', 1],
      ['w2', 'ana', 1],
    ] as const)
      await outbox.put(row(workshop, person, n));
    for (const owner of ['w participant ana', 'w projector ', 'w2 participant ana'])
      await states.put(owner, HELD, Date.now());
    for (const [id, workshop] of [
      ['f1', 'w'],
      ['f2', 'w2'],
    ] as const)
      await sendings.put({ ...FILE, id, workshop });
    await forgetWorkshop('w');
    expect(await sendings.of('w', 'ana', 1)).toEqual([]);
    expect(await sendings.of('w2', 'ana', 1)).toHaveLength(1);
    expect(await outbox.of('w', 'ana')).toEqual([]);
    expect(await outbox.of('w', '')).toEqual([]);
    expect(await outbox.of('w2', 'ana')).toHaveLength(1);
    expect(await states.get('w participant ana')).toBeNull();
    expect(await states.get('w projector ')).toBeNull();
    expect(await states.get('w2 participant ana')).toMatchObject(HELD);
  });

  it('[GONE8] takes its passes, drafts and what was put aside along', async () => {
    const gone = [
      'plenary.pass.w.participant',
      'plenary.pass.w.facilitator',
      'plenary.looked.w.b1',
      'plenary.aside.w',
      'plenary.draft.w.issue',
      'plenary.draft.w.b1.pro',
      'plenary.draft.w.edit.n1',
      'plenary.draft.w.comment.n1',
    ];
    const stays = [
      'plenary.name',
      'plenary.pass.w2.participant',
      'plenary.draft.w2.b1.pro',
      'w',
      'plenary.lease.c',
    ];
    for (const key of [...gone, ...stays]) kept[key] = 'x';
    await forgetWorkshop('w');
    expect(Object.keys(kept).sort()).toEqual(stays.sort());
  });
});
