import { describe, expect, it } from 'vitest';

import type { Person } from '../protocol/types.ts';
import { initials, initialsOf } from './initials.ts';

const people = (...names: string[]): Person[] =>
  names.map((name, place) => ({ id: String(place), name, hue: place % 12 }) as Person);
const told = (...names: string[]): string[] => [...initialsOf(people(...names)).values()];

describe('[ALL6] initials', () => {
  it('are of the first word and the last', () => {
    expect(['Ana', 'Ben de Witt', ' 𝒜na  ünal ', ''].map(initials)).toEqual(['A', 'BW', '𝒜Ü', '']);
  });

  it('are told apart, and who came first keeps theirs', () => {
    expect(told('Ana Kim', 'Anna Klein', 'Ben', 'Alf Kern', 'Bea')).toEqual(['AK', 'AN', 'B', 'AL', 'BE']);
    const guests = Array.from({ length: 25 }, (_, n) => `Guest p${n}`);
    expect(new Set(told(...guests)).size).toBe(25);
  });

  it('are told apart by the colour, too, where no letter is left', () => {
    const same = people(...Array.from({ length: 20 }, () => 'Bo Ek'));
    const faces = [...initialsOf(same)].map(([id, own]) => own + String(Number(id) % 12));
    expect(new Set(faces).size).toBe(20);
  });

  it('stay what they are when more people come', () => {
    const names = ['Ana Kim', 'Anna Klein', 'Alf Kern', 'Al Kahn', 'Ana Kim'];
    const before = told(...names.slice(0, 3));
    expect(told(...names).slice(0, 3)).toEqual(before);
  });
});
