/** [KEEP3] How long this workshop is kept; asked anew when its facilitator chose otherwise. */

import type { Keeping } from '../protocol/types';
import { getKeeping } from '../store/api';
import type { Live } from '../store/live.svelte';
import { dayOf, t } from '../words';

export class Kept {
  now = $state.raw<Keeping | null>(null);
  private known: number | null | undefined = undefined;

  constructor(private readonly live: Live) {
    $effect(() => {
      const chosen = live.workshop?.retain ?? null;
      // While the choice is on its way, the server does not know it yet.
      if (live.status.waiting > 0 || chosen === this.known) return;
      this.known = chosen;
      this.ask();
    });
  }

  /** Each change puts it off. */
  ask(): void {
    getKeeping(this.live.pass).then(
      (told) => (this.now = told),
      () => undefined, // without a network nothing is said about it
    );
  }

  /** In a few words; nothing where it is not known. */
  get words(): string | undefined {
    if (!this.now) return undefined;
    return this.now.until === null ? t('keep.kept') : t('keep.until', { date: dayOf(this.now.until) });
  }

  get sentence(): string | undefined {
    if (!this.now) return undefined;
    return this.now.until === null ? t('keep.never') : t('keep.when', { date: dayOf(this.now.until) });
  }
}
