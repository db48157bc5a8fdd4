import { describe, expect, it } from 'vitest';

import { routeOf } from './route.ts';

describe('[JOIN2] where an address leads', () => {
  it('is to the workshop of a code, however that was typed from the wall', () => {
    for (const path of ['/j/srka4k', '/srka4k', '/SRKA4K', '/SRK-A4K', '/srka4k/'])
      expect(routeOf(path, '')).toMatchObject({
        to: 'join',
        code: expect.stringMatching(/^srka4k$/i) as string,
      });
  });

  it('is nowhere for all else, and a place of those who lead needs its key', () => {
    expect(routeOf('/srka4', '')).toEqual({ to: 'nowhere', keyless: false });
    expect(routeOf('/srka4k/more', '')).toEqual({ to: 'nowhere', keyless: false });
    for (const path of ['/p', '/f']) {
      expect(routeOf(path, '')).toEqual({ to: 'nowhere', keyless: true });
      expect(routeOf(path, '#k=abc')).toMatchObject({ to: 'key', key: 'abc' });
    }
  });
});
