/** What people do with the plan, as commands. */

import { PLAN_MONTHS } from '../protocol/limits.ts';
import type { Activity, ActivityAdd, ActivitySet } from '../protocol/types.ts';
import { newId } from '../sync/client.ts';
import { between } from './ranks.ts';
import type { Live } from './live.svelte.ts';

/** The plan in the spotlight, where else the id of what is shown stands ([GATHER3]). */
export const PLAN = 'plan';
/** Months that an activity has at first. */
export const QUARTER = 3;

/** How an activity stands, from the first thought to the end. */
export const STATUS = ['idea', 'agreed', 'begun', 'done'] as const;

export type Words = Pick<Activity, 'title' | 'owner' | 'first'>;
export type Setting = Omit<ActivitySet, 'do' | 'id'>;

/** A new activity, behind the others; at first in the next quarter. Returns its id. */
export function addActivity(
  live: Live,
  title: string,
  more: Partial<Omit<ActivityAdd, 'do' | 'id' | 'rank' | 'title'>> = {},
): string {
  const id = newId();
  const last = live.activities.reduce<string | null>(
    (most, { rank }) => (most === null || rank > most ? rank : most),
    null,
  );
  const when = { start: 1, length: QUARTER };
  live.do({ do: 'activity.add', id, rank: between(last, null), title, ...when, ...more });
  return id;
}

/**
 * [PLAN7] `began` is the activity as it was when the editing began: only what is another than there is sent. What others
 * made of the same words meanwhile is not written over: then it is against that version, which is refused.
 */
export function wordActivity(live: Live, began: Activity, words: Partial<Words>): void {
  const mine = (Object.keys(words) as (keyof Words)[]).filter((name) => words[name] !== began[name]);
  if (mine.length === 0) return;
  const now = live.activity(began.id) ?? began;
  const crossed = mine.some((name) => now[name] !== began[name] && now[name] !== words[name]);
  const { rev } = crossed ? began : now;
  const altered = Object.fromEntries(mine.map((name) => [name, words[name]]));
  live.do({ do: 'activity.edit', id: began.id, rev, ...altered });
}

/** `began` is the activity as whoever asks saw it: only what is to be another is asked for. */
export function setActivity(live: Live, began: Activity, to: Setting): void {
  const was: Setting = { ...began, issue: began.issue ?? '', lens: began.lens ?? '' };
  const news = Object.entries(to).filter(([name, value]) => !same(was[name as keyof Setting], value));
  if (news.length > 0) live.do({ do: 'activity.set', id: began.id, ...Object.fromEntries(news) });
}

export type Span = Pick<Activity, 'start' | 'length'>;

/** Move it by so many months, or stretch its end; it stays within those `months` of the plan that are shown. */
export function shifted({ start, length }: Span, by: number, stretch: boolean, months = PLAN_MONTHS): Span {
  if (stretch) return { start, length: clamp(length + by, 1, months - start) };
  return { start: clamp(start + by, 0, months - length), length };
}

export function dropActivity(live: Live, activity: Activity): void {
  live.do({ do: 'activity.drop', id: activity.id });
}

/** Who sees to it, one by one: names stand behind commas. */
export function ownersOf({ owner }: Pick<Activity, 'owner'>): string[] {
  return owner
    .split(/[,;]/)
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/** The owners, when `from` hands it on to `to`; null is nobody. Nobody sees to it twice. */
export function handed(owner: string, from: string | null, to: string | null): string {
  const names = ownersOf({ owner });
  const place = from === null ? names.length : names.findIndex((name) => folded(name) === folded(from));
  if (place < 0) return owner;
  names.splice(place, 1, ...(to === null ? [] : [to]));
  return names
    .filter((name, n) => names.findIndex((other) => folded(other) === folded(name)) === n)
    .join(', ');
}

export interface Hand {
  /** As it is written with most capitals; null is nobody. */
  owner: string | null;
  activities: Activity[];
}

/** The plan by who sees to it: by name, and first what nobody sees to. */
export function byOwner(activities: readonly Activity[]): Hand[] {
  const nobody: Hand = { owner: null, activities: [] };
  const hands = new Map<string, Hand>();
  for (const activity of activities) {
    const owners = ownersOf(activity);
    if (owners.length === 0) nobody.activities.push(activity);
    for (const owner of owners) {
      const hand = hands.get(folded(owner)) ?? { owner, activities: [] };
      // Capitals come before small letters.
      if (hand.owner !== null && owner < hand.owner) hand.owner = owner;
      hands.set(folded(owner), hand);
      if (!hand.activities.includes(activity)) hand.activities.push(activity);
    }
  }
  const named = [...hands].sort(([a], [b]) => a.localeCompare(b)).map(([, hand]) => hand);
  return nobody.activities.length > 0 ? [nobody, ...named] : named;
}

/** [PLAN6] The ids of all that must be done before it, by way of others too. */
export function waitedFor(activities: readonly Activity[], id: string): Set<string> {
  const after = new Map(activities.map((activity) => [activity.id, activity.after]));
  const found = new Set<string>();
  const ahead = [...(after.get(id) ?? [])];
  for (let next = ahead.pop(); next !== undefined; next = ahead.pop()) {
    if (found.has(next)) continue;
    found.add(next);
    ahead.push(...(after.get(next) ?? []));
  }
  return found;
}

/** What it waits for and does not end before it begins. */
export function tooEarly(
  activities: readonly Activity[],
  { start, after }: Pick<Activity, 'start' | 'after'>,
): Activity[] {
  return activities.filter((other) => after.includes(other.id) && other.start + other.length > start);
}

const folded = (name: string): string => name.toLocaleLowerCase();
const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);
const clamp = (value: number, least: number, most: number): number => Math.min(Math.max(value, least), most);

/** Whether any of these notes and stacks may have gone anywhere but where it hangs: into an activity, or the paper. */
export function wentOn(live: Live, ids: readonly (string | null)[]): boolean {
  return (
    live.workshop?.paper != null ||
    live.activities.some(({ source }) => source !== null && ids.includes(source))
  );
}
