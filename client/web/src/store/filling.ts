/** An activity's sheet as it is filled in: what was altered in it ([PLAN7]), kept until it is saved ([PLAN8]). */

import type { Activity } from '../protocol/types.ts';
import type { Live } from './live.svelte.ts';
import { addActivity, setActivity, wordActivity } from './planning.ts';

const FIELDS = ['title', 'owner', 'first', 'start', 'length', 'status', 'issue', 'lens', 'after'] as const;
type Field = (typeof FIELDS)[number];
/** Of `issue` and `lens` the empty text means: none. */
export type Form = Pick<Activity, Exclude<Field, 'issue' | 'lens'>> & { issue: string; lens: string };

/** What was altered and not saved: how it is now, how it was before, and in which version. */
export interface Left {
  rev: number;
  was: Partial<Form>;
  now: Partial<Form>;
}

export function formOf(activity: Activity): Form {
  const { title, owner, first, start, length, status, issue, lens, after } = activity;
  return {
    title,
    owner,
    first,
    start,
    length,
    status,
    issue: issue ?? '',
    lens: lens ?? '',
    after: [...after],
  };
}

/** What is another in `form` than it was when the sheet was opened; null: nothing. */
export function leftIn(form: Form, began: Activity): Left | null {
  const before = formOf(began);
  const altered = FIELDS.filter((field) => JSON.stringify(form[field]) !== JSON.stringify(before[field]));
  if (altered.length === 0) return null;
  return { rev: began.rev, was: picked(before, altered), now: picked(form, altered) };
}

/** The activity as it was when the editing that was left began; what was not altered is as it is now. */
export function before(activity: Activity, left: Left | null): Activity {
  return left ? { ...activity, ...left.was, rev: left.rev } : activity;
}

/** Send what was altered, and nothing else. */
export function save(live: Live, began: Activity, form: Form): void {
  const { title, owner, first, ...setting } = form;
  wordActivity(live, began, { title, owner, first });
  setActivity(live, began, setting);
}

/** [PLAN8] It was taken out: a new one, with all that stands in the sheet. */
export function addAgain(live: Live, gone: Activity, form: Form): string {
  const { title, owner, first, start, length, issue, status, lens, after } = form;
  // Where it came from may be gone, too.
  const source = live.note(gone.source) ?? live.stack(gone.source);
  const id = addActivity(live, title, {
    owner,
    first,
    start,
    length,
    ...(issue ? { issue } : {}),
    ...(source ? { source: source.id } : {}),
  });
  const fresh: Activity = { ...gone, id, start, length, issue, status: 'idea', lens: null, after: [] };
  setActivity(live, fresh, { status, lens, after });
  return id;
}

function picked(form: Form, fields: readonly Field[]): Partial<Form> {
  return Object.fromEntries(fields.map((field) => [field, form[field]]));
}
