/** The workshop as screens see it: reactive reads over the session's view. The only Svelte below the parts. */

import { SvelteSet } from 'svelte/reactivity';

import type {
  Activity,
  Board,
  Command,
  Comment,
  Contribution,
  Door,
  Guest,
  Hook,
  HereUp,
  Issue,
  Lens,
  Note,
  Notice,
  Paper,
  Person,
  Present,
  Section,
  Stack,
  Step,
  Tally,
  Update,
  Workshop,
} from '../protocol/types.ts';
import { NOTES, PAPER_FORM } from '../protocol/limits.ts';
import type { Kept } from '../sync/kept.ts';
import type { Pending } from '../sync/pipeline.ts';
import type { Target } from './uploads.svelte.ts';
import type { Returned, Session } from '../sync/session.ts';
import { Standing } from '../sync/still.ts';
import type { Pass } from './api.ts';
import { isHeld } from './held.ts';
import { History } from './history.svelte.ts';
import { byRank } from './order.ts';
import { Places, type Item, type Turn } from './places.svelte.ts';
import { actFor } from './seats.ts';
import { Tables } from './tables.svelte.ts';
import { takesPart } from './takingpart.ts';
import { unsent } from './unsent.ts';
import { isUntold } from './untold.ts';

/** How the line is, in the words of the save sign. */
export interface Status {
  line: 'connecting' | 'live' | 'offline' | 'ended';
  /** Commands that are not saved yet. */
  waiting: number;
  /** [CLIENT4] Everything is saved, and the line is alive. */
  saved: boolean;
  /** Why it ended, when it did. */
  code: string | null;
  retryAt: number | null;
  /** Between this device and the server a page answers that wants one to sign in ([CLIENT10]). */
  signIn: boolean;
  /** What is shown is from this device, as it was at this time (server's clock, ms); null: the server has spoken. */
  asOf: number | null;
}

type Listener = (turns: readonly Turn[]) => void;
const byJoined = (a: Person, b: Person): number => a.joined - b.joined || (a.id < b.id ? -1 : 1);

export class Live {
  private readonly view = new Tables();
  /** What is held back hangs on its author's wall alone; facilitators have it in a list of its own. */
  private readonly hangs = (note: Note): boolean => !isHeld(note) || this.isMine(note.by);
  /** What comes out of the bin hangs once its words are here ([UNDO4]). */
  private readonly places = new Places((note) => this.hangs(note) && (note.binned || !isUntold(note)));
  private readonly listeners = new Set<Listener>();
  private readonly watchers = new Set<Listener>();
  private confirmedOnce = $state(false);
  readonly history: History;
  private readonly keptAt: number | null;
  /** The picture of the big screen, while it keeps still. */
  readonly standing: Standing;
  /** The workshops as such pictures, where they are shown. */
  private readonly stills = new Set<Live>();
  /** Of such a picture, what came in since; null: this goes along ([SCENE9]). */
  since = $state.raw<{ notes: number; dots: number } | null>(null);
  present = $state.raw<ReadonlyMap<string, Present>>(new Map());
  /** How many more are here, of a crowd that is not told one by one. */
  others = $state(0);
  status = $state.raw<Status>({
    line: 'connecting',
    waiting: 0,
    saved: false,
    code: null,
    retryAt: null,
    signIn: false,
    asOf: null,
  });
  /** What waits for the line, by the ids of what it is about; while the line lives nothing does, and nothing follows it. */
  readonly unsent = new SvelteSet<string>();
  returned = $state.raw<readonly Returned[]>([]);

