import { getContext, setContext, untrack } from 'svelte';
import { SvelteSet } from 'svelte/reactivity';

import type { HereUp, Issue, Note, Person, Present, Section, Step } from '../protocol/types.ts';
import type { Deed } from '../store/history.svelte.ts';
import type { Live } from '../store/live.svelte.ts';
import type { Item } from '../store/places.svelte.ts';
import { byRank } from '../store/order.ts';
import { stepClock, type StepClock } from '../store/stepclock.ts';
import { takesPart } from '../store/takingpart.ts';
import { Uploads, type Target } from '../store/uploads.svelte.ts';
import { brief, t } from '../words/index.ts';
import { Cap } from './cap.svelte.ts';
import { Fresh } from './fresh.svelte.ts';
import { Going } from './going.ts';
import { initialsOf } from './initials.ts';
import { Search } from './search.svelte.ts';
import { Selection } from './selection.svelte.ts';

/** A few words for a moment. `deed`: what they tell of, to be taken back from there. */
export interface Toast {
  words: string;
  deed: Deed | undefined;
  /** When it was told, ms. */
  at: number;
  /** The stack that was just made: it can be given its name from there. */
  stack: string | undefined;
}

const ASKED: ReadonlySet<string> = new Set(['propose', 'choose', 'write', 'vote']);

export interface Here {
  person: Person;
  present: Present;
}

/** Whether what is still being written in one step is taken in another ([SOFT3]). */
function takesLate(written: Step, now: Step): boolean {
  return now.step !== 'close' && (written.step !== 'propose' || now.step === 'choose');
}

/** What the parts of one screen share: the live workshop, its clock, the round of dots, and the hand on the wall. */
export class Room {
  readonly live: Live;
  /** The server's clock, once a second. */
  now = $state(0);
  /** What a screen reader says now. */
  said = $state('');
  private saying: string[] = [];
  /** One looks at the paper, whatever the step. */
  reading = $state(false);
  /** While a hand is on the wall, lists keep still. */
  held = $state(false);
  /** What is to be brought into view with the focus on it, as soon as a column shows it. */
  sought = $state.raw<string | null>(null);
  /** The stack that is to be given its name, once it is in sight. */
  naming = $state.raw<string | null>(null);
  toast = $state.raw<Toast | null>(null);
  /** The big screen is open within one's own ([SCENE10]). */
  big = $state(false);
  /** One is not in the room, so its big screen is nowhere else to be seen. */
  readonly remote: boolean = $derived.by(() => this.live.me?.place === 'remote');
  /** What one brings links and files to just now. */
  giving = $state.raw<Target | null>(null);
  /** Files that are on their way from this page. */
  readonly uploads: Uploads;
  /** The note or stack of which one asks where it went. */
  traced = $state.raw<string | null>(null);
  /** The note whose comments are open. */
  talking = $state.raw<string | null>(null);
  /** The notes that were seen face down, to turn them over when they are revealed. */
  // Asked only when they turn; nothing is drawn from it.
  // eslint-disable-next-line svelte/prefer-svelte-reactivity
  readonly facedown = new Set<string>();

  /** What is chosen together. */
  readonly selection: Selection;
  /** The stacks whose notes lie open on this device. */
  readonly fanned = new SvelteSet<string>();

  /** What one writes in a note, while others take it elsewhere. */
  readonly going: Going;
  /** What came while one looked away. */
  readonly fresh: Fresh;
  readonly search: Search;
  readonly cap: Cap;
  /** A note that somebody pointed at, by a link: it is to be found and shown. */
  linked = $state.raw<string | null>(null);
  /** The note that is shown as the one that was looked for. */
  marked = $state.raw<string | null>(null);

  constructor(live: Live) {
    this.live = live;
    this.now = live.now();
    live.history.missed = (how) => {
      this.tell(t(`undo.${how}`));
    };
    this.uploads = new Uploads(live.pass, ({ title }) => {
      this.tell(t('give.added', { title: brief(title, 60) }));
    });
    this.going = new Going(this);
    this.fresh = new Fresh(live);
    this.search = new Search(live, this.fresh);
    this.selection = new Selection(live, (note) => this.search.isShown(note));
    this.cap = new Cap(live, () => this.step);
  }

  readonly leads: boolean = $derived.by(() => this.live.role === 'facilitator');
  readonly screen: boolean = $derived.by(() => this.live.pass.role === 'projector');
  /** Places of this screen that hold words which are not sent yet. */
  private readonly pens = new SvelteSet<symbol>();
  /** The step that was on this screen, and where one stays in it to finish, while the others moved on. */
  private shown: string | null = null;
  private stayed = $state<string | null>(null);

