/** How much this device holds unsaved, to be told to the others: not what is on its way, but what waits ([MON2]). */

/** What waits longer than this, on a line that lives, is told. */
const WAITS_MS = 4_000;

export class Holding {
  /** As it was told last. */
  told = 0;
  private since: number | null = null;

  /** Whether there is something new to tell, when so many wait. `back`: they waited for the line. */
  look(waiting: number, now: number, back = false): boolean {
    this.since = waiting === 0 ? null : (this.since ?? now);
    const waits = this.since !== null && (back || this.told > 0 || now - this.since >= WAITS_MS);
    const before = this.told;
    this.told = waits ? waiting : 0;
    return this.told !== before;
  }
}
