/** [GONE8] A workshop that was deleted: nothing of it stays on this device. */

import { KeptStates } from '../sync/kept.ts';
import { openOutbox } from '../sync/outbox.ts';

/** Its passes, what was seen and put aside, what waited to be sent; and drafts that were for `ids` (boards, notes). */
export async function forgetWorkshop(workshop: string, ids: Iterable<string> = []): Promise<void> {
  forgetKeys(new Set([workshop.toLowerCase(), workshop, ...ids]));
  const [outbox, states] = await Promise.all([openOutbox(), KeptStates.open()]);
  await Promise.all([outbox.forget(workshop).catch(() => undefined), states.forget(workshop)]);
}

/** Keys are `plenary.KIND.ID…`: those in which one of the ids is named go. */
function forgetKeys(ids: ReadonlySet<string>): void {
  try {
    for (const key of Object.keys(localStorage)) {
      const [ours, , ...names] = key.split('.');
      if (ours === 'plenary' && names.some((name) => ids.has(name))) localStorage.removeItem(key);
    }
  } catch {
    // Nothing was kept, so there is nothing to forget.
  }
}
