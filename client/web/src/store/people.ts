/** What people ask about people, as commands. */

import type { Board, Person } from '../protocol/types.ts';
import type { Live } from './live.svelte.ts';

export function raiseHand(live: Live): void {
  live.do({ do: 'hand.raise' });
}

export function lowerHand(live: Live, person: Person): void {
  live.do({ do: 'hand.lower', person: person.id });
}

export function lowerHands(live: Live): void {
  live.do({ do: 'hand.clear' });
}

export function movePerson(live: Live, person: Person, board: string | null): void {
  live.do({ do: 'person.move', person: person.id, board });
}

export function renamePerson(live: Live, person: Person, name: string): void {
  live.do({ do: 'person.rename', person: person.id, name, place: person.place });
}

/** `instead`: of whoever gives it. */
export function giveRole(
  live: Live,
  person: Person,
  role: 'facilitator' | 'participant',
  instead = false,
): void {
  live.do({ do: 'person.role', person: person.id, role, instead });
}

export function leadBoard(live: Live, person: Person, board: Board | null): void {
  live.do({ do: 'person.lead', person: person.id, board: board?.id ?? null });
}

export function mute(live: Live, person: Person, muted: boolean): void {
  live.do({ do: 'person.mute', person: person.id, muted });
}

export function remove(live: Live, person: Person, removed: boolean): void {
  live.do({ do: 'person.remove', person: person.id, removed });
}

/** Those who join late go to the smallest group, or choose. */
export function placeLate(live: Live, on: boolean): void {
  live.do({ do: 'people.place', on });
}
