/** What people do with the plan, as commands. */

import { PLAN_MONTHS } from '../protocol/limits.ts';
import type { Activity, ActivitySet } from '../protocol/types.ts';
import { newId } from '../sync/client.ts';
import { between } from './intents.ts';
import type { Live } from './live.svelte.ts';

/** Months that an activity has at first. */
export const QUARTER = 3;

export type Words = Pick<Activity, 'title' | 'owner' | 'first'>;
export type Setting = Omit<ActivitySet, 'do' | 'id'>;

/** A new activity, behind the others; at first in the next quarter. Returns its id. */
export function addActivity(
  live: Live,
  title: string,
  from: { issue?: string; source?: string } = {},
): string {
  const id = newId();
  const last = live.activities.reduce<string | null>(
    (most, { rank }) => (most === null || rank > most ? rank : most),
    null,
  );
  const when = { start: 1, length: QUARTER };
  live.do({ do: 'activity.add', id, rank: between(last, null), title, ...when, ...from });
  return id;
}

/** `began` is the activity as it was when the editing began. */
export function wordActivity(live: Live, began: Activity, words: Words): void {
  const same = words.title === began.title && words.owner === began.owner && words.first === began.first;
  if (!same) live.do({ do: 'activity.edit', id: began.id, rev: began.rev, ...words });
}

/** `began` is the activity as whoever asks saw it: only what is to be another is asked for. */
export function setActivity(live: Live, began: Activity, to: Setting): void {
  const was: Setting = { ...began, issue: began.issue ?? '' };
  const news = Object.entries(to).filter(([name, value]) => was[name as keyof Setting] !== value);
  if (news.length > 0) live.do({ do: 'activity.set', id: began.id, ...Object.fromEntries(news) });
}

/** Move it by so many months, or stretch its end; it stays within the plan. */
export function shifted(activity: Activity, by: number, stretch: boolean): { start: number; length: number } {
  const { start, length } = activity;
  if (stretch) return { start, length: clamp(length + by, 1, PLAN_MONTHS - start) };
  return { start: clamp(start + by, 0, PLAN_MONTHS - length), length };
}

export function dropActivity(live: Live, activity: Activity): void {
  live.do({ do: 'activity.drop', id: activity.id });
}

const clamp = (value: number, least: number, most: number): number => Math.min(Math.max(value, least), most);
