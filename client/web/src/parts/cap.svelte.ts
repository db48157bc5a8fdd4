import type { Step } from '../protocol/types.ts';
import type { Live } from '../store/live.svelte.ts';

/** What is left of a number, `of` how many. */
export interface Left {
  left: number;
  of: number;
}

/** How many more notes or issues whoever this device acts for may write, where the step gives each a number ([CAP4]). */
export class Cap {
  constructor(
    private readonly live: Live,
    /** The step that is on the screen. */
    private readonly shown: () => Step | undefined,
  ) {}

  /** Notes; null: as many as one likes. */
  readonly notes: Left | null = $derived.by(() => {
    const step = this.writing;
    return this.counted(step) ? left(step, this.live.written(step.id)) : null;
  });

  /** Issues; null: as many as one likes. */
  readonly issues: Left | null = $derived.by(() => {
    const step = this.shown();
    return this.counted(step) ? left(step, this.live.proposed()) : null;
  });

  /** The step that a note written now belongs to: the current one, or else the last that holds notes. */
  private get writing(): Step | undefined {
    const { live } = this;
    const step = this.shown();
    if (step?.step === 'write') return step;
    return live.steps.findLast((one) => one.step === 'write' && live.holds(one.id)) ?? step;
  }

  /** Facilitators have no number. */
  private counted(step: Step | undefined): step is Step {
    return (
      step !== undefined && step.most_notes > 0 && this.live.person(this.live.self)?.role !== 'facilitator'
    );
  }
}

function left({ most_notes: of }: Step, written: number): Left {
  return { left: Math.max(0, of - written), of };
}
