/** [TMPL6] The facilitator's own agendas, kept on this device. */

import { openDB, type DBSchema, type IDBPDatabase } from 'idb';

import type { Agenda } from '../protocol/types.ts';
import { newId } from '../sync/client.ts';

/** `at`: when it was kept, ms by the device's clock. */
export interface Own {
  id: string;
  name: string;
  at: number;
  agenda: Agenda;
}

interface Tables extends DBSchema {
  agendas: { key: string; value: Own };
}

function open(): Promise<IDBPDatabase<Tables>> {
  const upgrade = (db: IDBPDatabase<Tables>): void => {
    db.createObjectStore('agendas', { keyPath: 'id' });
  };
  return openDB<Tables>('plenary-agendas', 1, { upgrade });
}

/** All of them, by name; none where the device keeps nothing. */
export async function ownAgendas(): Promise<Own[]> {
  try {
    const all = await (await open()).getAll('agendas');
    return all.sort((a, b) => a.name.localeCompare(b.name) || a.at - b.at);
  } catch {
    return [];
  }
}

/** Keep one, as a new one. Fails where the device refuses to keep anything. */
export async function keepAgenda(name: string, agenda: Agenda): Promise<void> {
  const own = { id: newId(), name, at: Date.now(), agenda };
  await (await open()).put('agendas', own);
}

export async function renameAgenda(own: Own, name: string): Promise<void> {
  await (await open()).put('agendas', { ...own, name });
}

export async function dropAgenda(own: Own): Promise<void> {
  await (await open()).delete('agendas', own.id);
}
