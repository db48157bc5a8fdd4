import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Command, Down, Record as AnyRecord, Up } from '../protocol/types.ts';
import { ServerClock } from './clock.ts';
import { MemoryOutbox, type Row } from './outbox.ts';
import { Session, type World } from './session.ts';
import type { Ears } from './transport.ts';

const rename = (name: string): Command => ({ do: 'person.rename', name, place: 'room' });
const ME: AnyRecord = {
  kind: 'person',
  id: 'me',
  name: 'Me',
  role: 'participant',
  place: 'room',
  board: null,
  hue: 0,
  joined: 1,
  hand: null,
  muted: false,
  removed: false,
  leads: null,
  ready: null,
  host: null,
};
const settle = async (): Promise<void> => {
  for (let i = 0; i < 8; i++) await Promise.resolve();
};

/** Time that moves only when told. */
class Times implements World {
  at = 1_000;
  private timers: { due: number; run: () => void }[] = [];
  now = (): number => this.at;
  random = (): number => 0.5;
  later = (run: () => void, ms: number): (() => void) => {
    const timer = { due: this.at + ms, run };
    this.timers.push(timer);
    return () => {
      this.timers = this.timers.filter((other) => other !== timer);
    };
  };
  pass(ms: number): void {
    const end = this.at + ms;
    for (;;) {
      const next = this.timers.filter((timer) => timer.due <= end).sort((a, b) => a.due - b.due)[0];
      if (!next) break;
      this.timers = this.timers.filter((timer) => timer !== next);
      this.at = Math.max(this.at, next.due);
      next.run();
    }
    this.at = end;
  }
}

/** A server that keeps the rules of exactly-once, and can lose lines and answers. */
class Model {
  log: { n: number; name: string }[] = [];
  last = 0;
  ears: Ears | null = null;
  sent: Up[] = [];
  mute = false;
  refuse = new Set<string>();

  connect = (ears: Ears): { send: (text: string) => void; close: () => void } => {
    this.ears = ears;
    return {
      send: (text) => {
        const message = JSON.parse(text) as Up;
        this.sent.push(message);
        if (this.ears === ears) this.hear(message);
      },
      close: () => {
        if (this.ears === ears) this.ears = null;
      },
    };
  };

  say(message: Down): void {
    if (!this.mute) this.ears?.heard(JSON.stringify(message));
  }

  protected hear(message: Up): void {
    if (message.type === 'hello') {
      const you = { workshop: 'w', person: 'me', role: 'participant' as const };
      const seq = this.log.length;
      this.say({ type: 'welcome', you, seq, tag: 't', now: 5_000, last: this.last, records: [ME] });
      this.say({ type: 'saved', seq });
    } else if (message.type === 'beat' && message.t > 0) {
      this.say({ type: 'beat', t: message.t, now: 5_000 });
    } else if (message.type === 'do') {
      this.command(message.n, message.prev, (message.command as { name: string }).name);
    }
  }

  protected command(n: number, prev: number, name: string): void {
    const refused = { type: 'refused', n, prev, retry_after: null } as const;
    if (n > this.last && prev !== this.last) {
      this.say({ ...refused, code: 'gap', message: 'gap' });
    } else if (n > this.last && this.refuse.has(name)) {
      this.say({ ...refused, code: 'forbidden', message: 'no' });
    } else {
      if (n > this.last) {
        this.last = n;
        this.log.push({ n, name });
        const change = { op: 'patch', kind: 'person', id: 'me', set: { name } } as const;
        this.say({ type: 'changes', seq: this.log.length, tag: 't', changes: [change] });
      }
      this.say({ type: 'done', n, seq: this.log.length });
      if (!this.holdSaved) this.say({ type: 'saved', seq: this.log.length });
    }
  }
  holdSaved = false;
}

/** Answers after a while, and counts as the server does: a name begins with what it costs ([LIMIT4]). */
class Strict extends Model {
  private tokens = 60;
  private at = 0;

  constructor(private readonly times: Times) {
    super();
  }

  override say(message: Down): void {
    this.times.later(() => {
      super.say(message);
    }, 20);
  }

