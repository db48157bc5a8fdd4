/** Opening the live line of a pass: with what this device kept, woken when it wakes, by whatever way gets through. */

import { adopt, isTaken } from '../sync/client.ts';
import { Fallback, type Memory } from '../sync/fallback.ts';
import { KeptStates, type Rest } from '../sync/kept.ts';
import { openOutbox, type Outbox, type Row } from '../sync/outbox.ts';
import { Session, type World } from '../sync/session.ts';
import { streamTo } from '../sync/stream.ts';
import { socketTo } from '../sync/transport.ts';
import type { Pass } from './api.ts';
import { inherit, writers } from './drafts.ts';
import { Live } from './live.svelte.ts';
import { at } from './place.ts';

/** How often the state is kept while it changes; and always when the page is left. */
const KEEP_MS = 30_000;
const IDLE_MS = 250;
const MEMORY = 'plenary.http-until';

const WORLD: World = {
  now: () => performance.timeOrigin + performance.now(),
  random: () => Math.random(),
  later: (run, ms) => {
    const timer = setTimeout(run, ms);
    return () => {
      clearTimeout(timer);
    };
  },
};

/** Open it; what earlier tabs of this person left is sent too. */
export async function openLive(pass: Pass): Promise<Live> {
  const [outbox, states] = await Promise.all([openOutbox(), KeptStates.open()]);
  const owner = `${pass.workshop} ${pass.role} ${pass.person ?? ''}`;
  const [rows, kept] = await Promise.all([
    outbox.of(pass.workshop, pass.person ?? '').catch(() => []),
    states.get(owner),
  ]);
  const { client, rows: mine, orphans, closed } = await adopt(rows, writers(pass));
  inherit(pass, client, closed);
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
  live = new Live(pass, session, kept);
  session.open(mine, kept ?? undefined);
  wakeWith(session, () => {
    if (!isTaken(client)) return false;
    live.leave();
    return true;
  });
  keep(session, states, owner, live);
  for (const left of orphans) drain(pass, outbox, left);
  return live;
}

function sessionFor(pass: Pass, client: string, outbox: Outbox, changed: () => void): Session {
  const identity = { workshop: pass.workshop, person: pass.person, token: pass.token, client };
  const socket = socketTo(at('ws').replace(/^http/, 'ws'));
  const stream = streamTo(at(`api/workshops/${pass.workshop}`), pass.token);
  const way = new Fallback(socket, stream, WORLD, memory());
  return new Session(identity, outbox, way.connect, WORLD, changed);
}

function memory(): Memory {
  let here = 0;
  return {
    get: () => {
      try {
        return Number(localStorage.getItem(MEMORY) ?? 0);
      } catch {
        return here;
      }
    },
    set: (until) => {
      here = until;
      try {
        localStorage.setItem(MEMORY, String(until));
      } catch {
        // A private window: it is remembered as long as the page lives.
      }
    },
  };
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

/** [CLIENT6] A tab whose name another took while it was frozen leaves it, and opens under a new one. */
function wakeWith(session: Session, taken: () => boolean): void {
  const wake = (): void => {
    if (document.visibilityState === 'visible' && session.line.is !== 'ended' && !taken()) session.wake();
  };
  for (const sign of ['visibilitychange', 'resume'] as const) document.addEventListener(sign, wake);
  for (const sign of ['online', 'pageshow', 'focus'] as const) window.addEventListener(sign, wake);
}

/** [CLIENT11] Now and then, and when the page is left; what a lost pass showed goes from the device. */
function keep(session: Session, states: KeptStates, owner: string, live: Live): void {
  let keptAt = -1;
  const now = (rest?: Rest): void => {
    if (session.line.is === 'ended') {
      if (session.line.code === 'bad_token') void states.remove(owner);
      return;
    }
    const { held } = session;
    if (!held || held.position.seq === keptAt) return;
    keptAt = held.position.seq;
    void states.put(owner, { ...held, stood: live.standing.stood }, session.clock.now(), rest);
  };
  live.standing.began = now;
  setInterval(() => {
    now(idle);
  }, KEEP_MS);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') now();
  });
  window.addEventListener('pagehide', () => {
    now();
  });
}

/** Until the page has nothing else to do, or for a moment at most: one that is always busy keeps its state, too. */
const idle: Rest = () =>
  new Promise((done) => {
    if ('requestIdleCallback' in window)
      requestIdleCallback(
        () => {
          done();
        },
        { timeout: IDLE_MS },
      );
    else setTimeout(done);
  });
