/** The workshop as screens see it: reactive reads over the session's view. The only Svelte below the parts. */

import type {
  Ballot,
  Board,
  Command,
  HereUp,
  Issue,
  Lens,
  Note,
  Person,
  Present,
  Section,
  Step,
  Tally,
  Workshop,
} from '../protocol/types.ts';
import { adopt } from '../sync/client.ts';
import { View } from '../sync/fold.ts';
import { openOutbox, type Outbox, type Row } from '../sync/outbox.ts';
import { Session, type Returned } from '../sync/session.ts';
import { socketTo } from '../sync/transport.ts';
import type { Pass } from './api.ts';

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
}

const byRank = <T extends { rank: string; id: string }>(a: T, b: T): number =>
  a.rank < b.rank ? -1 : a.rank > b.rank ? 1 : a.id < b.id ? -1 : 1;

const WORLD = {
  now: () => Date.now(),
  random: () => Math.random(),
  later: (run: () => void, ms: number) => {
    const timer = setTimeout(run, ms);
    return () => {
      clearTimeout(timer);
    };
  },
};

export class Live {
  private view = $state.raw(new View());
  private confirmedOnce = $state(false);
  present = $state.raw<ReadonlyMap<string, Present>>(new Map());
  status = $state.raw<Status>({ line: 'connecting', waiting: 0, saved: false, code: null, retryAt: null });
  returned = $state.raw<readonly Returned[]>([]);

  readonly steps: Step[] = $derived(this.view.all('step').sort(byRank));
  readonly sections: Section[] = $derived(this.view.all('section').sort(byRank));
  readonly lenses: Lens[] = $derived(this.view.all('lens').sort(byRank));
  readonly boards: Board[] = $derived(this.view.all('board').sort(byRank));
  readonly people: Person[] = $derived(this.view.all('person').sort((a, b) => a.joined - b.joined));
  readonly issues: Issue[] = $derived(
    this.view
      .all('issue')
      .filter((issue) => !issue.merged)
      .sort(byRank),
  );
  readonly mergedIssues: Issue[] = $derived(this.view.all('issue').filter((issue) => issue.merged !== null));
  private readonly places: Map<string, Note[]> = $derived(placed(this.view.all('note')));
  private readonly sums: Map<string, Tally> = $derived(new Map(this.view.all('tally').map((t) => [t.id, t])));
  private readonly mine: Map<string, Ballot> = $derived(
    new Map(this.view.all('ballot').map((b) => [`${b.round}.${b.target}`, b])),
  );

  constructor(
    readonly pass: Pass,
    private readonly session: Session,
  ) {}

  /** Whether anything has come from the server yet. */
  get ready(): boolean {
    return this.confirmedOnce;
  }
  get workshop(): Workshop | undefined {
    return this.view.get('workshop', 'workshop');
  }
  get step(): Step | undefined {
    return this.view.get('step', this.workshop?.step ?? '');
  }
  get stepIndex(): number {
    return this.steps.findIndex((step) => step.id === this.workshop?.step);
  }
  get nextStep(): Step | undefined {
    return this.steps[this.stepIndex + 1];
  }
  get previousStep(): Step | undefined {
    return this.steps[this.stepIndex - 1];
  }
  get me(): Person | undefined {
    return this.pass.person ? this.view.get('person', this.pass.person) : undefined;
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
  /** The notes of a section, in order, without the binned. */
  notes(board: string, section: string): Note[] {
    return this.places.get(`${board} ${section}`) ?? [];
  }
  /** All notes of a board, without the binned. */
  notesOn(board: string): Note[] {
    return this.sections.flatMap((section) => this.notes(board, section.id));
  }
  binned(board: string): Note[] {
    return this.view.all('note').filter((note) => note.board === board && note.binned);
  }
  myDots(round: string, target: string): number {
    return this.mine.get(`${round}.${target}`)?.dots ?? 0;
  }
  dotsLeft(step: Step): number {
    const placed = [...this.mine.values()].filter((ballot) => ballot.round === step.id);
    return Math.max(0, step.dots - placed.reduce((sum, ballot) => sum + ballot.dots, 0));
  }
  /** The sum of the dots, where it may be seen; undefined where there is none or it is hidden. */
  tally(round: string, target: string): Tally | undefined {
    return this.sums.get(`${round}.${target}`);
  }
  /** Dots of all shown rounds on an item. */
  dotsOn(target: string): number {
    return [...this.sums.values()].filter((t) => t.target === target).reduce((sum, t) => sum + t.dots, 0);
  }
  /** The server's clock, ms since 1970. Not reactive: ask again when the screen ticks. */
  now(): number {
    return this.session.clock.now();
  }
  do(command: Command): void {
    this.session.do(command);
  }
  here(doing: Omit<HereUp, 'type'>): void {
    this.session.here(doing);
  }
  dismiss(returned: Returned): void {
    this.session.dismiss(returned.n);
  }
  close(): void {
    this.session.close();
  }

  /** Take over what the session says now. */
  refresh(): void {
    const { line, pipeline } = this.session;
    this.view = this.session.view;
    this.present = this.session.present;
    this.returned = this.session.returned;
    this.confirmedOnce ||= this.workshop !== undefined;
    const waiting = pipeline.pending.length;
    this.status = {
      line: line.is,
      waiting,
      saved: waiting === 0 && line.is === 'live',
      code: line.is === 'ended' ? line.code : null,
      retryAt: line.is === 'offline' ? line.retryAt : null,
    };
  }
}

function placed(notes: Note[]): Map<string, Note[]> {
  const places = new Map<string, Note[]>();
  for (const note of notes) {
    if (note.binned) continue;
    const place = `${note.board} ${note.section}`;
    const there = places.get(place);
    if (there) there.push(note);
    else places.set(place, [note]);
  }
  for (const there of places.values()) there.sort(byRank);
  return places;
}

/** Open the live line for a pass: with what earlier tabs of this person left, and woken when the device wakes. */
export async function openLive(pass: Pass): Promise<Live> {
  const outbox = await openOutbox();
  const rows = await outbox.of(pass.workshop, pass.person ?? '').catch(() => []);
  const { client, rows: mine, orphans } = await adopt(rows);
  let live: Live | null = null;
  let due = false;
  const refresh = (): void => {
    if (due) return;
    due = true;
    queueMicrotask(() => {
      due = false;
      live?.refresh();
    });
  };
  const session = sessionFor(pass, client, outbox, refresh);
  live = new Live(pass, session);
  session.open(mine);
  wakeWith(session);
  for (const left of orphans) drain(pass, outbox, left);
  return live;
}

function sessionFor(pass: Pass, client: string, outbox: Outbox, changed: () => void): Session {
  const url = `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/ws`;
  const identity = { workshop: pass.workshop, person: pass.person, token: pass.token, client };
  return new Session(identity, outbox, socketTo(url), WORLD, changed);
}

/** [CLIENT6] Send what a closed tab left, under its own name, then leave. */
function drain(pass: Pass, outbox: Outbox, rows: readonly Row[]): void {
  const client = rows[0]?.client;
  if (!client) return;
  const session: Session = sessionFor(pass, client, outbox, () => {
    if (session.pipeline.pending.length === 0) session.close();
  });
  session.open(rows);
}

function wakeWith(session: Session): void {
  const wake = (): void => {
    if (document.visibilityState === 'visible') session.wake();
  };
  for (const sign of ['visibilitychange', 'resume'] as const) document.addEventListener(sign, wake);
  for (const sign of ['online', 'pageshow', 'focus'] as const) window.addEventListener(sign, wake);
}