  protected override command(n: number, prev: number, name: string): void {
    [this.tokens, this.at] = [Math.min(60, this.tokens + (this.times.at - this.at) / 50), this.times.at];
    const missing = parseInt(name) - this.tokens;
    if (missing > 0) {
      const retry_after = Math.floor(missing * 50) + 1;
      this.say({ type: 'refused', n, prev, code: 'rate', message: 'wait', retry_after });
    } else {
      this.tokens -= parseInt(name);
      super.command(n, prev, name);
    }
  }
}

function start(model: Model, times = new Times(), outbox = new MemoryOutbox(), rows: Row[] = []): Session {
  const identity = { workshop: 'w', person: 'me', token: 't', client: 'c' };
  const session = new Session(identity, outbox, model.connect, times, () => undefined);
  session.open(rows);
  model.ears?.opened();
  return session;
}

describe('the session', () => {
  it('[GONE8] of a workshop that was deleted keeps nothing more, and does not come again', async () => {
    const model = new Model();
    const outbox = new MemoryOutbox();
    const times = new Times();
    const session = start(model, times, outbox);
    model.mute = true;
    session.do(rename('Not saved'));
    await settle();
    expect(await outbox.of('w', 'me')).toHaveLength(1);
    model.ears?.closed(4507);
    expect(session.line).toEqual({ is: 'ended', code: 'deleted' });
    await outbox.forget('w');
    session.do(rename('Typed last'));
    await settle();
    expect(await outbox.of('w', 'me')).toEqual([]);
  });

  it('[CLIENT1] shows a command at once, and takes back just the one that is refused', async () => {
    const model = new Model();
    const session = start(model);
    model.refuse.add('Bad');
    session.do(rename('Good'));
    session.do(rename('Bad'));
    expect(session.view.get('person', 'me')?.name).toBe('Bad');
    expect(session.confirmed.get('person', 'me')?.name).toBe('Me');
    await settle();
    expect(session.view.get('person', 'me')?.name).toBe('Good');
  });

  it('[CLIENT2] keeps a command before it sends it, until it is saved', async () => {
    const model = new Model();
    const outbox = new MemoryOutbox();
    const session = start(model, new Times(), outbox);
    model.holdSaved = true;
    session.do(rename('A'));
    expect(model.sent.some((message) => message.type === 'do')).toBe(false);
    await settle();
    expect(model.log).toHaveLength(1);
    expect(await outbox.of('w', 'me')).toHaveLength(1);
    model.say({ type: 'saved', seq: 1 });
    await settle();
    expect(await outbox.of('w', 'me')).toHaveLength(0);
  });

  it('[CLIENT3] sends again on a new line what the log does not hold, with the right prev', async () => {
    const model = new Model();
    const times = new Times();
    const session = start(model, times);
    session.do(rename('A'));
    await settle();
    model.mute = true;
    session.do(rename('B'));
    await settle();
    model.ears?.closed(1006);
    model.mute = false;
    session.do(rename('C'));
    await settle();
    expect(session.line.is).toBe('offline');
    model.sent = [];
    times.pass(2_000);
    model.ears?.opened();
    await settle();
    expect(model.log.map((entry) => entry.name)).toEqual(['A', 'B', 'C']);
    const sent = model.sent.flatMap((message) => (message.type === 'do' ? [[message.n, message.prev]] : []));
    expect(sent).toEqual([[3, 2]]);
  });

  it('[CLIENT4] counts what waits, and is empty only when all is saved', async () => {
    const model = new Model();
    const session = start(model);
    model.mute = true;
    session.do(rename('A'));
    session.do(rename('B'));
    await settle();
    expect(session.pipeline.pending).toHaveLength(2);
    model.ears?.closed(1006);
    expect(session.line.is).toBe('offline');
    expect(session.pipeline.pending).toHaveLength(2);
  });

  it('[CLIENT5] obeys retry_after, and stops for codes of 4500 and above', () => {
    const model = new Model();
    const times = new Times();
    const session = start(model, times);
    model.say({ type: 'bye', code: 'restart', message: '', retry_after: 7_000 });
    model.ears?.closed(4000);
    expect(session.line).toMatchObject({ is: 'offline', retryAt: times.at + 7_000 });
    times.pass(7_000);
    model.ears?.opened();
    expect(session.line.is).toBe('live');
    model.ears?.closed(4501);
    expect(session.line).toEqual({ is: 'ended', code: 'bad_token' });
  });

  it('[CLIENT8] gives back what was refused, with its text', async () => {
    const model = new Model();
    const session = start(model);
    model.refuse.add('Precious words');
    session.do(rename('Precious words'));
    await settle();
    expect(session.returned).toMatchObject([{ code: 'forbidden', command: { name: 'Precious words' } }]);
    session.dismiss(1);
    expect(session.returned).toEqual([]);
  });

  it('[LIVE1] cuts a line that is silent for too long, and notices at once on waking', () => {
    const model = new Model();
    const times = new Times();
    const session = start(model, times);
    model.mute = true;
    times.pass(10_000);
    expect(session.line.is).toBe('offline');
    model.mute = false;
    session.wake();
    model.ears?.opened();
    expect(session.line.is).toBe('live');
  });

  it('[LIVE1] beats when quiet and not oftener, and gives a silent line up in 10 s to the millisecond', () => {
    const model = new Model();
    const times = new Times();
    const session = start(model, times);
    times.pass(1_300);
    session.here({ board: null });
    const beats = (): number => model.sent.filter(({ type }) => type === 'beat').length;
    const before = beats();
    for (let i = 1; i <= 15; i++) {
      times.pass(3_999);
      expect(beats() - before).toBe(i - 1);
      times.pass(1);
      model.say({ type: 'saved', seq: 0 });
      expect(beats() - before).toBe(i);
    }
    model.mute = true;
    times.pass(9_999);
    expect(session.line.is).toBe('live');
    times.pass(1);
    expect(session.line.is).toBe('offline');
  });

  it('[CLIENT12] [LIMIT4] told to wait, waits with all, so that small ones do not eat what a large one waits for', async () => {
    const times = new Times();
    const model = new Strict(times);
    const session = start(model, times);
    times.pass(50);
    const names = ['20 a', '20 b', '20 c', '20 d', '1 e', '20 f', '2 g', '1 h', '1 i', '20 j', '3 k'];
    for (const name of names) session.do(rename(name));
    for (let i = 0; i < 100; i++) {
      await settle();
      times.pass(100);
    }
    expect(model.log.map(({ name }) => name)).toEqual(names);
    expect(session.pipeline.waiting).toBe(0);
  });

  it('[ONCE6] [CLIENT3] gets every command done exactly once, whatever is lost', async () => {
    const step = fc.constantFrom('do', 'bad', 'cut', 'mute', 'back', 'settle');
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const model = new Model();
        const times = new Times();
        const outbox = new MemoryOutbox();
        const session = start(model, times, outbox);
        const wanted: string[] = [];
        for (const [i, what] of steps.entries()) {
          const name = `${what} ${i}`;
          if (what === 'bad') model.refuse.add(name);
          if (what === 'do') wanted.push(name);
          if (what === 'do' || what === 'bad') session.do(rename(name));
          else await disturb(what, model, times);
        }
        for (let i = 0; i < 4; i++) {
          await disturb('back', model, times);
          await settle();
        }
        expect(model.log.map((entry) => entry.name)).toEqual(wanted);
        expect(session.pipeline.pending).toEqual([]);
        expect(await outbox.of('w', 'me')).toEqual([]);
      }),
    );
  });
});

