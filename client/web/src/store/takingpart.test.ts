import { expect, it } from 'vitest';

import type { Person } from '../protocol/types.ts';
import { takesPart } from './takingpart.ts';

const person = (id: string, fields: Partial<Person> = {}): Person => ({
  kind: 'person',
  id,
  name: id,
  role: 'participant',
  place: 'room',
  board: null,
  hue: 0,
  joined: 1,
  hand: null,
  host: null,
  muted: false,
  removed: false,
  leads: null,
  ready: null,
  ...fields,
});

it('[PEOPLE5] who takes part: participants and who sits with them, not who leads or was put out', () => {
  const all = [
    person('ann'),
    person('seat', { host: 'ann' }),
    person('fay', { role: 'facilitator' }),
    person('gone', { removed: true }),
  ];
  expect(all.filter(takesPart).map(({ id }) => id)).toEqual(['ann', 'seat']);
});
