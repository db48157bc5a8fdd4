import { expect, test } from 'vitest';

import { addressOf } from './address.ts';

test('[GIVE1] what people type is an address where it is one', () => {
  expect(addressOf(' example.org/a b?c=d#e ')).toBe('https://example.org/a%20b?c=d#e');
  expect(addressOf('http://example.org')).toBe('http://example.org/');
  expect(addressOf("https://example.org/it's{x}|y")).toBe('https://example.org/it%27s%7Bx%7D%7Cy');
  expect(addressOf('https://ejemplo.org/año')).toBe('https://ejemplo.org/a%C3%B1o');
  for (const no of [
    '',
    'javascript:alert(1)',
    'words only',
    'ftp://example.org',
    'https://',
    'localhost',
    'a@b.org',
  ])
    expect(addressOf(no), no).toBeNull();
});
