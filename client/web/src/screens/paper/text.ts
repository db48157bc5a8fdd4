/** The paper's text on this device: what others wrote comes in, what is written here goes out as commands. */

import * as Y from 'yjs';

import { PAPER_FORM, UPDATE_CHARS } from '../../protocol/limits.ts';
import type { Command, Paper, Update } from '../../protocol/types.ts';
import { newId } from '../../sync/client.ts';

/** What is written within this time goes out as one. */
const TOGETHER_MS = 300;
/** Likewise while much waits: without a network there is no hurry, and fewer are sent later. */
const UNHURRIED_MS = 2_000;
const MUCH = 5;

export const ROOT = 'paper';

/** How the text hangs together with the rest. */
export interface Outside {
  do: (command: Command) => void;
  /** How many commands wait to be saved. */
  waiting: () => number;
}

/** One document. After a refusal another one is begun, from what the server holds. */
export class PaperText {
  readonly doc = new Y.Doc();
  readonly root = this.doc.getXmlFragment(ROOT);
  private readonly taken = new Set<string>();
  /** The suggestions of which nothing is sent yet ([PAPER18]). */
  readonly fresh = new Set<string>();
  private base = '';
  private written: Uint8Array[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly outside: Outside) {
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== this) this.keep(update);
    });
  }

  /** What is there now; of what is known nothing is done again. */
  take(paper: Paper | undefined, updates: readonly Update[]): void {
    const news = updates.filter(({ id }) => !this.taken.has(id));
    const base = paper && paper.base !== this.base ? [paper.base] : [];
    for (const { id } of news) this.taken.add(id);
    this.base = paper?.base ?? this.base;
    const parts = [...base, ...news.sort((a, b) => a.n - b.n).map(({ data }) => data)];
    if (parts.length === 0) return;
    this.doc.transact(() => {
      for (const part of parts) Y.applyUpdate(this.doc, bytes(part), this);
    }, this);
  }

  /** Whether this text wrote it. */
  wrote(id: string): boolean {
    return this.taken.has(id);
  }

  /** Send what was written. */
  flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const written = this.written;
    this.written = [];
    this.fresh.clear();
    if (written.length === 0) return;
    const all = base64(Y.mergeUpdates(written));
    const parts = all.length <= UPDATE_CHARS ? [all] : written.map(base64);
    for (const data of parts) {
      const id = newId();
      this.taken.add(id);
      this.outside.do({ do: 'paper.edit', id, data, form: PAPER_FORM });
    }
  }

  /** What is not sent yet is sent; from then on nothing is heard any more. */
  close(): void {
    this.flush();
    this.doc.destroy();
  }

  private keep(update: Uint8Array): void {
    this.written.push(update);
    this.timer ??= setTimeout(
      () => {
        this.flush();
      },
      this.outside.waiting() > MUCH ? UNHURRIED_MS : TOGETHER_MS,
    );
  }
}

export function base64(data: Uint8Array): string {
  let text = '';
  for (let at = 0; at < data.length; at += 8_192)
    text += String.fromCharCode(...data.subarray(at, at + 8_192));
  return btoa(text);
}

export function bytes(data: string): Uint8Array {
  return Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
}
