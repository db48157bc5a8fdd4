/** One device's line, kept alive: says hello, sends what waits, folds what comes, notices death, comes back. */

import { CODES } from '../protocol/codes.ts';
import { BEAT_MS, DEAD_MS, PAPER_FORM } from '../protocol/limits.ts';
import type {
  Code,
  Command,
  Down,
  HereDown,
  HereUp,
  Position,
  Present,
  Record as AnyRecord,
  Refused,
  Up,
  You,
} from '../protocol/types.ts';
import { pause } from './backoff.ts';
import { ServerClock } from './clock.ts';
import { View, viewOf } from './fold.ts';
import { Holding } from './holding.ts';
import type { Outbox, Row } from './outbox.ts';
import { Pipeline, type Pending } from './pipeline.ts';
import { predict } from './predict.ts';
import type { Stood } from './still.ts';
import { SIGN_IN } from './stream.ts';
import type { Connect, Wire } from './transport.ts';

/** A line that was opened may take so long for its first message: all of a big workshop, over bad wifi. */
const FIRST_MS = 20_000;
/** Quiet for so long, it answers what comes: a phone's radio is awake just then. The server beats a little later ([LIVE3]). */
const ANSWER_AT_MS = BEAT_MS - 1_000;
/** How often it asks what time it is ([CLIENT7]). */
const ASK_MS = 30_000;
/** After the device woke, a line that lives answers within this. */
const WAKE_MS = 3_000;

export type Line =
  | { is: 'connecting'; wire: Wire | null }
  | { is: 'live'; wire: Wire }
  /** `signIn`: the network wants one to sign in first ([CLIENT10]). */
  | { is: 'offline'; retryAt: number; signIn: boolean }
  | { is: 'ended'; code: Code };

/** Time and chance, given so that tests can own them. */
export interface World {
  /** Milliseconds since 1970 when the page began, and from there without jumps: a clock set anew changes nothing. */
  now(): number;
  later(run: () => void, ms: number): () => void;
  random(): number;
}

export interface Identity {
  workshop: string;
  person: string | null;
  token: string;
  client: string;
}

/** The last confirmed state, as a device keeps it. */
export interface Held {
  position: Position;
  records: AnyRecord[];
  /** The picture of the big screen, while it keeps still. */
  stood?: Stood | null;
}

/** A command that was refused for good, with what its author wrote. */
export interface Returned {
  n: number;
  command: Command;
  code: Code;
  message: string;
}

export class Session {
  line: Line = { is: 'connecting', wire: null };
  you: You | null = null;
  confirmed = new View();
  present = new Map<string, Present>();
  /** How many more are here, of a crowd that is not told one by one. */
  others = 0;
  returned: Returned[] = [];
  readonly clock: ServerClock;
  readonly pipeline = new Pipeline();
  private position: Position | null = null;
  /** How often we were told to wait, and it is not over yet ([CLIENT12]). */
  private pauses = 0;
  private tries = 0;
  private asked: number | null = null;
  private heardAt = 0;
  private saidAt = 0;
  private askedAt = 0;
  /** The line is open, and hello was said on it. */
  private greeted = false;
  private unrouse: (() => void) | null = null;
  private stop: (() => void) | null = null;
  private doing: HereUp = { type: 'here' };
  /** The paper is wanted. */
  private reading = false;
  private readonly holding = new Holding();

  constructor(
    readonly identity: Identity,
    private readonly outbox: Outbox,
    private readonly connect: Connect,
    private readonly world: World,
    private readonly changed: () => void,
  ) {
    this.clock = new ServerClock(() => world.now());
  }

  /** Begin, with what an earlier tab left under this client id, and the state that this device saw last. */
  open(rows: readonly Row[] = [], held?: Held): void {
    if (held) {
      this.confirmed = viewOf(held.records);
      this.position = held.position;
    }
    for (const row of rows) this.pipeline.add(row.command, row.n, true);
    this.dial();
  }

  /** What to keep for when there is no network; null before anything came. */
  get held(): Held | null {
    return this.position && { position: this.position, records: this.confirmed.records() };
  }

  /** What is seen: the confirmed, with the pending laid over it ([CLIENT1]). */
  get view(): View {
    const me = { person: this.identity.person, now: this.clock.now() };
    let view = this.confirmed;
    for (const pending of this.pipeline.pending) {
      if (pending.done === null) view = view.with(predict(pending.command, view, me));
    }
    return view;
  }

