import type { Step, Workshop } from '../../protocol/types.ts';

export interface Planned {
  step: Step;
  /** When it began, or should begin, in ms. */
  at: number;
  /** How it stands to the current step. */
  when: 'done' | 'now' | 'later';
}

/** The clock times of the agenda: what is past as planned backwards, what comes from when the current step will end. */
export function planned(steps: readonly Step[], workshop: Workshop, now: number): Planned[] {
  const current = steps.findIndex((step) => step.id === workshop.step);
  const length = (step: Step | undefined): number => (step?.minutes ?? 0) * 60_000;
  const ends = workshop.step_started + length(steps[current]) + workshop.extended * 60_000;
  let at = workshop.step_started - steps.slice(0, current).reduce((sum, step) => sum + length(step), 0);
  return steps.map((step, index) => {
    if (index === current) at = workshop.step_started;
    if (index === current + 1) at = Math.max(ends, now);
    const one = { step, at, when: index < current ? 'done' : index === current ? 'now' : 'later' } as const;
    at += length(step);
    return one;
  });
}

/** Minutes behind the plan (below zero: ahead), measured from when the workshop was made to go. */
export function behind(steps: readonly Step[], workshop: Workshop, now: number): number {
  const step = steps.find(({ id }) => id === workshop.step);
  if (!step?.minutes) return 0;
  const over = now - (workshop.step_started + step.minutes * 60_000);
  return Math.max(workshop.extended, Math.floor(over / 60_000));
}
