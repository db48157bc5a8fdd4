/** The server's clock, as well as this device can know it: the offset of a late beat with a short round trip. */

const TRUSTED_MS = 120_000;

interface Sample {
  at: number;
  trip: number;
  offset: number;
}

export class ServerClock {
  private samples: Sample[] = [];
  private offset = 0;

  constructor(private readonly local: () => number) {}

  /** [CLIENT7] A beat sent at `sent` came back now; the server's clock said `now` in between. */
  heard(sent: number, now: number): void {
    const at = this.local();
    const trip = at - sent;
    if (trip < 0) return;
    this.samples = this.samples.filter((sample) => at - sample.at < TRUSTED_MS);
    this.samples.push({ at, trip, offset: now + trip / 2 - at });
    this.offset = this.samples.reduce((best, sample) => (sample.trip <= best.trip ? sample : best)).offset;
  }

  /** A new line begins, and the local clock may have stood still or jumped: a first guess, all before is forgotten. */
  guess(now: number): void {
    this.samples = [];
    this.offset = now - this.local();
  }

  now(): number {
    return Math.round(this.local() + this.offset);
  }
}
