/** The last confirmed state, kept on this device for when there is no network ([CLIENT11]). */

import { openDB, type DBSchema, type IDBPDatabase } from 'idb';

import { VERSION } from '../protocol/limits.ts';
import type { Held } from './session.ts';

const WORKSHOPS = 8;
const RECORDS = 25_000;
const LONGEST_MS = 30 * 86_400_000;

/** Of one workshop, as one person (or the projector, in their place the role) sees it. */
export interface Kept extends Held {
  owner: string;
  /** Of the protocol: records of another may lack what the app looks for. */
  version: number;
  /** By the server's clock, ms since 1970. */
  at: number;
}

interface Tables extends DBSchema {
  states: { key: string; value: Kept };
}

export class KeptStates {
  private constructor(private readonly db: IDBPDatabase<Tables> | null) {}

  /** Where the device refuses to keep anything, nothing is kept. */
  static async open(): Promise<KeptStates> {
    try {
      const upgrade = (db: IDBPDatabase<Tables>): void => {
        db.createObjectStore('states', { keyPath: 'owner' });
      };
      return new KeptStates(await openDB<Tables>('plenary-kept', 1, { upgrade }));
    } catch {
      return new KeptStates(null);
    }
  }

  async get(owner: string): Promise<Kept | null> {
    try {
      const kept = await this.db?.get('states', owner);
      return kept?.version === VERSION ? kept : null;
    } catch {
      return null;
    }
  }

  /** Keep this one; of others the newest few. One that is too large is not kept, nor is an older one of it. */
  async put(owner: string, held: Held, at: number): Promise<void> {
    try {
      if (held.records.length > RECORDS) await this.db?.delete('states', owner);
      else await this.write({ owner, version: VERSION, at, ...held });
      for (const old of outdated((await this.db?.getAll('states')) ?? [], at)) {
        await this.db?.delete('states', old.owner);
      }
    } catch {
      // The device is full: it goes on without.
    }
  }

  /** A page that closes does not live to hear that it is written: it is told to be final at once. */
  private async write(kept: Kept): Promise<void> {
    const writing = this.db?.transaction('states', 'readwrite');
    if (!writing) return;
    const put = writing.store.put(kept);
    writing.commit();
    await Promise.all([put, writing.done]);
  }

  async remove(owner: string): Promise<void> {
    await this.db?.delete('states', owner).catch(() => undefined);
  }

  /** [GONE8] Of a whole workshop, whoever looked. */
  async forget(workshop: string): Promise<void> {
    const all = IDBKeyRange.bound(`${workshop} `, `${workshop} \uffff`);
    await this.db?.delete('states', all).catch(() => undefined);
  }
}

/** Those that are too old, and those beyond the newest few. */
export function outdated(states: readonly Kept[], now: number): Kept[] {
  const newest = [...states].sort((a, b) => b.at - a.at);
  return newest.filter((kept, place) => place >= WORKSHOPS || now - kept.at > LONGEST_MS);
}
