import type { Step, Workshop } from '../../protocol/types.ts';

/** How a step stands to the current one. */
export type When = 'done' | 'now' | 'next' | 'later' | 'skipped';

export interface Planned {
  step: Step;
  /** When it began, or should begin, by the server's clock in ms. */
  at: number;
  when: When;
}

const lengthOf = (step: Step | undefined): number => (step?.minutes ?? 0) * 60_000;

/** When the current step will be over; not before now. */
function over(step: Step | undefined, workshop: Workshop, now: number): number {
  const stood = workshop.paused === null ? 0 : Math.max(0, now - workshop.paused);
  return Math.max(workshop.step_started + stood + lengthOf(step) + workshop.extended * 60_000, now);
}

/** The clock times of the agenda: what is past as planned backwards, what comes from when the current step will end. */
export function planned(steps: readonly Step[], workshop: Workshop, now: number): Planned[] {
  const current = steps.findIndex((step) => step.id === workshop.step);
  const length = (step: Step): number => (step.skipped ? 0 : lengthOf(step));
  const next = steps.findIndex((step, index) => index > current && !step.skipped);
  let at = workshop.step_started - steps.slice(0, current).reduce((sum, step) => sum + length(step), 0);
  return steps.map((step, index) => {
    if (index === current) at = workshop.step_started;
    if (index === current + 1) at = over(steps[current], workshop, now);
    const later = index === next ? 'next' : 'later';
    const unskipped = index < current ? 'done' : index === current ? 'now' : later;
    const one = { step, at, when: step.skipped ? 'skipped' : unskipped } as const;
    at += length(step);
    return one;
  });
}

/** When all will be over, as it looks now. */
export function ending(steps: readonly Step[], workshop: Workshop, now: number): number {
  const current = steps.findIndex((step) => step.id === workshop.step);
  const rest = steps.slice(current + 1).filter((step) => !step.skipped);
  return rest.reduce((end, step) => end + lengthOf(step), over(steps[current], workshop, now));
}

/** [RUN4] Minutes behind the plan (below zero: ahead). Without a time that it began at there is no plan to miss. */
export function behind(steps: readonly Step[], workshop: Workshop, now: number): number {
  if (workshop.starts === null) return 0;
  const plan = steps.reduce((end, step) => end + lengthOf(step), workshop.starts);
  return Math.round((ending(steps, workshop, now) - plan) / 60_000);
}
