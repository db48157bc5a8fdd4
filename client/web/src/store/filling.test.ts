import { describe, expect, it } from 'vitest';

import type { Activity, Command } from '../protocol/types.ts';
import { addAgain, before, formOf, leftIn, save } from './filling.ts';
import type { Live } from './live.svelte.ts';

const BEGAN: Activity = {
  kind: 'activity',
  id: 'a',
  rank: 'a0',
  title: 'Train teachers',
  owner: '',
  first: 'Find a hall',
  start: 3,
  length: 6,
  status: 'agreed',
  issue: null,
  source: 'gone',
  by: null,
  at: 0,
  rev: 1,
  lens: null,
  after: ['b'],
};

/** A line on which the activity is this by now, and what was sent on it. */
function line(now?: Activity): { live: Live; sent: Command[] } {
  const sent: Command[] = [];
  const live = {
    activities: now ? [now] : [],
    activity: () => now,
    note: () => undefined,
    stack: () => undefined,
    do: (command: Command) => sent.push(command),
  };
  return { live: live as unknown as Live, sent };
}

describe('an activity that is filled in', () => {
  const form = { ...formOf(BEGAN), owner: 'Dana', start: 4 };

  it('[PLAN7] sends what was altered against what is there now, and leaves what others altered', () => {
    const { live, sent } = line({ ...BEGAN, title: 'Train all teachers', rev: 5 });
    save(live, BEGAN, form);
    expect(sent).toEqual([
      { do: 'activity.edit', id: 'a', rev: 5, owner: 'Dana' },
      { do: 'activity.set', id: 'a', start: 4 },
    ]);
  });

  it('[PLAN7] does not write over the same words of others, unless they say the same', () => {
    const crossed = line({ ...BEGAN, owner: 'Bo', rev: 5 });
    save(crossed.live, BEGAN, form);
    expect(crossed.sent[0]).toEqual({ do: 'activity.edit', id: 'a', rev: 1, owner: 'Dana' });
    const agreed = line({ ...BEGAN, owner: 'Dana', rev: 5 });
    save(agreed.live, BEGAN, form);
    expect(agreed.sent[0]).toEqual({ do: 'activity.edit', id: 'a', rev: 5, owner: 'Dana' });
  });

  it('[PLAN8] is kept by what was altered, and goes on from there beside what others altered', () => {
    expect(leftIn(formOf(BEGAN), BEGAN)).toBeNull();
    const left = leftIn(form, BEGAN);
    expect(left).toEqual({ rev: 1, was: { owner: '', start: 3 }, now: { owner: 'Dana', start: 4 } });
    const now = { ...BEGAN, title: 'Train all teachers', owner: 'Bo', rev: 5 };
    expect(before(now, left)).toEqual({ ...now, owner: '', rev: 1 });
    expect(before(now, null)).toBe(now);
  });

  it('[PLAN8] is added again with all that stands in it, once it was taken out', () => {
    const { live, sent } = line();
    const id = addAgain(live, BEGAN, form);
    const [added, set] = sent;
    const words = { title: 'Train teachers', owner: 'Dana', first: 'Find a hall', start: 4, length: 6 };
    expect(added).toMatchObject({ do: 'activity.add', id, ...words });
    expect(added).not.toHaveProperty('source');
    expect(set).toEqual({ do: 'activity.set', id, status: 'agreed', after: ['b'] });
  });
});
