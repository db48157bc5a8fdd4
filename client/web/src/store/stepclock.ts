import type { Step, Workshop } from '../protocol/types.ts';

/** How the clock of the current step stands. It guides, and stops no hand. */
export interface StepClock {
  /** Milliseconds until the step should be over; below zero: over time. */
  left: number;
  /** When it is over, by the server's clock in ms; of a clock that stands: if it went on now. */
  ends: number;
  /** It was stopped. */
  stands: boolean;
  /** Milliseconds until it begins to run, at the time that was set ([RUN2]); 0: it has. */
  waits: number;
  /** It has not run yet: a workshop begins so ([TIME4]). */
  fresh: boolean;
}

/** `now` by the server's clock, ms; null: the step has no clock, or it times nothing any more ([TIME7]). `extra`: so much longer than the room, ms ([MON3]). */
export function stepClock(workshop: Workshop, step: Step, now: number, extra = 0): StepClock | null {
  if (step.minutes === 0 || !workshop.timed) return null;
  const length = (step.minutes + workshop.extended) * 60_000 + extra;
  const stands = workshop.paused !== null;
  const ran = (workshop.paused ?? now) - workshop.step_started;
  // Never more than it has, where this device's knowledge of the time is a little behind.
  const left = Math.min(length - ran, length);
  // Only for the time that was set: to a device a little behind, every step begins a little in the future.
  const waits = workshop.starts === workshop.step_started && !stands ? Math.max(0, -ran) : 0;
  return { left, ends: now + waits + left, stands, waits, fresh: workshop.paused === workshop.step_started };
}
