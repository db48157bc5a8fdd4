/** Who waits at a door, kept by this tab: a page that is loaded anew waits on as the same guest ([DOOR3]). */

import type { Pass } from './api.ts';

const keyOf = (code: string): string => `plenary.waiting.${code.toLowerCase()}`;

/** Who waits in this tab; null: nobody. */
export function waitingAt(code: string): Pass | null {
  try {
    return JSON.parse(sessionStorage.getItem(keyOf(code)) ?? 'null') as Pass | null;
  } catch {
    return null;
  }
}

/** Keep who waits; null: nobody does any more. */
export function keepWaiting(code: string, pass: Pass | null): void {
  try {
    if (pass) sessionStorage.setItem(keyOf(code), JSON.stringify(pass));
    else sessionStorage.removeItem(keyOf(code));
  } catch {
    // The tab keeps nothing: loaded anew, it asks again.
  }
}
