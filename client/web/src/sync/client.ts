/** Client ids: one a tab. A tab's id is locked while it lives, so that another never sends in its name ([CLIENT6]). */

import type { Row } from './outbox.ts';

const LEASE_MS = 6_000;
const RENEW_MS = 2_000;

/** Random ids also where the page is not a secure context (plain http in the room's network). */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(15));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_');
}

/** Take an id for as long as this page lives; false where another tab has it. */
export async function claim(client: string): Promise<boolean> {
  const locks = (navigator as { locks?: LockManager }).locks;
  return locks ? lock(locks, client) : lease(client);
}

/** The id this tab works under, with what an earlier tab left under it; and what further tabs left. */
export async function adopt(
  rows: readonly Row[],
  claims: (client: string) => Promise<boolean> = claim,
): Promise<{ client: string; rows: Row[]; orphans: Row[][] }> {
  const left: Row[][] = [];
  for (const client of new Set(rows.map((row) => row.client))) {
    if (await claims(client)) left.push(rows.filter((row) => row.client === client));
  }
  const [mine, ...orphans] = left;
  if (mine?.[0]) return { client: mine[0].client, rows: mine, orphans };
  const client = newId();
  await claims(client);
  return { client, rows: [], orphans: [] };
}

function lock(locks: LockManager, client: string): Promise<boolean> {
  return new Promise((resolve) => {
    void locks.request(`plenary:${client}`, { ifAvailable: true }, (held) => {
      resolve(held !== null);
      return held ? new Promise(() => undefined) : undefined;
    });
  });
}

function lease(client: string): boolean {
  const key = `plenary.lease.${client}`;
  try {
    if (Date.now() - Number(localStorage.getItem(key) ?? 0) < LEASE_MS) return false;
    const renew = (): void => {
      localStorage.setItem(key, String(Date.now()));
    };
    renew();
    setInterval(renew, RENEW_MS);
    window.addEventListener('pagehide', () => {
      localStorage.removeItem(key);
    });
  } catch {
    return true;
  }
  return true;
}
