/** The server's clock, as well as this device can know it: the offset of the beat with the shortest round trip. */

export class ServerClock {
  private best = Infinity;
  private offset = 0;

  constructor(private readonly local: () => number) {}

  /** [CLIENT7] A beat sent at `sent` came back now; the server's clock said `now` in between. */
  heard(sent: number, now: number): void {
    const back = this.local();
    const trip = back - sent;
    if (trip < 0 || trip > this.best) return;
    this.best = trip;
    this.offset = now + trip / 2 - back;
  }

  /** A first guess, from a message that carried the time. */
  guess(now: number): void {
    if (this.best === Infinity) this.offset = now - this.local();
  }

  now(): number {
    return Math.round(this.local() + this.offset);
  }
}