  readonly steps: Step[] = $derived(this.view.all('step').sort(byRank));
  readonly sections: Section[] = $derived(this.view.all('section').sort(byRank));
  readonly lenses: Lens[] = $derived(this.view.all('lens').sort(byRank));
  readonly boards: Board[] = $derived(this.view.all('board').sort(byRank));
  /** Everybody who ever came in, in that order. */
  readonly joined: Person[] = $derived(this.view.all('person').sort(byJoined));
  readonly people: Person[] = $derived(this.joined.filter(({ removed }) => !removed));
  /** [PEOPLE5] Who takes part, wherever they are counted or told. */
  readonly participants: Person[] = $derived(this.joined.filter(takesPart));
  /** Who was put out. */
  readonly gone: Person[] = $derived(this.joined.filter(({ removed }) => removed));
  /** Facilitators: who waits at the door, the first first. */
  readonly guests: Guest[] = $derived(
    this.view
      .all('guest')
      .filter((guest) => !guest.turned)
      .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1)),
  );
  /** The plan, as it begins. */
  readonly activities: Activity[] = $derived(
    this.view.all('activity').sort((a, b) => a.start - b.start || byRank(a, b)),
  );
  /** What facilitators said to the room, the newest last. */
  readonly notices: Notice[] = $derived(this.view.all('notice').sort((a, b) => a.at - b.at));
  readonly issues: Issue[] = $derived(
    this.view
      .all('issue')
      .filter((issue) => !issue.merged && !isHeld(issue))
      .sort(byRank),
  );
  /** What waits for a facilitator, or one set aside: one's own, and for facilitators everybody's; the oldest first. */
  readonly held: readonly (Note | Issue)[] = $derived.by(() => {
    const notes = this.view.all('note').filter((note) => isHeld(note) && !note.binned);
    const issues = this.view.all('issue').filter((issue) => isHeld(issue) && !issue.merged);
    return [...notes, ...issues].sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  });
  readonly mergedIssues: Issue[] = $derived(this.view.all('issue').filter((issue) => issue.merged !== null));

  private readonly talk: Partial<Record<string, Comment[]>> = $derived.by(() => {
    const talk: Partial<Record<string, Comment[]>> = {};
    for (const comment of this.view.all('comment').sort(byRank)) (talk[comment.note] ??= []).push(comment);
    return talk;
  });

  /** Whether people brought any files that this device may see. */
  readonly holdsFiles = $derived(this.view.all('contribution').some(({ blob }) => blob !== null));

  /** All links and files that this device may see, the oldest first. */
  readonly brought: readonly Contribution[] = $derived(
    this.view.all('contribution').sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1)),
  );
  private readonly given: Partial<Record<string, Contribution[]>> = $derived.by(() => {
    const given: Partial<Record<string, Contribution[]>> = {};
    for (const one of this.brought) (given[`${one.note ?? ''}.${one.issue ?? ''}`] ??= []).push(one);
    return given;
  });

  constructor(
    readonly pass: Pass,
    private readonly session: Session,
    /** What this device kept, to be shown until the server speaks; null: it had nothing. */
    kept: Pick<Kept, 'at' | 'stood'> | null = null,
  ) {
    this.keptAt = kept?.at ?? null;
    this.standing = new Standing(kept?.stood);
    this.history = new History(
      (command) => {
        session.do(command);
      },
      () => session.view,
      () => ({ person: pass.person, now: this.now() }),
      (round) => round !== this.step?.id || this.step.shown,
    );
  }

  /** Whether anything has come from the server yet. */
  get ready(): boolean {
    return this.confirmedOnce;
  }
  get workshop(): Workshop | undefined {
    return this.view.get('workshop', 'workshop');
  }
  /** Facilitators: how people get in. */
  get door(): Door | undefined {
    return this.view.get('door', 'door');
  }
  /** Facilitators: another program that is told of what happens. */
  get hook(): Hook | undefined {
    return this.view.get('hook', 'hook');
  }
  get step(): Step | undefined {
    return this.view.get('step', this.workshop?.step ?? '');
  }
  get stepIndex(): number {
    return this.steps.findIndex((step) => step.id === this.workshop?.step);
  }
  /** [RUN1] Past what is skipped. */
  get nextStep(): Step | undefined {
    return this.steps.slice(this.stepIndex + 1).find((step) => !step.skipped);
  }
  get previousStep(): Step | undefined {
    return this.steps.slice(0, Math.max(0, this.stepIndex)).findLast((step) => !step.skipped);
  }
  get me(): Person | undefined {
    return this.pass.person ? this.view.get('person', this.pass.person) : undefined;
  }
  /** What one is here: by the state, or else by the link. */
  get role(): Pass['role'] {
    return this.me?.role ?? this.pass.role;
  }
  /** The seat that this device acts for; null: the person of the device. */
  acting = $state<string | null>(null);
  /** Who sits at this device without one of their own. */
  readonly seats: Person[] = $derived.by(() =>
    this.people.filter(({ host }) => host !== null && host === this.pass.person),
  );
  /** Whom this device acts for just now. Whoever leads does so as themself. */
  get self(): string | null {
    const seat = this.role === 'participant' ? this.seats.find(({ id }) => id === this.acting) : undefined;
    return seat?.id ?? this.pass.person;
  }
  /** Whether it is of the person of this device, or of somebody who sits at it. */
  isMine(person: string | null): boolean {
    const mine = this.pass.person;
    return person !== null && mine !== null && (person === mine || this.person(person)?.host === mine);
  }
  person(id: string | null): Person | undefined {
    return id ? this.view.get('person', id) : undefined;
  }
  board(id: string | null): Board | undefined {
    return id ? this.view.get('board', id) : undefined;
  }
  note(id: string | null): Note | undefined {
    return id ? this.view.get('note', id) : undefined;
  }
  issue(id: string | null): Issue | undefined {
    return id ? this.view.get('issue', id) : undefined;
  }
  activity(id: string): Activity | undefined {
    return this.view.get('activity', id);
  }
  /** How many notes the workshop may still have. */
  get notesLeft(): number {
    return Math.max(0, NOTES - this.view.all('note').length);
  }
  /** The notes of a section, in order, without the binned. */
  notes(board: string, section: string): readonly Note[] {
    return this.places.on(board, section);
  }
  /** How many notes there are in a section, without the binned. */
  count(board: string, section: string): number {
    return this.places.count(board, section);
  }
  /** How many of its notes lie face down here. */
  sealed(board: string, section: string): number {
    return this.places.sealed(board, section);
  }
  /** What lies in a section, in order: notes by themselves, and stacks. */
  items(board: string, section: string): readonly Item[] {
    return this.places.items(board, section);
  }
  /** [FORM4] The paper may hold what this app does not know: it would take that out, and is not to touch it. */
  get outgrown(): boolean {
    // What was kept by an app from before has no form.
    const { paper_form } = (this.workshop ?? {}) as Partial<Workshop>;
    return (paper_form ?? 1) > PAPER_FORM;
  }
  /** The paper that all write together; it comes once it is asked for, where it has begun. */
  get paper(): Paper | undefined {
    return this.outgrown ? undefined : this.view.get('paper', 'paper');
  }
  /** What was written into it, and is not in its base yet. */
  readonly updates: readonly Update[] = $derived(this.view.all('update'));
  /** [PAPER2] Have the paper sent, or not any more. */
  read(on: boolean): void {
    this.session.read(on);
  }
  /** What one noted to oneself for a step. */
  memo(step: string): string {
    return this.view.get('memo', `${step}.${this.pass.person ?? ''}`)?.text ?? '';
  }
  stack(id: string | null): Stack | undefined {
    return id ? this.view.get('stack', id) : undefined;
  }
  /** The notes of a stack, in order. */
  inside(stack: string): readonly Note[] {
    return this.places.inside(stack);
  }
  /** Whether notes were written or dots placed in a step, as far as may be seen here. */
  holds(step: string): boolean {
    const noted = this.view.all('note').some((note) => note.step === step);
    return noted || this.view.all('tally').some((tally) => tally.round === step);
  }
  /** How many notes whoever this device acts for has in a step, without the binned. */
  written(step: string): number {
    const mine = this.view.all('note').filter((note) => note.by !== null && note.by === this.self);
    return mine.filter((note) => note.step === step && !note.binned && !note.aside).length;
  }
  /** How many issues they proposed, the merged too. */
  proposed(): number {
    const mine = this.view.all('issue').filter((issue) => issue.by !== null && issue.by === this.self);
    return mine.filter((issue) => !issue.aside).length;
  }
  /** All notes of a board, without the binned. */
  notesOn(board: string): Note[] {
    return this.sections.flatMap((section) => this.notes(board, section.id));
  }
  binned(board: string): readonly Note[] {
    return this.places.binned(board);
  }
  /** Be told, until it is called off, what became of all notes, those too that do not hang here. */
  onTouch(listener: Listener): () => void {
    listener(this.view.all('note').map((note) => [undefined, note]));
    this.watchers.add(listener);
    return () => {
      this.watchers.delete(listener);
    };
  }
  /** Be told, until it is called off, what became of notes on the wall; at first of all that are there. */
  onNotes(listener: Listener): () => void {
    listener(this.boards.flatMap(({ id }) => this.notesOn(id)).map((note) => [undefined, note]));
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  }
  /** What was said to a note, in order. */
  commentsOn(note: string): readonly Comment[] {
    return this.talk[note] ?? [];
  }
  contribution(id: string): Contribution | undefined {
    return this.view.get('contribution', id);
  }
  /** Links and files that were brought to something, the oldest first ([GIVE1]). */
  givenTo(to: Target): readonly Contribution[] {
    return this.given[`${to.note ?? ''}.${to.issue ?? ''}`] ?? [];
  }
  /** Whether this person said "me too" to the note. */
  reacted(note: string): boolean {
    return this.view.get('reaction', `${note}.${this.self ?? ''}`) !== undefined;
  }
  myDots(round: string, target: string): number {
    return this.view.get('ballot', `${round}.${this.self ?? ''}.${target}`)?.dots ?? 0;
  }
  dotsLeft(step: Step): number {
    const placed = this.view
      .all('ballot')
      .filter(({ round, person }) => round === step.id && person === this.self);
    return Math.max(0, step.dots - placed.reduce((sum, ballot) => sum + ballot.dots, 0));
  }
  /** The sum of the dots, where it may be seen; undefined where there is none or it is hidden. */
  tally(round: string, target: string): Tally | undefined {
    return this.view.get('tally', `${round}.${target}`);
  }
  /** Those of one round, where they may be seen. */
  tallies(round: string): Tally[] {
    return this.view.all('tally').filter((tally) => tally.round === round);
  }
  /** Dots of all shown rounds on an item. */
  dotsOn(target: string): number {
    return this.steps.reduce((sum, step) => sum + (this.tally(step.id, target)?.dots ?? 0), 0);
  }
  /** All dots that were placed, as far as that may be known. */
  get dots(): number {
    return this.view.all('tally').reduce((sum, tally) => sum + tally.dots, 0);
  }
  /** The server's clock, ms since 1970. Not reactive: ask again when the screen ticks. */
  now(): number {
    return this.session.clock.now();
  }
  /** For whom this device acts just now. */
  do(command: Command): void {
    this.doAs(actFor(this.self === this.pass.person ? null : this.self, command));
  }
  /** As it says itself for whom. */
  doAs(command: Command): void {
    this.history.note(command);
    this.session.do(command);
  }
  here(doing: Omit<HereUp, 'type'>): void {
    this.session.here(doing);
  }
  dismiss(returned: Returned): void {
    this.session.dismiss(returned.n);
  }
  /** This tab, among all that a person has open. */
  get client(): string {
    return this.session.identity.client;
  }
  /** Another tab goes on under this one's name: it is to be opened anew. */
  left = $state(false);
  leave(): void {
    this.session.close();
    this.left = true;
  }
  close(): void {
    this.session.close();
  }

  /** Since when the big screens keep still; null: they go along. */
  get stillSince(): number | null {
    return this.workshop?.wall === 'still' ? this.workshop.wall_at : null;
  }
  /** The workshop as a picture that keeps still, for as long as it does; to be called off with `dropStill`. */
  still(): Live {
    const { session, standing } = this;
    // All that the line says but what is seen and what came back.
    const view = { get: () => standing.picture ?? session.view };
    const still = new Live(this.pass, Object.create(session, { view, returned: { value: [] } }) as Session);
    this.stills.add(still);
    this.keepStill(still);
    return still;
  }
  dropStill(still: Live): void {
    this.stills.delete(still);
  }
  private keepStill(still: Live): void {
    still.refresh();
    const notes = this.view.all('note').filter(({ id, binned }) => !binned && !still.note(id));
    still.since = { notes: notes.length, dots: Math.max(0, this.dots - still.dots) };
  }

  /** Take over what the session says now. */
  refresh(): void {
    const { line, pipeline } = this.session;
    this.show();
    this.standing.follow(this.session.view);
    for (const still of this.stills) this.keepStill(still);
    this.present = this.session.present;
    this.others = this.session.others;
    this.giveBack();
    this.confirmedOnce ||= this.workshop !== undefined;
    this.tellUnsent(line.is === 'live' ? [] : pipeline.pending);
    const waiting = pipeline.pending.length;
    this.status = {
      line: line.is,
      waiting,
      saved: waiting === 0 && line.is === 'live',
      code: line.is === 'ended' ? line.code : null,
      retryAt: line.is === 'offline' ? line.retryAt : null,
      signIn: line.is === 'offline' ? line.signIn : this.status.signIn && line.is === 'connecting',
      asOf: this.session.you === null ? this.keptAt : null,
    };
  }

  private tellUnsent(pending: readonly Pending[]): void {
    if (pending.length + this.unsent.size === 0) return;
    const now = unsent(pending);
    for (const id of this.unsent) if (!now.has(id)) this.unsent.delete(id);
    for (const id of now) this.unsent.add(id);
  }

  /** Words come back to who wrote them; what only took something back needs no second look. */
  private giveBack(): void {
    const known = new Set(this.returned);
    for (const returned of this.session.returned)
      if (!known.has(returned) && this.history.refused(returned)) this.session.dismiss(returned.n);
    this.returned = this.session.returned;
  }

  private hung(note: Note | undefined): Note | undefined {
    return note && this.hangs(note) ? note : undefined;
  }

  private show(): void {
    const turns: Turn[] = [];
    const stacks: Turn<Stack>[] = [];
    this.view.show(this.session.view, (kind, before, after) => {
      if (kind === 'note') turns.push([before as Note | undefined, after as Note | undefined]);
      else if (kind === 'stack') stacks.push([before as Stack | undefined, after as Stack | undefined]);
    });
    if (turns.length + stacks.length === 0) return;
    this.places.change([...turns, ...stacks]);
    for (const watcher of this.watchers) watcher(turns);
    const hung = turns.map((turn): Turn => [this.hung(turn[0]), this.hung(turn[1])]);
    for (const listener of this.listeners) listener(hung);
  }
}
