import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Step, Workshop } from '../protocol/types.ts';
import { ServerClock } from '../sync/clock.ts';
import { stepClock } from './stepclock.ts';

const YEAR = 365 * 86_400_000;
const step = { minutes: 10 } as Step;
const workshop = (set: Partial<Workshop>): Workshop =>
  ({ step_started: 1_000_000, extended: 0, paused: null, timed: true, ...set }) as Workshop;
const left = (set: Partial<Workshop>, now: number): number | undefined =>
  stepClock(workshop(set), step, now)?.left;

/** A device whose clock is wrong, and runs too fast or too slow by so many millionths. */
class Device {
  readonly clock: ServerClock;
  constructor(
    private readonly wrong: number,
    private readonly drift: number,
  ) {
    this.clock = new ServerClock(() => this.local);
  }
  private real = 0;
  private get local(): number {
    return this.real * (1 + this.drift / 1e6) + this.wrong;
  }
  at(real: number): this {
    this.real = real;
    return this;
  }
  /** A beat goes up and comes back, each way at its own pace. */
  beat(real: number, up: number, down: number): void {
    const sent = this.at(real).local;
    this.at(real + up + down).clock.heard(sent, real + up);
  }
}

describe('the clock of a step', () => {
  it('[TIME5] ten devices, wrong by up to a year and drifting, show the same time left within 250 ms', () => {
    const device = fc.record({
      wrong: fc.integer({ min: -YEAR, max: YEAR }),
      drift: fc.integer({ min: -100, max: 100 }),
      trips: fc.array(fc.tuple(fc.integer({ min: 1, max: 240 }), fc.integer({ min: 1, max: 240 })), {
        minLength: 12,
        maxLength: 12,
      }),
    });
    fc.assert(
      fc.property(fc.array(device, { minLength: 10, maxLength: 10 }), (devices) => {
        const began = YEAR * 2;
        const ten = devices.map(({ wrong, drift, trips }) => {
          const one = new Device(wrong, drift);
          one.at(began).clock.guess(began);
          // Over eight hours a beat each four seconds; all but the last twelve are as good as they get at first.
          one.beat(began, 1, 1);
          trips.forEach(([up, down], n) => {
            one.beat(began + 8 * 3_600_000 + n * 4_000, up, down);
          });
          return one.at(began + 8 * 3_600_000 + 60_000);
        });
        const shown = ten.map((one) => left({ step_started: began + 8 * 3_600_000 }, one.clock.now()) ?? 0);
        expect(Math.max(...shown) - Math.min(...shown)).toBeLessThanOrEqual(250);
      }),
    );
  });

  it('[CLIENT7] an old beat is not trusted for ever, however short its way was', () => {
    const one = new Device(-YEAR, 100);
    one.at(0).clock.guess(0);
    one.beat(1_000, 0, 0);
    one.beat(10 * 3_600_000, 20, 20);
    expect(Math.abs(one.clock.now() - (10 * 3_600_000 + 40))).toBeLessThanOrEqual(1);
  });

  it('[TIME1] one that stands has the same time left at any moment', () => {
    for (const now of [1_060_000, 2_000_000, 99_000_000])
      expect(left({ paused: 1_060_000 }, now)).toBe(9 * 60_000);
    expect(stepClock(workshop({ paused: 1_060_000 }), step, 2_000_000)?.ends).toBe(2_000_000 + 9 * 60_000);
  });

  it('[RUN2] it waits for the time that was set', () => {
    expect(stepClock(workshop({ starts: 1_000_000 }), step, 940_000)).toEqual({
      left: 10 * 60_000,
      ends: 1_000_000 + 10 * 60_000,
      waits: 60_000,
      stands: false,
      fresh: false,
    });
    expect(stepClock(workshop({ starts: 1_000_000 }), step, 1_000_000)?.waits).toBe(0);
    expect(stepClock(workshop({ starts: 900_000 }), step, 999_500)?.waits).toBe(0);
  });

  it('[TIME4] that of a new workshop has not run yet', () => {
    expect(stepClock(workshop({ paused: 1_000_000 }), step, 9_000_000)?.fresh).toBe(true);
    expect(stepClock(workshop({ paused: 1_000_001 }), step, 9_000_000)?.fresh).toBe(false);
    expect(stepClock(workshop({}), { minutes: 0 } as Step, 9_000_000)).toBe(null);
  });

  it('[MON3] a group that was given more has so much more left than the room, also while the clock stands', () => {
    const extra = 120_000;
    fc.assert(
      fc.property(fc.integer({ min: 1_000_000, max: 9_000_000 }), fc.boolean(), (now, stands) => {
        const set = workshop(stands ? { paused: 1_300_000 } : {});
        const room = stepClock(set, step, now)?.left ?? 0;
        expect(stepClock(set, step, now, extra)?.left).toBe(room + extra);
      }),
    );
  });
});
