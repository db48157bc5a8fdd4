import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { Layout } from './layout.ts';

const GAP = 10;
const rows = fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 60 });
const height = fc.integer({ min: 1, max: 400 });

describe('[WALL1] [WALL4] where the rows of a long list lie', () => {
  it('finds the row at every height, and no two at one place', () => {
    fc.assert(
      fc.property(rows, fc.func(height), fc.nat(30_000), (keys, guess, y) => {
        const layout = new Layout(GAP);
        layout.fill(keys, guess);
        const place = layout.placeAt(y);
        expect(layout.top(place) <= y).toBe(true);
        expect(y < layout.top(place + 1) || place === keys.length - 1).toBe(true);
        expect(layout.keyAt(place)).toBe(keys[place]);
        expect(layout.placeOf(keys[place] ?? '')).toBe(place);
      }),
    );
  });

  it('draws all that reaches into the window, and little else', () => {
    fc.assert(
      fc.property(rows, fc.func(height), fc.nat(8_000), fc.nat(900), (keys, guess, from, length) => {
        const layout = new Layout(GAP);
        layout.fill(keys, guess);
        const [first, end] = layout.between(from, from + length);
        keys.forEach((_, place) => {
          const seen =
            layout.top(place) <= from + length && layout.top(place) + layout.heightAt(place) > from;
          if (seen) expect(place >= first && place < end).toBe(true);
        });
        expect(layout.top(end - 1) <= Math.max(from + length, layout.top(keys.length - 1))).toBe(true);
      }),
    );
  });

  it('keeps what was measured when rows come, go and change places', () => {
    const layout = new Layout(GAP);
    layout.fill(['a', 'b'], () => 50);
    expect(layout.measure([['a', 80]])).toBe(true);
    expect(layout.measure([['a', 80.2]])).toBe(false);
    layout.fill(['new', 'b', 'a'], () => 20);
    expect([0, 1, 2].map((place) => layout.heightAt(place))).toEqual([20, 50, 80]);
    expect(layout.height).toBe(20 + 50 + 80 + 2 * GAP);
    expect(layout.placeOf('gone')).toBe(-1);
  });

  it('says what came, and where the others go', () => {
    fc.assert(
      fc.property(rows, rows, fc.func(height), (before, after, guess) => {
        const [one, fresh] = [new Layout(GAP), new Layout(GAP)];
        const guesses = (keys: string[]) => (place: number) => guess(keys[place]);
        one.fill(before, guesses(before));
        const going = one.going(after);
        expect(before.map((_, place) => going(place))).toEqual(before.map((key) => after.indexOf(key)));
        expect(one.fill(after, guesses(after))).toEqual(after.filter((key) => !before.includes(key)));
        fresh.fill(after, guesses(after));
        expect(after.map((_, place) => one.top(place))).toEqual(after.map((_, place) => fresh.top(place)));
      }),
    );
  });

  it('of an empty list nothing is drawn', () => {
    const layout = new Layout(GAP);
    expect(layout.between(0, 900)).toEqual([0, 0]);
    expect(layout.height).toBe(0);
  });
});
