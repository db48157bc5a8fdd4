/** Files on their way, kept on this device until they are there or stopped, so that a reload loses none ([GIVE6]). */

import { openDB, type DBSchema, type IDBPDatabase } from 'idb';

/** After so long nobody waits for it any more: the server has thrown away what came of it. */
const LONGEST_MS = 2 * 86_400_000;

export interface Sending {
  id: string;
  workshop: string;
  person: string;
  /** What it is brought to; neither: the workshop. */
  to: { note: string | null; issue: string | null };
  title: string;
  body: Blob;
  small: Blob | null;
  anonymous: boolean;
  /** By this device's clock, ms since 1970. */
  at: number;
}

interface Tables extends DBSchema {
  files: { key: string; value: Sending; indexes: { owner: [string, string] } };
}

/** Where the device refuses to keep them, or has no room, they live as long as the page. */
export class Sendings {
  private constructor(private readonly db: IDBPDatabase<Tables> | null) {}

  static async open(): Promise<Sendings> {
    try {
      const upgrade = (db: IDBPDatabase<Tables>): void => {
        db.createObjectStore('files', { keyPath: 'id' }).createIndex('owner', ['workshop', 'person']);
      };
      return new Sendings(await openDB<Tables>('plenary-sending', 1, { upgrade }));
    } catch {
      return new Sendings(null);
    }
  }

  async put(sending: Sending): Promise<void> {
    await this.db?.put('files', sending).catch(() => undefined);
  }

  async remove(id: string): Promise<void> {
    await this.db?.delete('files', id).catch(() => undefined);
  }

  /** What this person left here, the earliest first; what is too old goes. */
  async of(workshop: string, person: string, now: number): Promise<Sending[]> {
    const all = (await this.db?.getAllFromIndex('files', 'owner', [workshop, person]).catch(() => [])) ?? [];
    const old = all.filter(({ at }) => now - at > LONGEST_MS);
    await Promise.all(old.map(({ id }) => this.remove(id)));
    return all.filter((sending) => !old.includes(sending)).sort((a, b) => a.at - b.at);
  }

  /** [GONE8] Of a whole workshop, whoever sent it. */
  async forget(workshop: string): Promise<void> {
    const all = IDBKeyRange.bound([workshop, ''], [workshop, '\uffff']);
    const keys = (await this.db?.getAllKeysFromIndex('files', 'owner', all).catch(() => [])) ?? [];
    await Promise.all(keys.map((id) => this.remove(id)));
  }
}