  /** The step in which one finishes what one is writing, while the others moved on ([SOFT3]). */
  readonly staying: Step | undefined = $derived.by(() => {
    const [now, step] = [this.live.step, this.live.steps.find(({ id }) => id === this.stayed)];
    return now && step && step.id !== now.id && takesLate(step, now) ? step : undefined;
  });
  /** The step that is on this screen. */
  get step(): Step | undefined {
    return this.staying ?? this.live.step;
  }
  /** A place to write in: it says whether it holds words that are not sent yet. */
  pen(): (busy: boolean) => void {
    const place = Symbol('pen');
    return (busy) => {
      if (busy) this.pens.add(place);
      else this.pens.delete(place);
    };
  }
  /** [SOFT3] The workshop is at this step: whoever writes stays where they are, everybody else goes along. */
  goAlong(step: string | null): void {
    if (this.pens.size === 0) this.stayed = null;
    else if (step !== this.shown) this.stayed ??= this.shown;
    if (!this.staying) this.stayed = null;
    this.shown = this.step?.id ?? null;
  }
  /** On to where the others are; what is not sent stays in its place. */
  follow(): void {
    this.stayed = null;
    this.shown = this.step?.id ?? null;
  }
  /** What everybody was brought to; null: people are where they like ([GATHER1]). */
  readonly gathering: string | null = $derived.by(() => {
    const { gathered, spotlight } = this.live.workshop ?? {};
    return gathered ? (spotlight ?? null) : null;
  });
  /** One is where everybody was brought: not while words are in the hand, nor after one went back ([GATHER2]). */
  readonly gathered: boolean = $derived.by(
    () => this.gathering !== null && (this.way ?? (this.pens.size > 0 ? 'apart' : 'there')) === 'there',
  );
  /** Where one chose to be, until everybody is let go. */
  private way = $state<'there' | 'apart' | null>(null);
  /** Go along with everybody, back to one's own screen, or wherever one is brought. */
  choose(way: 'there' | 'apart' | null): void {
    this.way = way;
  }
  /** Say where one is. Who stays in a step that keeps something back is not told of as writing. */
  appear(doing: Omit<HereUp, 'type'>): void {
    const hidden = this.staying && (this.staying.private || this.staying.anonymous);
    this.live.here(hidden ? { board: doing.board ?? null } : doing);
  }

  /** The writing step that is on this screen. */
  get writing(): string | null {
    return this.step?.step === 'write' ? this.step.id : null;
  }
  /** What is written now is seen by nobody else yet. */
  get hides(): boolean {
    return this.step?.private === true && !this.step.revealed;
  }
  /** A note of another step, which all read while what is written now is hidden ([STEP10]). */
  isBefore(note: Note): boolean {
    return this.hides && note.step !== this.step?.id;
  }
  readonly closed: boolean = $derived.by(() => this.live.step?.step === 'close');

  /** One's writing is paused. */
  readonly muted: boolean = $derived.by(() => this.live.me?.muted ?? false);

  /** Whether one leads this board: as a facilitator, or as its second. */
  leadsOn(board: string): boolean {
    return this.leads || this.live.me?.leads === board;
  }

  /** Whether this board is locked for oneself. */
  isShut(board: string): boolean {
    return this.live.board(board)?.locked === true && !this.leadsOn(board);
  }

  /** Whether one may write on this board now. */
  writesOn(board: string): boolean {
    return !this.closed && !this.muted && !this.isShut(board);
  }

  /** One's own board is locked for oneself where notes are written: nothing is asked of one there. */
  readonly lockedOut: boolean = $derived.by(() => {
    return this.step?.step === 'write' && this.isShut(this.live.me?.board ?? '');
  });

  isHere(person: string): boolean {
    return this.live.present.has(this.live.person(person)?.host ?? person);
  }

  /** [ALL6] By what each person's face is known. */
  readonly initials: ReadonlyMap<string, string> = $derived.by(() =>
    initialsOf(this.names === '' ? [] : untrack(() => this.live.joined)),
  );
  /** In the order in which they came: of all that changes about people, faces follow these alone. */
  private readonly names = $derived.by(() => this.live.joined.map(({ name }) => name).join('\n'));

