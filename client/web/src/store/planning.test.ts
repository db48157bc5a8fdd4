import { describe, expect, it } from 'vitest';

import type { Activity } from '../protocol/types.ts';
import { byOwner, handed, ownersOf, tooEarly, waitedFor } from './planning.ts';

const activity = (id: string, more: Partial<Activity> = {}): Activity => ({
  kind: 'activity',
  id,
  rank: id,
  title: id,
  owner: '',
  first: '',
  start: 0,
  length: 3,
  status: 'idea',
  issue: null,
  source: null,
  by: null,
  at: 0,
  rev: 1,
  lens: null,
  after: [],
  ...more,
});

describe('who sees to it', () => {
  it('is one or several, behind commas', () => {
    expect(ownersOf({ owner: 'Dana and Bo, the districts ; , Cho' })).toEqual([
      'Dana and Bo',
      'the districts',
      'Cho',
    ]);
    expect(ownersOf({ owner: ' ' })).toEqual([]);
  });

  it('hands on what is theirs and no more, and never has somebody twice', () => {
    expect(handed('Dana, Bo', 'dana', 'Cho')).toBe('Cho, Bo');
    expect(handed('Dana, Bo', 'Dana', 'bo')).toBe('bo');
    expect(handed('Dana, Bo', 'Dana', null)).toBe('Bo');
    expect(handed('Dana', null, 'Bo')).toBe('Dana, Bo');
    expect(handed('', null, 'Bo')).toBe('Bo');
    expect(handed('Dana', 'Zed', 'Bo')).toBe('Dana');
  });

  it('has each activity once, however the name is written, and first what nobody sees to', () => {
    const plan = [
      activity('a', { owner: 'dana, Bo' }),
      activity('b', { owner: 'Dana, dana' }),
      activity('e'),
      activity('c', { owner: 'dana' }),
      activity('d', { owner: 'Ann' }),
    ];
    const found = byOwner(plan).map(({ owner, activities }) => [
      owner,
      activities.map(({ id }) => id).join(''),
    ]);
    expect(found).toEqual([
      [null, 'e'],
      ['Ann', 'd'],
      ['Bo', 'a'],
      ['Dana', 'abc'],
    ]);
  });
});

describe('what it waits for', () => {
  const plan = [activity('a'), activity('b', { after: ['a'] }), activity('c', { after: ['b'] })];

  it('[PLAN6] is all of it, by way of others too', () => {
    expect([...waitedFor(plan, 'c')].sort()).toEqual(['a', 'b']);
    expect([...waitedFor(plan, 'a')]).toEqual([]);
  });

  it('[PLAN6] should end before it begins', () => {
    expect(tooEarly(plan, { start: 2, after: ['a'] }).map(({ id }) => id)).toEqual(['a']);
    expect(tooEarly(plan, { start: 3, after: ['a'] })).toEqual([]);
  });
});
