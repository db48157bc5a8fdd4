/** The outbox: commands on their way, kept on this device until they are saved or refused for good ([CLIENT2]). */

import { openDB, type DBSchema, type IDBPDatabase } from 'idb';

import type { Command } from '../protocol/types.ts';

/** One command of one client (tab) of one person. */
export interface Row {
  workshop: string;
  person: string;
  client: string;
  n: number;
  command: Command;
}

export interface Outbox {
  put(row: Row): Promise<void>;
  remove(client: string, n: number): Promise<void>;
  of(workshop: string, person: string): Promise<Row[]>;
  /** [GONE8] Throw away all that waits for a workshop, whoever wrote it. */
  forget(workshop: string): Promise<void>;
}

interface Tables extends DBSchema {
  commands: { key: [string, number]; value: Row; indexes: { owner: [string, string] } };
}

/** Where IndexedDB is refused (a private window), the outbox lives as long as the page. */
export class MemoryOutbox implements Outbox {
  private readonly rows = new Map<string, Row>();

  put(row: Row): Promise<void> {
    this.rows.set(`${row.client} ${String(row.n)}`, row);
    return Promise.resolve();
  }

  remove(client: string, n: number): Promise<void> {
    this.rows.delete(`${client} ${String(n)}`);
    return Promise.resolve();
  }

  of(workshop: string, person: string): Promise<Row[]> {
    const mine = [...this.rows.values()].filter((row) => row.workshop === workshop && row.person === person);
    return Promise.resolve(mine.sort((a, b) => a.n - b.n));
  }

  forget(workshop: string): Promise<void> {
    for (const [key, row] of this.rows) if (row.workshop === workshop) this.rows.delete(key);
    return Promise.resolve();
  }
}

class StoredOutbox implements Outbox {
  constructor(private readonly db: IDBPDatabase<Tables>) {}

  async put(row: Row): Promise<void> {
    const writing = this.db.transaction('commands', 'readwrite', { durability: 'strict' });
    await writing.store.put(row);
    await writing.done;
  }

  async remove(client: string, n: number): Promise<void> {
    await this.db.delete('commands', [client, n]);
  }

  async of(workshop: string, person: string): Promise<Row[]> {
    const rows = await this.db.getAllFromIndex('commands', 'owner', [workshop, person]);
    return rows.sort((a, b) => a.n - b.n);
  }

  async forget(workshop: string): Promise<void> {
    const all = IDBKeyRange.bound([workshop, ''], [workshop, '\uffff']);
    const { store, done } = this.db.transaction('commands', 'readwrite');
    for (const key of await store.index('owner').getAllKeys(all)) await store.delete(key);
    await done;
  }
}

/** The device's outbox; in memory where the device refuses to keep anything. */
export async function openOutbox(): Promise<Outbox> {
  try {
    const db = await openDB<Tables>('plenary', 1, {
      upgrade(fresh) {
        const table = fresh.createObjectStore('commands', { keyPath: ['client', 'n'] });
        table.createIndex('owner', ['workshop', 'person']);
      },
    });
    return new StoredOutbox(db);
  } catch {
    return new MemoryOutbox();
  }
}