  /** Where people work by themselves they may say that they are ready, until what came of it is shown, or their board is locked. */
  readonly asksReady: boolean = $derived.by(
    () => ASKED.has(this.live.step?.step ?? '') && !this.live.step?.shown && !this.lockedOut,
  );

  /** How many people are connected. */
  get count(): number {
    return this.here.length + this.live.others;
  }

  /** Those of them who take part; of a crowd also whoever is not told by name. */
  get taking(): number {
    return this.here.filter(({ person }) => takesPart(person)).length + this.live.others;
  }

  /** How many devices they have. */
  get devices(): number {
    const told = [...this.live.present.values()].reduce((sum, { devices }) => sum + devices, 0);
    return told + this.live.others;
  }

  /** Who is connected, as they joined; of a crowd only those who are told by name. */
  readonly here: Here[] = $derived.by(() =>
    this.live.people.flatMap((person) => {
      const present = this.live.present.get(person.host ?? person.id);
      if (!present) return [];
      return [{ person, present: person.host ? { ...present, note: null, typing: false } : present }];
    }),
  );
  private readonly writers: Partial<Record<string, Person>> = $derived.by(() =>
    Object.fromEntries(
      this.here.flatMap(({ person, present }) =>
        present.note && person.id !== this.live.pass.person ? [[present.note, person]] : [],
      ),
    ),
  );
  /** Who else is writing in this note just now, as far as that may be told. */
  writerOf(note: string): Person | undefined {
    return this.writers[note];
  }

  /** The participants of a board; null: those who have none. */
  peopleOn(board: string | null): Person[] {
    return this.live.participants.filter((person) => person.board === board);
  }

  /** Whose hands are up, who asked first first. */
  readonly hands: Person[] = $derived.by(() =>
    this.live.people
      .filter(({ hand }) => hand !== null)
      .sort((a, b) => (a.hand ?? 0) - (b.hand ?? 0) || (a.id < b.id ? -1 : 1)),
  );

  /** The round of dots that counts: the current one, or else the last vote up to here. */
  readonly round: Step | undefined = $derived.by(() => {
    const step = this.live.step;
    if (step?.step === 'choose' || step?.step === 'vote') return step;
    return this.live.steps.slice(0, this.live.stepIndex + 1).findLast((s) => s.step === 'vote' && !s.skipped);
  });
  /** Dots of it may be placed and taken back. */
  readonly votes: boolean = $derived.by(
    () => this.round !== undefined && this.round.id === this.live.step?.id && !this.round.shown,
  );
  readonly dotsLeft: number = $derived.by(() => (this.round ? this.live.dotsLeft(this.round) : 0));
  /** Sums may be seen: the round is open, or its results were shown. */
  readonly counted: boolean = $derived.by(() => (this.round ? !this.round.blind || this.round.shown : false));

  sumOf(target: string): number {
    return this.round ? (this.live.tally(this.round.id, target)?.dots ?? 0) : 0;
  }

  /** How many dots of the round were given in all; or on one board. */
  given(board?: string): number {
    const all = this.round ? this.live.tallies(this.round.id) : [];
    const there = board === undefined ? all : all.filter(({ target }) => this.item(target)?.board === board);
    return there.reduce((sum, { dots }) => sum + dots, 0);
  }

  votersOf(target: string): number {
    return this.round ? (this.live.tally(this.round.id, target)?.people ?? 0) : 0;
  }

  dotsOn(target: string): number {
    return this.round ? this.live.myDots(this.round.id, target) : 0;
  }

  /** The most wanted first; where dots are equal, the larger stack, then single notes, as they hang ([VOTE7]). */
  ranked<T extends Item | Issue>(items: readonly T[]): T[] {
    return items
      .map((item) => ({ item, sum: this.wanted(item), size: this.sizeOf(item) }))
      .sort((a, b) => b.sum - a.sum || b.size - a.size)
      .map(({ item }) => item);
  }

  /** Its place among all of them, from 1: how many are more wanted, so that equals share one; null without a dot ([VOTE7]). */
  placeIn(all: readonly Issue[], issue: Issue): number | null {
    if (this.wanted(issue) === 0) return null;
    return 1 + all.filter((other) => this.wanted(other) > this.wanted(issue)).length;
  }

  private wanted(item: Item | Issue): number {
    return item.kind === 'issue' ? this.sumOf(item.id) : this.totalOf(item);
  }

  /** How many notes it is: notes are counted everywhere, never stacks. */
  sizeOf(item: Item | Issue): number {
    return item.kind === 'stack' ? this.live.inside(item.id).length : 1;
  }