async function disturb(what: string, model: Model, times: Times): Promise<void> {
  if (what === 'mute') model.mute = true;
  if (what === 'settle') await settle();
  if (what === 'cut') {
    const ears = model.ears;
    model.ears = null;
    ears?.closed(1006);
  }
  if (what === 'back') {
    const ears = model.ears;
    if (model.mute && ears) {
      model.ears = null;
      ears.closed(1006);
    }
    model.mute = false;
    times.pass(31_000);
    model.ears?.opened();
  }
}

describe('the life of a line', () => {
  const beats = (model: Model): number => model.sent.filter((message) => message.type === 'beat').length;

  it('[LIVE2] [LIVE3] answers what comes with a beat, where its own timers hardly run; none is answered twice', () => {
    const model = new Model();
    const times = new Times();
    start(model, times);
    model.sent = [];
    times.at += 2_999; // no timer runs
    model.say({ type: 'beat', t: 0, now: 5_000 });
    expect(beats(model)).toBe(0);
    times.at += 1;
    model.say({ type: 'beat', t: 0, now: 5_000 });
    model.say({ type: 'beat', t: 0, now: 5_000 });
    expect(model.sent).toEqual([{ type: 'beat', t: 0 }]);
  });

  it('[CLIENT7] asks what time it is on coming, on waking and each half minute, and else only shows life', () => {
    const model = new Model();
    const times = new Times();
    const session = start(model, times);
    const asked: number[] = [];
    for (let i = 0; i < 20; i++) {
      times.pass(3_500);
      model.say({ type: 'beat', t: 0, now: 5_000 });
    }
    for (const up of model.sent) if (up.type === 'beat' && up.t > 0) asked.push(up.t);
    expect(asked).toEqual([1_000, 32_500, 64_000]);
    expect(beats(model)).toBe(21);
    session.wake();
    expect(model.sent.at(-1)).toEqual({ type: 'beat', t: times.at });
  });

  it('[LIVE2] takes a new line where the old one does not speak within 3 s of waking', () => {
    const model = new Model();
    const times = new Times();
    const session = start(model, times);
    const first = model.ears;
    session.wake();
    model.say({ type: 'beat', t: times.at, now: 5_000 });
    times.pass(1);
    model.mute = true;
    session.wake();
    expect(model.ears).toBe(first);
    times.pass(3_000);
    expect(model.ears).not.toBe(first);
    expect(session.line.is).toBe('connecting');
    model.mute = false;
    model.ears?.opened();
    expect(session.line.is).toBe('live');
  });

  it('[LIVE1] gives a line that was opened longer for its first message, all of a big workshop', () => {
    const model = new Model();
    const times = new Times();
    model.mute = true;
    const session = start(model, times);
    times.pass(18_000);
    expect(session.line.is).toBe('connecting');
    expect(beats(model)).toBeGreaterThan(3);
    times.pass(2_000);
    expect(session.line.is).toBe('offline');
  });

  it('[CLIENT7] [LIVE2] a clock that stood still with the sleeping device is right again on the next line', () => {
    const times = new Times();
    const clock = new ServerClock(times.now);
    clock.guess(5_000);
    clock.heard(times.at, 5_000);
    times.at += 1_000;
    clock.guess(3_600_000);
    expect(clock.now()).toBe(3_600_000);
  });

  it('[CLIENT11] begins with what this device kept, and asks for no more than what it missed', () => {
    const model = new Model();
    const times = new Times();
    const identity = { workshop: 'w', person: 'me', token: 't', client: 'c' };
    const session = new Session(identity, new MemoryOutbox(), model.connect, times, () => undefined);
    const position = { seq: 7, tag: 'seven' };
    session.open([], { position, records: [ME] });
    expect(session.view.get('person', 'me')).toEqual(ME);
    expect(session.held).toEqual({ position, records: [ME] });
    model.ears?.opened();
    expect(model.sent[0]).toMatchObject({ type: 'hello', after: position });
  });

  const heres = (model: Model): (number | undefined)[] =>
    model.sent.flatMap((message) => (message.type === 'here' ? [message.unsaved] : []));

  it('[MON2] tells what waits for more than 4 s, and when none is left; nothing of what is on its way', async () => {
    const model = new Model();
    const times = new Times();
    const session = start(model, times);
    session.do(rename('A'));
    await settle();
    expect(heres(model)).toEqual([undefined]);
    model.mute = true;
    session.do(rename('B'));
    session.do(rename('C'));
    await settle();
    times.pass(4_000);
    expect(heres(model)).toEqual([undefined]);
    times.pass(4_000);
    expect(heres(model)).toEqual([undefined, 2]);
    session.here({ board: 'b' });
    expect(heres(model)).toEqual([undefined, 2, 2]);
    model.mute = false;
    model.say({ type: 'done', n: 2, seq: 2 });
    model.say({ type: 'done', n: 3, seq: 3 });
    expect(heres(model)).toEqual([undefined, 2, 2, undefined]);
  });

  it('[MON2] tells what waited for the line when it comes back, and when it is through', async () => {
    const model = new Model();
    const row = { workshop: 'w', person: 'me', client: 'c', n: 1, command: rename('A') };
    start(model, new Times(), new MemoryOutbox(), [row]);
    await settle();
    expect(heres(model)).toEqual([1, undefined]);
  });
});
