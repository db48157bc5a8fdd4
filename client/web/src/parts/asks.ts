import type { Step } from '../protocol/types.ts';
import { t } from '../words/index.ts';

/** What a step asks people to do. Once its notes were turned over nobody is promised any more that theirs are seen by none ([STEP10]). */
export function asks(step: Step | undefined): string {
  if (step?.step === 'write' && step.private && step.revealed) return t('board.turned');
  return step?.instruction ?? '';
}