  /** A note or a stack. */
  item(id: string | null): Item | undefined {
    return this.live.note(id) ?? this.live.stack(id);
  }

  /** How an item is spoken of: the words of a note, the name of a stack or else its first note's words. */
  textOf(item: Item): string {
    if (item.kind === 'note') return item.text;
    return item.title || (this.live.inside(item.id)[0]?.text ?? '');
  }

  /** When an item was written; a stack, when its newest note was. */
  atOf(item: Item): number {
    if (item.kind === 'note') return item.at;
    return Math.max(0, ...this.live.inside(item.id).map((note) => note.at));
  }

  /** What may be read in a section: its notes that are not sealed, and its stacks. */
  openIn(board: string, section: string): Item[] {
    return this.live.items(board, section).filter((item) => item.kind === 'stack' || !item.sealed);
  }

  /** The dots on an item; of a stack its own and its notes'. */
  totalOf(item: Item): number {
    const inside = item.kind === 'stack' ? this.live.inside(item.id) : [];
    return inside.reduce((sum, note) => sum + this.sumOf(note.id), this.sumOf(item.id));
  }

  section(id: string): Section | undefined {
    return this.live.sections.find((section) => section.id === id);
  }

  /** What lies in the bin and may be read, what was put there last on top. */
  binOf(board: string): Note[] {
    const told = this.live.binned(board).filter((note) => note.text !== '');
    return told.sort((a, b) => b.binned_at - a.binned_at || b.at - a.at || byRank(a, b));
  }

  /** How much longer than the room one's own group has, ms ([MON3]). */
  readonly extra: number = $derived.by(() =>
    this.leads ? 0 : (this.live.board(this.live.me?.board ?? null)?.extra ?? 0),
  );
  readonly clock: StepClock | null = $derived.by(() => {
    const { workshop, step } = this.live;
    return workshop && step ? stepClock(workshop, step, this.now, this.extra) : null;
  });
  /** Milliseconds until the step should be over; below zero: over time. One that has not begun is not shown ([TIME4]). */
  readonly left: number | null = $derived.by(() =>
    this.clock && !this.clock.waits && (this.leads || !this.clock.fresh) ? this.clock.left : null,
  );
  readonly ends: number | null = $derived.by(() => this.clock?.ends ?? null);

  /** Have a screen reader say it, in one with what else is to be said at this moment, and once. */
  say(words: string): void {
    if (this.saying.includes(words)) return;
    this.saying.push(words);
    if (this.saying.length > 1) return;
    this.said = '';
    setTimeout(() => {
      this.said = this.saying.join(' ');
      this.saying = [];
    }, 60);
  }

  /** Say it, and show it for a moment; `undoable`: with a way back from what was just done. */
  tell(words: string, undoable = false, stack?: string): void {
    const deed = undoable ? this.live.history.last : undefined;
    this.toast = { words, deed, at: Date.now(), stack };
    this.say(words);
  }

  /** What was done on a board that is locked for oneself waits until it is unlocked, either way ([UNDO6]). */
  waits(deed: Deed | undefined): boolean {
    return this.isShut(this.live.history.boardOf(deed) ?? '');
  }

  private toldToWait(deed: Deed | undefined): boolean {
    const waits = this.waits(deed);
    if (waits) this.tell(t('board.locked'));
    return waits;
  }

  /** Take back one's own last action. */
  takeBack(): void {
    if (this.toldToWait(this.live.history.last)) return;
    const how = this.live.history.undo();
    this.tell(t(how === 'done' ? 'undo.undone' : `undo.${how}`));
  }

  /** Do again what was taken back last. */
  doAgain(): void {
    if (this.toldToWait(this.live.history.next)) return;
    const how = this.live.history.redo();
    const words = { done: 'undo.redone', nothing: 'undo.noMore' } as const;
    this.tell(t(how === 'done' || how === 'nothing' ? words[how] : `undo.${how}`));
  }

  /** Within a second, when the time left gets to the next whole one: so it does on all screens at once. */
  private readonly beat: number = $derived.by(() => (this.live.workshop?.step_started ?? 0) % 1_000);

  /** The clock moves; returns what stops it. */
  start(): () => void {
    const { beat } = this;
    let wait: ReturnType<typeof setTimeout>;
    const tick = (): void => {
      this.now = this.live.now();
      wait = setTimeout(tick, 1_000 - ((this.now - beat) % 1_000));
    };
    tick();
    return () => {
      clearTimeout(wait);
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
