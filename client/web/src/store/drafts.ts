/** [WRITE8] Where words that were typed and not sent are kept on this device: a place of its own for each tab. */

import type { Pass } from './api.ts';

/** Where the device keeps nothing, as long as the page lives. */
const memory = new Map<string, string>();

/** What this tab was called before it was loaded anew, in what is the tab's own. */
const BEFORE = 'plenary.tab';

/** Keys of a workshop are `plenary.KIND.WORKSHOP…`, so that they go with it ([GONE8]). */
const whose = (pass: Pass): string => `plenary.draft.${pass.workshop}.${pass.person ?? ''}.`;

/** The key of what `client`, a tab, has in the place of this name. */
export const draftKey = (pass: Pass, client: string, name: string): string =>
  `${whose(pass)}${client}.${name}`;

export function readDraft(key: string): string {
  try {
    return localStorage.getItem(key) ?? memory.get(key) ?? '';
  } catch {
    return memory.get(key) ?? '';
  }
}

export function keepDraft(key: string, text: string): void {
  memory.set(key, text);
  try {
    if (text) localStorage.setItem(key, text);
    else localStorage.removeItem(key);
  } catch {
    // The device keeps nothing; the page does.
  }
}

/** The tabs of this person that left something, this one first. */
export function writers(pass: Pass): string[] {
  const all = keys(pass).map((key) => key.slice(whose(pass).length).split('.', 1)[0] ?? '');
  if (all.length === 0) return [];
  const before = sessionStorage.getItem(BEFORE);
  return [...new Set(all)].sort((a, b) => Number(b === before) - Number(a === before));
}

/** What closed tabs left is `client`'s now, the first's before the next's; where two left something in one place, the other waits. */
export function inherit(pass: Pass, client: string, closed: readonly string[]): void {
  for (const left of closed.filter((each) => each !== client)) {
    const from = draftKey(pass, left, '');
    for (const key of keys(pass).filter((each) => each.startsWith(from))) {
      const mine = draftKey(pass, client, key.slice(from.length));
      if (readDraft(mine) !== '') continue;
      keepDraft(mine, readDraft(key));
      keepDraft(key, '');
    }
  }
  try {
    sessionStorage.setItem(BEFORE, client);
  } catch {
    // Then it is one of all that are closed.
  }
}

function keys(pass: Pass): string[] {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(whose(pass)));
  } catch {
    return [];
  }
}
