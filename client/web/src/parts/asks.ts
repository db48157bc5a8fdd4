import type { Step } from '../protocol/types.ts';
import { t } from '../words/index.ts';

/** What a step asks people to do, or how it stands where it asks nothing any more. `locked`: on one's board nothing may be done ([NOTE2]). Once its notes were turned over nobody is promised any more that theirs are seen by none ([STEP10]). */
export function asks(step: Step | undefined, locked = false): string {
  if (locked) return t('board.locked');
  if (step?.step === 'write' && step.private && step.revealed) return t('board.turned');
  // Of a round whose results are shown nothing is asked any more ([VOTE8]).
  if ((step?.step === 'choose' || step?.step === 'vote') && step.shown) return t('dots.results');
  return step?.instruction ?? '';
}
