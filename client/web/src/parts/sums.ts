import { t } from '../words/index.ts';
import type { Room } from './room.svelte.ts';

/** What an afternoon came to, in numbers: the issues are those that were worked on, which are named beside it. */
export function sumsOf({ live }: Room): { n: number; words: string }[] {
  const notes = live.boards.reduce((sum, board) => sum + live.notesOn(board.id).length, 0);
  const counts = {
    people: live.participants.length,
    issues: live.boards.length || live.issues.length,
    notes,
    dots: live.dots,
  };
  const each = ['people', 'issues', 'notes', 'dots'] as const;
  return each
    .map((of) => ({ n: counts[of], words: t(`closing.${of}`, { n: counts[of] }) }))
    .filter(({ n }) => n > 0);
}
