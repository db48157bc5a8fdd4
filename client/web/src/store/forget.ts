/** [GONE8] A workshop that was deleted: nothing of it stays on this device. */

import { KeptStates } from '../sync/kept.ts';
import { openOutbox } from '../sync/outbox.ts';
import { Sendings } from '../sync/sending.ts';

/** Its passes, drafts, what was seen and put aside, what waited to be sent, files too, and how it looked last. */
export async function forgetWorkshop(workshop: string): Promise<void> {
  forgetKeys(workshop);
  const [outbox, states, sendings] = await Promise.all([openOutbox(), KeptStates.open(), Sendings.open()]);
  await Promise.all([
    outbox.forget(workshop).catch(() => undefined),
    states.forget(workshop),
    sendings.forget(workshop),
  ]);
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
