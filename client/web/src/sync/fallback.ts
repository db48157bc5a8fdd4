/** Which way a line takes: a WebSocket, or HTTP where that does not get through ([CLIENT9]). */

import type { World } from './session.ts';
import type { Connect, Ears, Wire } from './transport.ts';

/** How long a WebSocket may be silent from its beginning, before the other way is tried. */
const PATIENCE_MS = 4_000;
/** How long it is remembered that the other way was needed. */
const REMEMBERED_MS = 600_000;
/** Where WebSocket has worked, it fails so often in a row before it is called blocked. */
const FAILURES = 3;

/** What this device remembers of the network it is in: until when (ms since 1970) WebSocket is not tried first. */
export interface Memory {
  get(): number;
  set(until: number): void;
}

/** A WebSocket where that works; else, by itself and for a while, the stream. */
export class Fallback {
  /** Failures in a row that are still needed to call WebSocket blocked. */
  private needed = 1;

  constructor(
    private readonly socket: Connect,
    private readonly stream: Connect,
    private readonly world: Pick<World, 'now' | 'later'>,
    private readonly memory: Memory,
  ) {}

  readonly connect: Connect = (ears) => {
    const left = this.memory.get() - this.world.now();
    const known = left > 0 && left <= REMEMBERED_MS;
    return known ? this.overHttp(ears) : this.overSocket(ears);
  };

  private overSocket(ears: Ears): Wire {
    let spoke = false;
    const heard = (): void => {
      if (spoke) return;
      spoke = true;
      stop();
      this.needed = FAILURES;
    };
    const failed = (): boolean => {
      stop();
      if (!spoke && !fallen) this.needed = Math.max(0, this.needed - 1);
      return !spoke && this.needed === 0;
    };
    let fallen = false;
    let wire = this.socket({
      ...ears,
      heard: (text) => {
        heard();
        ears.heard(text);
      },
      closed: (code) => {
        if (failed()) fall();
        else ears.closed(code);
      },
    });
    const fall = (): void => {
      wire.close();
      fallen = true;
      wire = this.overHttp(ears);
    };
    const stop = this.world.later(() => {
      if (!spoke && this.needed <= 1) {
        failed();
        fall();
      }
    }, PATIENCE_MS);
    return {
      send: (text) => {
        wire.send(text);
      },
      close: () => {
        failed();
        wire.close();
      },
    };
  }

  private overHttp(ears: Ears): Wire {
    let spoke = false;
    return this.stream({
      ...ears,
      heard: (text) => {
        if (!spoke) this.memory.set(this.world.now() + REMEMBERED_MS);
        spoke = true;
        ears.heard(text);
      },
      closed: (code) => {
        if (!spoke) this.memory.set(0);
        ears.closed(code);
      },
    });
  }
}