  /** Ask for something: seen at once, kept on the device, then sent. For a workshop that is no more nothing is kept. */
  do(command: Command): void {
    if (this.line.is === 'ended' && this.line.code === 'deleted') return;
    const pending = this.pipeline.add(command);
    this.changed();
    void this.keep(pending);
  }

  here(doing: Omit<HereUp, 'type'>): void {
    this.doing = { type: 'here', ...doing };
    this.appear();
  }

  watch(boards: string[] | null): void {
    this.send({ type: 'watch', boards });
  }

  /** [PAPER2] Have the paper sent, or not any more; on later lines too. */
  read(on: boolean): void {
    if (this.reading === on) return;
    this.reading = on;
    this.send({ type: 'watch', paper: on });
  }

  dismiss(n: number): void {
    this.returned = this.returned.filter((returned) => returned.n !== n);
    this.changed();
  }

  /** The device woke, or the network is back: look at once ([LIVE1]). Its clock may have stood still meanwhile. */
  wake(): void {
    if (this.line.is === 'ended') return;
    if (this.line.is === 'offline' || !this.line.wire) {
      this.dial();
      return;
    }
    const { wire } = this.line;
    if (this.world.now() - this.heardAt >= DEAD_MS) {
      this.redial(wire);
      return;
    }
    const heardAt = this.heardAt;
    if (this.line.is === 'live') this.ask();
    this.unrouse?.();
    this.unrouse = this.world.later(() => {
      if (this.isOn(wire) && this.heardAt === heardAt) this.redial(wire);
    }, WAKE_MS);
  }

  close(): void {
    this.stop?.();
    this.unrouse?.();
    if ('wire' in this.line) this.line.wire?.close();
    this.line = { is: 'ended', code: 'removed' };
  }

  private async keep(pending: Pending): Promise<void> {
    const { workshop, person, client } = this.identity;
    try {
      await this.outbox.put({
        workshop,
        person: person ?? '',
        client,
        n: pending.n,
        command: pending.command,
      });
    } catch {
      // The device refuses to keep it; it still goes out, and the sign says "saving" until it is saved.
    }
    pending.kept = true;
    this.flush();
  }

  private dial(): void {
    this.stop?.();
    this.greeted = false;
    const wire = this.connect({
      opened: () => {
        if (this.isOn(wire)) this.greet();
      },
      stirred: () => {
        if (this.isOn(wire)) this.heardAt = this.world.now();
      },
      heard: (text) => {
        if (this.isOn(wire)) this.hear(JSON.parse(text) as Down);
      },
      closed: (code) => {
        if (this.isOn(wire)) this.lost(code);
      },
    });
    this.line = { is: 'connecting', wire };
    this.heardAt = this.world.now();
    this.watchOver();
    this.changed();
  }

  /** The device slept, and the line with it: no need to wait. */
  private redial(wire: Wire): void {
    wire.close();
    this.pipeline.cut();
    this.dial();
  }

  private isOn(wire: Wire): boolean {
    return 'wire' in this.line && this.line.wire === wire;
  }

  private greet(): void {
    const { token, client } = this.identity;
    this.greeted = true;
    this.heardAt = this.world.now();
    const after = this.position ? { after: this.position } : {};
    this.send({ type: 'hello', token, client, form: PAPER_FORM, ...after });
  }

  private send(message: Up): void {
    if (!('wire' in this.line)) return;
    const early = this.greeted && (message.type === 'hello' || message.type === 'beat');
    if (this.line.is !== 'live' && !early) return;
    this.saidAt = this.world.now();
    this.line.wire?.send(JSON.stringify(message));
  }

  /** Beats while the line lives; a silent one is cut ([LIVE1]). */
  private watchOver(): void {
    const now = this.world.now();
    const due = [now + BEAT_MS / 2, this.deadAt, this.saidAt + BEAT_MS].filter((at) => at > now);
    this.stop = this.world.later(
      () => {
        if (this.world.now() >= this.deadAt) {
          if ('wire' in this.line) this.line.wire?.close();
          this.lost(CODES.dead.close ?? 0);
          return;
        }
        if (this.world.now() >= this.saidAt + BEAT_MS) this.beat();
        this.tellHeld();
        this.watchOver();
      },
      Math.min(...due) - now,
    );
  }

  /** When the line is given up, if nothing comes. */
  private get deadAt(): number {
    return this.heardAt + (this.line.is === 'connecting' && this.greeted ? FIRST_MS : DEAD_MS);
  }

  /** Shows life; asks what time it is only where that is due. */
  private beat(): void {
    if (this.world.now() - this.askedAt >= ASK_MS) this.ask();
    else this.send({ type: 'beat', t: 0 });
  }

