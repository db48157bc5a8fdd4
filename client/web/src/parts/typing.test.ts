import { afterEach, describe, expect, it } from 'vitest';

import { choosing, takesKeys } from './typing.ts';

/** The place in the page that is marked. */
function at(html: string): Element | null {
  document.body.innerHTML = html;
  return document.querySelector('[data-here]');
}

afterEach(() => {
  document.getSelection()?.removeAllRanges();
  document.body.innerHTML = '';
});

describe('[ALL11] keys are for what is typed, and for a sheet', () => {
  it.each([
    '<input data-here>',
    '<textarea data-here></textarea>',
    '<select data-here></select>',
    '<dialog><button data-here></button></dialog>',
    '<div contenteditable="true" data-here></div>',
    '<div contenteditable><p data-here></p></div>',
    '<div contenteditable="true"><div contenteditable="false"><button data-here></button></div></div>',
  ])('%s has them', (html) => {
    expect(takesKeys(at(html))).toBe(true);
  });

  it.each([
    '<button data-here></button>',
    '<main tabindex="0" data-here></main>',
    '<div contenteditable="false" tabindex="0" data-here></div>',
  ])('%s leaves them to the screen', (html) => {
    expect(takesKeys(at(html))).toBe(false);
  });

  it('no element leaves them, too', () => {
    expect(takesKeys(null)).toBe(false);
    expect(takesKeys(document)).toBe(false);
  });

  it('tells that words are chosen', () => {
    const words = at('<p data-here>Some words</p>');
    expect(choosing()).toBe(false);
    document.getSelection()?.selectAllChildren(words as Element);
    expect(choosing()).toBe(true);
  });
});
