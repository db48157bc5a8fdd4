import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { linked } from './linked.ts';

const links = (text: string): (string | undefined)[] =>
  linked(text)
    .filter((piece) => piece.href)
    .map((piece) => piece.href);

describe('[WRITE3] addresses in a text', () => {
  it('are those of pages and of mail, without what ends the sentence', () => {
    expect(links('See https://example.org/a?b=1, and (www.example.org/x_(y)).')).toEqual([
      'https://example.org/a?b=1',
      'https://www.example.org/x_(y)',
    ]);
    expect(links('Ask dana@example.org.')).toEqual(['mailto:dana@example.org']);
  });

  it('are never of a kind that runs something', () => {
    for (const text of [
      'javascript:alert(1)',
      'data:text/html,x',
      'ftp://example.org',
      '//example.org',
      'http://',
    ])
      expect(links(text)).toEqual([]);
    expect(links('javascript:https://example.org')).toEqual(['https://example.org/']);
  });

  it('leave every letter of the text in its place', () => {
    const part = fc.oneof(
      fc.string(),
      fc.constantFrom('http://a.b/', 'www.', ' ', '(', ')', 'me@a.b', 'mailto:'),
    );
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const text = parts.join('');
        const pieces = linked(text);
        expect(pieces.map((piece) => piece.text).join('')).toBe(text);
        for (const { href } of pieces) expect(href ?? 'https:').toMatch(/^(https?|mailto):/);
      }),
    );
  });
});