  private ask(): void {
    this.askedAt = this.world.now();
    this.send({ type: 'beat', t: Math.max(1, Math.round(this.askedAt)) });
  }

  private appear(): void {
    const { told } = this.holding;
    this.send(told > 0 ? { ...this.doing, unsaved: told } : this.doing);
  }

  /** [MON2] How much waits here, where that changed. */
  private tellHeld(): void {
    if (this.line.is === 'live' && this.holding.look(this.pipeline.waiting, this.world.now())) this.appear();
  }

  private lost(number: number): void {
    if (this.line.is === 'ended') return;
    this.stop?.();
    this.pipeline.cut();
    this.present = new Map();
    this.others = 0;
    const code = codeOf(number);
    if (code && number >= 4500) {
      this.line = { is: 'ended', code };
    } else {
      const wait = pause(this.tries, this.world.random(), this.asked);
      this.tries += 1;
      this.asked = null;
      this.line = { is: 'offline', retryAt: this.world.now() + wait, signIn: number === SIGN_IN };
      this.stop = this.world.later(() => {
        this.dial();
      }, wait);
    }
    this.changed();
  }

  private hear(message: Down): void {
    this.heardAt = this.world.now();
    // Timers of a tab in the background hardly run; what comes does: it answers for us that we live.
    if (this.heardAt - this.saidAt >= ANSWER_AT_MS) this.beat();
    switch (message.type) {
      case 'welcome':
        this.confirmed = viewOf([...message.records, ...(this.reading ? this.confirmed.all('paper') : [])]);
        this.welcomed(message);
        break;
      case 'resume':
        this.welcomed(message);
        break;
      case 'changes':
        this.confirmed = this.confirmed.with(message.changes);
        this.position = { seq: message.seq, tag: message.tag };
        break;
      case 'done':
        this.pipeline.done(message);
        this.flush();
        break;
      case 'refused':
        this.refused(message);
        break;
      case 'saved':
        this.forget(this.pipeline.saved(message.seq));
        break;
      case 'here':
        this.roster(message);
        break;
      case 'beat':
        if (message.t > 0) this.clock.heard(message.t, message.now);
        return;
      case 'bye':
        this.asked = message.retry_after;
        return;
    }
    if (this.pipeline.waiting === 0) this.tellHeld();
    this.changed();
  }

  private welcomed(message: { you: You; seq: number; tag: string; now: number; last: number }): void {
    if (this.line.is !== 'connecting' || !this.line.wire) return;
    this.line = { is: 'live', wire: this.line.wire };
    this.tries = 0;
    this.you = message.you;
    this.position = { seq: message.seq, tag: message.tag };
    this.clock.guess(message.now);
    this.pipeline.welcomed(message.last, message.seq);
    this.holding.look(this.pipeline.waiting, this.world.now(), true);
    this.appear();
    this.readOn();
    this.ask();
    this.flush();
  }

  /** All of the paper comes anew; of what its base took in meanwhile nothing is told. */
  private readOn(): void {
    const old = this.confirmed.all('update');
    this.confirmed = this.confirmed.with(old.map(({ id }) => ({ op: 'drop', kind: 'update', id })));
    if (this.reading) this.send({ type: 'watch', paper: true });
  }

  private refused(message: Refused): void {
    const gone = this.pipeline.refused(message);
    if (gone) {
      this.returned = [
        ...this.returned,
        { n: gone.n, command: gone.command, code: message.code, message: message.message },
      ];
      this.forget([gone]);
    }
    if (message.retry_after) {
      this.pauses += 1;
      this.world.later(() => {
        this.pauses -= 1;
        this.flush();
      }, message.retry_after);
    } else {
      this.flush();
    }
  }

  private forget(gone: readonly Pending[]): void {
    for (const pending of gone)
      void this.outbox.remove(this.identity.client, pending.n).catch(() => undefined);
  }

  private roster({ all, people, gone, others }: HereDown): void {
    const present = all ? new Map<string, Present>() : new Map(this.present);
    for (const person of people) present.set(person.person, person);
    for (const person of gone) present.delete(person);
    this.present = present;
    this.others = others;
  }

  private flush(): void {
    if (this.line.is !== 'live' || this.pauses > 0) return;
    for (const { n, prev, command } of this.pipeline.take()) this.send({ type: 'do', n, prev, command });
  }
}

function codeOf(number: number): Code | undefined {
  return (Object.keys(CODES) as Code[]).find((code) => CODES[code].close === number);
}
