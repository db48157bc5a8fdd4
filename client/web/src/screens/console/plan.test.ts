import { describe, expect, it } from 'vitest';

import type { Step, Workshop } from '../../protocol/types.ts';
import { behind, ending, planned } from './plan.ts';

const MIN = 60_000;
const NINE = 9 * 60 * MIN;
const steps = ['a', 'b', 'c', 'd'].map((id) => ({ id, minutes: 10, skipped: false }) as Step);
const skipping = (id: string): Step[] => steps.map((s) => (s.id === id ? { ...s, skipped: true } : s));
const at = (set: Partial<Workshop>): Workshop =>
  ({ step: 'b', step_started: NINE + 10 * MIN, extended: 0, paused: null, starts: NINE, ...set }) as Workshop;

describe('[RUN4] the run sheet', () => {
  it('tells the time of every step, and which is next', () => {
    const sheet = planned(steps, at({}), NINE + 15 * MIN);
    expect(sheet.map(({ at: time }) => (time - NINE) / MIN)).toEqual([0, 10, 20, 30]);
    expect(sheet.map(({ when }) => when)).toEqual(['done', 'now', 'next', 'later']);
  });

  it('passes by what is skipped, which is time won', () => {
    const sheet = planned(skipping('c'), at({}), NINE + 15 * MIN);
    expect(sheet.map(({ when }) => when)).toEqual(['done', 'now', 'skipped', 'next']);
    expect((sheet[3]?.at ?? 0) - NINE).toBe(20 * MIN);
    expect(behind(skipping('c'), at({}), NINE + 15 * MIN)).toBe(-10);
  });

  it('counts all that ran over, in whichever step, and what was added', () => {
    expect(behind(steps, at({}), NINE + 20 * MIN)).toBe(0);
    expect(behind(steps, at({}), NINE + 27 * MIN)).toBe(7);
    expect(behind(steps, at({ step_started: NINE + 14 * MIN }), NINE + 15 * MIN)).toBe(4);
    expect(behind(steps, at({ extended: 5 }), NINE + 15 * MIN)).toBe(5);
    expect(ending(steps, at({ extended: 5 }), NINE + 15 * MIN)).toBe(NINE + 45 * MIN);
  });

  it('moves on with a clock that stands, and has no plan to miss without a start', () => {
    const standing = at({ paused: NINE + 12 * MIN });
    expect(behind(steps, standing, NINE + 30 * MIN)).toBe(18);
    expect(behind(steps, { ...standing, starts: null }, NINE + 30 * MIN)).toBe(0);
  });
});
