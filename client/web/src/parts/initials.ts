import type { Person } from '../protocol/types.ts';

/** Names as initials: the first letter of the first word, and of the last, where there are several. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/u);
  return pair(lettersOf(words[0])[0], words.length > 1 ? lettersOf(words.at(-1))[0] : '');
}

/** [ALL6] Everybody's, told apart: who joined first has theirs, and who would have the same, another letter of their name. */
export function initialsOf(people: readonly Person[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const [taken, worn] = [new Set<string>(), new Set<string>()];
  for (const { id, name, hue } of people) {
    const ways = waysOf(name);
    const own =
      ways.find((way) => !taken.has(way)) ?? ways.find((way) => !worn.has(`${way}${hue}`)) ?? initials(name);
    taken.add(own);
    worn.add(`${own}${hue}`);
    found.set(id, own);
  }
  return found;
}

/** Its initials; then the first letter and another one, of the first word or else of the last; at last how it ends. */
function waysOf(name: string): string[] {
  const words = name.trim().split(/\s+/u);
  const [first, ...rest] = lettersOf(words[0]);
  const last = lettersOf(words.at(-1));
  const others = words.length > 1 ? [...rest, ...last.slice(1)] : rest;
  return [initials(name), ...others.map((other) => pair(first, other)), pair(...last.slice(-2))];
}

function pair(first = '', second = ''): string {
  return (first + second).toUpperCase();
}

function lettersOf(word = ''): string[] {
  return Array.from(word);
}
