/** The commands on their way, in order: what to send next, and what each answer means ([ONCE6], [CLIENT2], [CLIENT3]). */

import { CODES } from '../protocol/codes.ts';
import { WINDOW } from '../protocol/limits.ts';
import type { Command, Done, Refused } from '../protocol/types.ts';

export interface Pending {
  n: number;
  command: Command;
  /** In the device's outbox; only then it may be sent. */
  kept: boolean;
  prev: number;
  sent: boolean;
  /** The seq at which the log has it; null: not yet. */
  done: number | null;
}

export class Pipeline {
  pending: Pending[] = [];
  private last = 0;
  private next = 1;
  /** How many are risked at once: after one that has to wait fewer, since those behind it cost and come to nothing. */
  private window = WINDOW;

  /** How many the log does not hold, as far as is known. */
  get waiting(): number {
    return this.pending.filter(({ done }) => done === null).length;
  }

  add(command: Command, n = this.next, kept = false): Pending {
    const pending = { n, command, kept, prev: -1, sent: false, done: null };
    this.next = Math.max(this.next, n + 1);
    this.pending.push(pending);
    return pending;
  }

  /** The line is new: the log holds this client's commands up to `last`, at or before `seq`. */
  welcomed(last: number, seq: number): void {
    this.last = last;
    this.next = Math.max(this.next, last + 1);
    for (const pending of this.pending) {
      pending.sent = false;
      pending.done = pending.n <= last ? seq : null;
    }
  }

  /** What may be sent now, marked as sent. */
  take(): Pending[] {
    let prev = this.last;
    const now: Pending[] = [];
    for (const pending of this.pending.filter((p) => p.done === null).slice(0, this.window)) {
      if (!pending.kept) break;
      if (!pending.sent) {
        pending.prev = prev;
        pending.sent = true;
        now.push(pending);
      }
      prev = pending.n;
    }
    return now;
  }

  done(message: Done): void {
    const pending = this.pending.find((p) => p.n === message.n);
    if (!pending) return;
    pending.done = message.seq;
    this.last = Math.max(this.last, message.n);
    this.window = Math.min(WINDOW, this.window * 2);
  }

  /** What is durable leaves. */
  saved(seq: number): Pending[] {
    const out = this.pending.filter((p) => p.done !== null && p.done <= seq);
    this.pending = this.pending.filter((p) => !out.includes(p));
    return out;
  }

  /** Refused for good: it is returned and gone. Else it and those behind it are sent again. */
  refused(message: Refused): Pending | null {
    const pending = this.pending.find((p) => p.n === message.n);
    if (pending?.prev !== message.prev || !pending.sent) return null;
    for (const later of this.pending) if (later.n >= pending.n && later.done === null) later.sent = false;
    if (CODES[message.code].retry === 'later') this.window = 1;
    if (CODES[message.code].retry !== 'never') return null;
    this.pending = this.pending.filter((p) => p !== pending);
    return pending;
  }

  /** Nothing on the old line was answered; all of it is sent again on the next. */
  cut(): void {
    for (const pending of this.pending) pending.sent = false;
  }
}
