import { describe, expect, it } from 'vitest';

import { PLAN_MONTHS } from '../protocol/limits.ts';
import type { Activity } from '../protocol/types.ts';
import { shifted } from '../store/planning.ts';
import { monthOf, monthsUntil, quartersOf, spanOf } from './months.ts';

const NOVEMBER = Date.UTC(2026, 10, 25);

describe('[PLAN4] the months of a plan', () => {
  it('begin with that of the workshop and fall into quarters of the calendar', () => {
    const quarters = quartersOf(NOVEMBER, 24);
    expect(quarters.map(({ name, year, length }) => `${name} ${String(year)} ${String(length)}`)).toEqual([
      'Q4 2026 2',
      'Q1 2027 3',
      'Q2 2027 3',
      'Q3 2027 3',
      'Q4 2027 3',
      'Q1 2028 3',
      'Q2 2028 3',
      'Q3 2028 3',
      'Q4 2028 1',
    ]);
    expect(quarters.reduce((sum, { length }) => sum + length, 0)).toBe(24);
  });

  it('have names that do not hang on where one is', () => {
    expect(monthOf(NOVEMBER, 2)).toBe('Jan 2027');
    expect(monthOf(Date.UTC(2026, 0, 31), 1)).toBe('Feb 2026');
    expect(spanOf(NOVEMBER, 2, 1)).toBe('Jan 2027');
  });

  it('[PLAN10] hold what a hand moves at the edge of what is shown', () => {
    const activity = { start: 3, length: 6 };
    expect(shifted(activity, 99, false, 24)).toEqual({ start: 18, length: 6 });
    expect(shifted(activity, 99, true, 24)).toEqual({ start: 3, length: 21 });
  });

  it('hold an activity, however it is moved or stretched', () => {
    const activity = { start: 3, length: 6 } as Activity;
    expect(shifted(activity, 2, false)).toEqual({ start: 5, length: 6 });
    expect(shifted(activity, 2, true)).toEqual({ start: 3, length: 8 });
    for (const by of [-99, 99])
      for (const stretch of [true, false]) {
        const { start, length } = shifted(activity, by, stretch);
        expect(start).toBeGreaterThanOrEqual(0);
        expect(length).toBeGreaterThanOrEqual(1);
        expect(start + length).toBeLessThanOrEqual(PLAN_MONTHS);
      }
  });
});

describe('[PLAN12] today', () => {
  it('is so many months from the first, by the part of the current one that is over', () => {
    expect(monthsUntil(NOVEMBER, Date.UTC(2026, 10, 16))).toBe(0.5);
    expect(monthsUntil(NOVEMBER, Date.UTC(2026, 11, 1))).toBe(1);
    expect(monthsUntil(NOVEMBER, Date.UTC(2028, 0, 1))).toBe(14);
    expect(monthsUntil(NOVEMBER, Date.UTC(2026, 9, 31))).toBeLessThan(0);
  });
});
