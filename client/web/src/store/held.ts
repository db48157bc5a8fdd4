import type { Issue, Note } from '../protocol/types.ts';

/** Whether it waits for a facilitator, or one set it aside: its author and facilitators alone have it ([MOD1] [ASIDE1]). */
export function isHeld(one: Pick<Note | Issue, 'waits' | 'aside'>): boolean {
  return one.waits || one.aside;
}
