/** Client ids: one a tab. A tab's id is locked while it lives, so that another never sends in its name ([CLIENT6]). */

import type { Row } from './outbox.ts';

const LEASE_MS = 6_000;
const RENEW_MS = 2_000;
/** How long a tab in the background, whose timers hardly run, has to say that it lives. */
const ANSWER_MS = 250;
/** This page, among all that may hold a lease. */
const PAGE = newId();

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
export interface Adopted {
  client: string;
  rows: Row[];
  orphans: Row[][];
  /** Of all that left anything, those that are not open any more. */
  closed: string[];
}

/** `writers`: tabs that left words, whether or not they left commands. */
export async function adopt(
  rows: readonly Row[],
  writers: readonly string[] = [],
  claims: (client: string) => Promise<boolean> = claim,
): Promise<Adopted> {
  const closed: string[] = [];
  for (const client of new Set([...writers, ...rows.map((row) => row.client)])) {
    if (await claims(client)) closed.push(client);
  }
  const left = closed.map((client) => rows.filter((row) => row.client === client));
  const [mine, ...orphans] = left.filter((each) => each.length > 0);
  if (mine?.[0]) return { client: mine[0].client, rows: mine, orphans, closed };
  const client = newId();
  await claims(client);
  return { client, rows: [], orphans: [], closed };
}

function lock(locks: LockManager, client: string): Promise<boolean> {
  return new Promise((resolve) => {
    void locks.request(`plenary:${client}`, { ifAvailable: true }, (held) => {
      resolve(held !== null);
      return held ? new Promise(() => undefined) : undefined;
    });
  });
}

/** Where there are no locks (plain http): a lease in storage, and a tab that holds one says so when it is asked. */
async function lease(client: string): Promise<boolean> {
  const key = leaseOf(client);
  try {
    const { at } = read(key);
    const age = Date.now() - at;
    if (age >= 0 && age < LEASE_MS) return false; // one from the future: the clock was set back
    if (at > 0 && (await answers(client))) return false;
    const renew = (): void => {
      if (!isTaken(client)) localStorage.setItem(key, JSON.stringify({ page: PAGE, at: Date.now() }));
    };
    localStorage.setItem(key, JSON.stringify({ page: PAGE, at: Date.now() }));
    setInterval(renew, RENEW_MS);
    answer(client);
    window.addEventListener('pagehide', () => {
      if (!isTaken(client)) localStorage.removeItem(key);
    });
    window.addEventListener('pageshow', renew);
  } catch {
    return true;
  }
  return true;
}

/** Whether another tab took this id over while this one was frozen, and could not say that it lives. */
export function isTaken(client: string): boolean {
  try {
    const { page } = read(leaseOf(client));
    return page !== '' && page !== PAGE;
  } catch {
    return false;
  }
}

const leaseOf = (client: string): string => `plenary.lease.${client}`;

function read(key: string): { page: string; at: number } {
  return JSON.parse(localStorage.getItem(key) ?? '{"page":"","at":0}') as { page: string; at: number };
}

function answers(client: string): Promise<boolean> {
  const channel = new BroadcastChannel(leaseOf(client));
  return new Promise((resolve) => {
    const end = (lives: boolean): void => {
      channel.close();
      resolve(lives);
    };
    channel.onmessage = ({ data }) => {
      if (data === 'here') end(true);
    };
    channel.postMessage('anybody?');
    setTimeout(() => {
      end(false);
    }, ANSWER_MS);
  });
}

function answer(client: string): void {
  const channel = new BroadcastChannel(leaseOf(client));
  channel.onmessage = ({ data }) => {
    if (data === 'anybody?' && !isTaken(client)) channel.postMessage('here');
  };
}
