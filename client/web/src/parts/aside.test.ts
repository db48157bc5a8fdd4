import { beforeEach, expect, test, vi } from 'vitest';

import { keepAside, putAside } from './aside.ts';

const store = new Map<string, string>();

beforeEach(() => {
  store.clear();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => store.get(key) ?? null,
    setItem: (key: string, value: string) => store.set(key, value),
  });
});

test('[SAY3] what was put aside stays aside after a reload, by workshop', () => {
  keepAside('w', ['m1', 'm2']);
  expect(putAside('w')).toEqual(['m1', 'm2']);
  expect(putAside('v')).toEqual([]);
});

test('[SAY3] what a device holds may be anything', () => {
  store.set('plenary.aside.w', '{"no":"list"}');
  expect(putAside('w')).toEqual([]);
  store.set('plenary.aside.w', 'no json');
  expect(putAside('w')).toEqual([]);
});
