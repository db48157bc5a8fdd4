import { describe, expect, it } from 'vitest';

import { Fallback, type Memory } from './fallback.ts';
import type { Ears, Wire } from './transport.ts';

const MINUTES = 60_000;

/** A way that does what the test says, and remembers what was asked of it. */
class Way {
  ears: Ears[] = [];
  sent: string[] = [];
  closed = 0;
  connect = (ears: Ears): Wire => {
    this.ears.push(ears);
    return { send: (text) => this.sent.push(text), close: () => (this.closed += 1) };
  };
  get last(): Ears {
    const ears = this.ears.at(-1);
    if (!ears) throw new Error('nobody connected');
    return ears;
  }
}

/** A device with both ways, its time, and its memory. */
class Device implements Memory {
  at = 1_000_000;
  until = 0;
  timers: { due: number; run: () => void }[] = [];
  socket = new Way();
  http = new Way();
  told: string[] = [];
  way = new Fallback(this.socket.connect, this.http.connect, this, this);
  now = (): number => this.at;
  get = (): number => this.until;
  set = (until: number): void => void (this.until = until);
  later = (run: () => void, ms: number): (() => void) => {
    const timer = { due: this.at + ms, run };
    this.timers.push(timer);
    return () => (this.timers = this.timers.filter((other) => other !== timer));
  };
  pass(ms: number): void {
    this.at += ms;
    const due = this.timers.filter((timer) => timer.due <= this.at);
    this.timers = this.timers.filter((timer) => timer.due > this.at);
    for (const timer of due) timer.run();
  }
  dial(): Wire {
    return this.way.connect({
      opened: () => this.told.push('opened'),
      stirred: () => this.told.push('stirred'),
      heard: (text) => this.told.push(text),
      closed: (code) => this.told.push(`closed ${code}`),
    });
  }
}

describe('which way a line takes', () => {
  it('[CLIENT9] goes over HTTP in the same attempt where the socket ends before it spoke', () => {
    const device = new Device();
    const wire = device.dial();
    device.socket.last.closed(1006);
    expect(device.told).toEqual([]);
    device.http.last.opened();
    wire.send('hello');
    device.http.last.heard('welcome');
    expect(device.told).toEqual(['opened', 'welcome']);
    expect([device.socket.sent, device.http.sent]).toEqual([[], ['hello']]);
  });

  it('[CLIENT9] goes over HTTP where the socket opens, and nothing gets through it', () => {
    const device = new Device();
    device.dial();
    device.socket.last.opened();
    device.pass(3_999);
    expect(device.http.ears).toHaveLength(0);
    device.pass(1);
    expect(device.http.ears).toHaveLength(1);
    expect(device.socket.closed).toBe(1);
  });

  it('[CLIENT9] remembers it for ten minutes, whatever the clock says then', () => {
    const device = new Device();
    device.dial();
    device.socket.last.closed(1006);
    device.http.last.heard('welcome');
    device.http.last.closed(0);
    device.pass(9 * MINUTES);
    device.dial();
    expect(device.socket.ears).toHaveLength(1);
    device.at -= 365 * 24 * 60 * MINUTES;
    device.dial();
    expect(device.socket.ears).toHaveLength(2);
    device.at += 365 * 24 * 60 * MINUTES + 2 * MINUTES;
    device.dial();
    expect(device.socket.ears).toHaveLength(3);
  });

  it('[CLIENT9] forgets it where HTTP does not get through either', () => {
    const device = new Device();
    device.until = device.at + MINUTES;
    device.dial();
    device.http.last.closed(0);
    expect(device.told).toEqual(['closed 0']);
    device.dial();
    expect(device.socket.ears).toHaveLength(1);
  });

  it('[CLIENT9] where a socket has worked, only its third failure in a row sends it over HTTP', () => {
    const device = new Device();
    device.dial();
    device.socket.last.heard('welcome');
    device.socket.last.closed(4000);
    for (let failures = 0; failures < 2; failures += 1) {
      device.dial();
      device.pass(5_000);
      device.socket.last.closed(1006);
    }
    expect(device.http.ears).toHaveLength(0);
    device.dial();
    device.socket.last.closed(1006);
    expect(device.http.ears).toHaveLength(1);
    expect(device.told).toEqual(['welcome', 'closed 4000', 'closed 1006', 'closed 1006']);
  });
});
