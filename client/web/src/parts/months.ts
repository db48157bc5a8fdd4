/** The months of a plan, as people call them. Counted from the one in which the workshop was made (UTC). */

import { reading } from '../words/language.svelte.ts';

/** How far the plan is shown at least. */
export const SHOWN = 24;

const at = (created: number, month: number): Date => {
  const when = new Date(created);
  return new Date(Date.UTC(when.getUTCFullYear(), when.getUTCMonth() + month, 1));
};

const format = (): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat(reading.locale, { month: 'short', year: 'numeric', timeZone: 'UTC' });

/** "Mar 2027" */
export function monthOf(created: number, month: number): string {
  return format().format(at(created, month));
}

/** "Mar 2027 – May 2027", or one month alone. */
export function spanOf(created: number, start: number, length: number): string {
  return format().formatRange(at(created, start), at(created, start + length - 1));
}

export interface Quarter {
  name: string;
  year: number;
  /** Its first month that is shown, and how many are. */
  start: number;
  length: number;
}

/** The quarters of the calendar that the first `months` months fall into. */
export function quartersOf(created: number, months: number): Quarter[] {
  const quarters: Quarter[] = [];
  for (let month = 0; month < months; month += 1) {
    const date = at(created, month);
    const [name, year] = [`Q${Math.floor(date.getUTCMonth() / 3) + 1}`, date.getUTCFullYear()];
    const last = quarters.at(-1);
    if (last?.name === name && last.year === year) last.length += 1;
    else quarters.push({ name, year, start: month, length: 1 });
  }
  return quarters;
}

/** How many months of the plan have gone by, the part of the current one too. */
export function monthsUntil(created: number, now: number): number {
  const [from, to] = [new Date(created), new Date(now)];
  const whole = (to.getUTCFullYear() - from.getUTCFullYear()) * 12 + to.getUTCMonth() - from.getUTCMonth();
  const [begins, ends] = [at(created, whole).getTime(), at(created, whole + 1).getTime()];
  return whole + (now - begins) / (ends - begins);
}
