/** The last confirmed state, kept on this device for when there is no network ([CLIENT11]). */

import { openDB, type DBSchema, type IDBPDatabase } from 'idb';

import { VERSION } from '../protocol/limits.ts';
import { newId } from './client.ts';
import { Pages, type Page } from './pages.ts';
import type { Held } from './session.ts';
import type { Stood } from './still.ts';

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

/** As it lies on the device; its records are pages beside it. */
interface Stored extends Omit<Kept, 'records' | 'stood'> {
  stood: string;
  /** Of each writing another one: who knows it knows what is on the pages. Another tab of the same person may have written. */
  mark: string;
}

interface Tables extends DBSchema {
  states: { key: string; value: Stored; indexes: { at: number } };
  pages: { key: [string, number]; value: string };
}

/** Between two pages: what a hand does goes first. */
export type Rest = () => Promise<void>;

export class KeptStates {
  private readonly pages = new Pages();
  private turn = 0;
  /** Of what was read or written last. */
  private mark = '';

  private constructor(private readonly db: IDBPDatabase<Tables> | null) {}

  /** Where the device refuses to keep anything, nothing is kept. */
  static async open(): Promise<KeptStates> {
    try {
      const upgrade = (db: IDBPDatabase<Tables>, old: number): void => {
        if (old > 0) db.deleteObjectStore('states');
        db.createObjectStore('states', { keyPath: 'owner' }).createIndex('at', 'at');
        db.createObjectStore('pages');
      };
      return new KeptStates(await openDB<Tables>('plenary-kept', 2, { upgrade }));
    } catch {
      return new KeptStates(null);
    }
  }

  async get(owner: string): Promise<Kept | null> {
    try {
      const reading = this.db?.transaction(['states', 'pages']);
      const [kept, pages] = await Promise.all([
        reading?.objectStore('states').get(owner),
        reading?.objectStore('pages').getAll(pagesOf(owner)),
      ]);
      if (kept?.version !== VERSION || !pages) return null;
      const { stood, mark, ...rest } = kept;
      this.mark = mark;
      return { ...rest, records: this.pages.read(pages), stood: JSON.parse(stood) as Stood | null };
    } catch {
      return null;
    }
  }

  /**
   * Keep this one; of others the newest few. One that is too large is not kept, nor is an older one of it. Without a rest it
   * is written at once, for a page that is left.
   */
  async put(owner: string, held: Held, at: number, rest?: Rest): Promise<void> {
    const turn = ++this.turn;
    try {
      const { position, records, stood = null } = held;
      if (records.length > RECORDS) {
        await this.remove(owner);
        return;
      }
      const writing = this.pages.write(records);
      let step = writing.next();
      for (; !step.done; step = writing.next()) {
        if (rest) await rest();
        if (turn !== this.turn) return;
      }
      const kept = { owner, version: VERSION, at, position, stood: JSON.stringify(stood), mark: newId() };
      await this.write(kept, step.value, rest === undefined);
      await this.tidy(at);
    } catch {
      // The device is full: it goes on without.
    }
  }

  /** A page that closes does not live to hear anything: it asks nothing, and what it writes is told to be final at once. */
  private async write(kept: Stored, pages: readonly Page[], closes: boolean): Promise<void> {
    const writing = this.db?.transaction(['states', 'pages'], 'readwrite');
    if (!writing) return;
    const [states, texts] = [writing.objectStore('states'), writing.objectStore('pages')];
    const before = closes ? undefined : await states.get(kept.owner);
    const known = before !== undefined && before.mark === this.mark;
    const due = [...pages.entries()].filter(([, page]) => !known || !page.kept);
    const asked: Promise<unknown>[] = due.map(([n, { text }]) => texts.put(text, [kept.owner, n]));
    asked.push(texts.delete(pagesOf(kept.owner, pages.length)), states.put(kept));
    writing.commit();
    await Promise.all([...asked, writing.done]);
    for (const [, page] of due) page.kept = true;
    this.mark = kept.mark;
  }

  /** Those that are too old go, and those beyond the newest few. */
  private async tidy(now: number): Promise<void> {
    if (!this.db) return;
    const all = await this.db.getAllKeysFromIndex('states', 'at');
    const old = IDBKeyRange.upperBound(now - LONGEST_MS, true);
    const gone = [...all.slice(0, -WORKSHOPS), ...(await this.db.getAllKeysFromIndex('states', 'at', old))];
    for (const owner of gone) await this.remove(owner);
  }

  async remove(owner: string): Promise<void> {
    await this.clear(IDBKeyRange.only(owner), pagesOf(owner)).catch(() => undefined);
  }

  /** [GONE8] Of a whole workshop, whoever looked. */
  async forget(workshop: string): Promise<void> {
    const [first, last] = [`${workshop} `, `${workshop} \uffff`];
    const pages = IDBKeyRange.bound([first], [last]);
    await this.clear(IDBKeyRange.bound(first, last), pages).catch(() => undefined);
  }

  private async clear(states: IDBKeyRange, pages: IDBKeyRange): Promise<void> {
    const writing = this.db?.transaction(['states', 'pages'], 'readwrite');
    await Promise.all([
      writing?.objectStore('states').delete(states),
      writing?.objectStore('pages').delete(pages),
      writing?.done,
    ]);
  }
}

/** From this one on. */
const pagesOf = (owner: string, first = 0): IDBKeyRange =>
  IDBKeyRange.bound([owner, first], [owner, Infinity]);
