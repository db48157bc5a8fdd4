import { getContext, setContext } from 'svelte';
import { SvelteSet } from 'svelte/reactivity';

import type { Issue, Note, Person, Present, Section, Step } from '../protocol/types.ts';
import type { Live } from '../store/live.svelte.ts';
import { Fresh } from './fresh.svelte.ts';
import { Undo } from './undo.ts';

export interface Here {
  person: Person;
  present: Present;
}

/** What the parts of one screen share: the live workshop, its clock, the round of dots, and the hand on the wall. */
export class Room {
  readonly live: Live;
  readonly undo: Undo;
  /** The server's clock, once a second. */
  now = $state(0);
  /** What a screen reader says next. */
  said = $state('');
  /** While a hand is on the wall, lists keep still. */
  held = $state(false);
  /** The notes that were seen face down, to turn them over when they are revealed. */
  readonly facedown = new SvelteSet<string>();

  /** What came while one looked away. */
  readonly fresh = new Fresh();

  constructor(live: Live) {
    this.live = live;
    this.now = live.now();
    this.undo = new Undo(live);
  }

  readonly leads: boolean = $derived.by(() => this.live.pass.role === 'facilitator');
  readonly screen: boolean = $derived.by(() => this.live.pass.role === 'projector');
  readonly closed: boolean = $derived.by(() => this.live.step?.step === 'close');

  /** Who is connected, as they joined. */
  readonly here: Here[] = $derived.by(() =>
    this.live.people.flatMap((person) => {
      const present = this.live.present.get(person.id);
      return present ? [{ person, present }] : [];
    }),
  );
  /** Who else is writing in this note just now, as far as that may be told. */
  writerOf(note: string): Person | undefined {
    return this.here.find(
      ({ person, present }) => present.note === note && person.id !== this.live.pass.person,
    )?.person;
  }

  /** The participants of a board; null: those who have none. */
  peopleOn(board: string | null): Person[] {
    return this.live.people.filter((person) => person.role === 'participant' && person.board === board);
  }

  /** The round of dots that counts: the current one, or else the last vote up to here. */
  readonly round: Step | undefined = $derived.by(() => {
    const step = this.live.step;
    if (step?.step === 'choose' || step?.step === 'vote') return step;
    return this.live.steps.slice(0, this.live.stepIndex + 1).findLast((s) => s.step === 'vote');
  });
  readonly dotsLeft: number = $derived.by(() => (this.round ? this.live.dotsLeft(this.round) : 0));
  /** Sums may be seen: the round is open, or its results were shown. */
  readonly counted: boolean = $derived.by(() => (this.round ? !this.round.blind || this.round.shown : false));

  sumOf(target: string): number {
    return this.round ? (this.live.tally(this.round.id, target)?.dots ?? 0) : 0;
  }

  votersOf(target: string): number {
    return this.round ? (this.live.tally(this.round.id, target)?.people ?? 0) : 0;
  }

  dotsOn(target: string): number {
    return this.round ? this.live.myDots(this.round.id, target) : 0;
  }

  /** The most wanted first; where dots are equal, as they hang. */
  ranked<T extends Note | Issue>(items: readonly T[]): T[] {
    return items
      .map((item) => ({ item, sum: this.sumOf(item.id) }))
      .sort((a, b) => b.sum - a.sum)
      .map(({ item }) => item);
  }

  section(id: string): Section | undefined {
    return this.live.sections.find((section) => section.id === id);
  }

  binOf(board: string): Note[] {
    return this.live.binned(board).filter((note) => note.text !== '');
  }

  /** Minutes of the current step, with what was added; 0: no clock. */
  readonly minutes: number = $derived.by(() =>
    this.live.step?.minutes ? this.live.step.minutes + (this.live.workshop?.extended ?? 0) : 0,
  );
  readonly ends: number | null = $derived.by(() =>
    this.live.workshop && this.live.step?.minutes
      ? this.live.workshop.step_started + this.minutes * 60_000
      : null,
  );
  /** Milliseconds until the step should be over; below zero: over time. Never more than it has, on a slow clock. */
  readonly left: number | null = $derived.by(() =>
    this.ends === null ? null : Math.min(this.ends - this.now, this.minutes * 60_000),
  );

  say(words: string): void {
    this.said = '';
    setTimeout(() => {
      this.said = words;
    }, 30);
  }

  /** Once a second the clock moves; returns what stops it. */
  start(): () => void {
    const tick = setInterval(() => {
      this.now = this.live.now();
    }, 1_000);
    return () => {
      clearInterval(tick);
    };
  }
}

const KEY = Symbol('room');

export function provideRoom(room: Room): Room {
  return setContext(KEY, room);
}

export function useRoom(): Room {
  return getContext<Room>(KEY);
}
