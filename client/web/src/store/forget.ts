/** [GONE8] A workshop that was deleted: nothing of it stays on this device. */

import { KeptStates } from '../sync/kept.ts';
import { openOutbox } from '../sync/outbox.ts';

/** Its passes, drafts, what was seen and put aside, what waited to be sent, and how it looked last. */
export async function forgetWorkshop(workshop: string): Promise<void> {
  forgetKeys(workshop);
  const [outbox, states] = await Promise.all([openOutbox(), KeptStates.open()]);
  await Promise.all([outbox.forget(workshop).catch(() => undefined), states.forget(workshop)]);
}

/** Keys of a workshop are `plenary.KIND.WORKSHOP…`. */
function forgetKeys(workshop: string): void {
  try {
    for (const key of Object.keys(localStorage)) {
      const [ours, , whose] = key.split('.');
      if (ours === 'plenary' && whose === workshop) localStorage.removeItem(key);
    }
  } catch {
    // Nothing was kept, so there is nothing to forget.
  }
}
