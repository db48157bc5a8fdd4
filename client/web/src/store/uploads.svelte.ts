/** Files on their way to the server, piece by piece: they go on where they were cut off ([FILE2]). */

import { CHUNK_BYTES } from '../protocol/limits.ts';
import type { Coming } from '../protocol/types.ts';
import { newId } from '../sync/client.ts';
import { Sendings } from '../sync/sending.ts';
import { ApiError, askFile, type FileInit, type Pass } from './api.ts';

/** What something is brought to; neither: the workshop. */
export interface Target {
  note: string | null;
  issue: string | null;
}

const FIRST_BYTES = 131_072;
/** A piece that takes longer than this is followed by a smaller one, a quicker one by a larger. */
const STEADY_MS = 1_500;
const RETRY_MS = [1_000, 2_000, 5_000, 10_000];
/** After these the same piece is sent again. */
const PASSING: ReadonlySet<string> = new Set([
  'network',
  'busy',
  'store',
  'rate',
  'restart',
  'internal',
  'stale',
]);

/** One file that is being sent. */
export class Upload {
  /** Bytes that have come. */
  sent = $state(0);
  state = $state<'sends' | 'waits' | 'failed'>('sends');
  failed = $state.raw<unknown>(null);
  private readonly stopping = new AbortController();

  constructor(
    private readonly pass: Pass,
    readonly to: Target,
    readonly title: string,
    readonly body: Blob,
    readonly small: Blob | null,
    readonly anonymous: boolean,
    readonly id = newId(),
  ) {}

  get share(): number {
    return this.sent / this.body.size;
  }

  /** Until it is there: true; false where it was stopped or refused. */
  async run(): Promise<boolean> {
    this.state = 'sends';
    for (let tries = 0; ;) {
      try {
        const before = this.sent;
        if (await this.pieces()) return true;
        if (this.sent > before) tries = 0;
      } catch (error) {
        if (this.isStopped()) return false;
        if (!(error instanceof ApiError) || !PASSING.has(error.code)) {
          [this.state, this.failed] = ['failed', error];
          return false;
        }
        this.state = 'waits';
        await this.rest(RETRY_MS[Math.min(tries++, RETRY_MS.length - 1)] ?? 0);
        if (this.isStopped()) return false;
      }
    }
  }

  /** It is not to come after all. */
  stop(): void {
    this.stopping.abort();
    void askFile(this.pass, this.id, { method: 'DELETE' }).catch(() => undefined);
  }

  private isStopped(): boolean {
    return this.stopping.signal.aborted;
  }

  private async pieces(): Promise<boolean> {
    let come = await this.begin();
    this.state = 'sends';
    let length = FIRST_BYTES;
    while (!come.done) {
      this.sent = come.offset;
      const began = performance.now();
      come = await this.ask(this.id, {
        method: 'PATCH',
        headers: { 'Upload-Offset': String(come.offset) },
        body: this.body.slice(come.offset, come.offset + length),
      });
      const took = performance.now() - began;
      length = took < STEADY_MS ? Math.min(length * 2, CHUNK_BYTES) : Math.max(length / 2, FIRST_BYTES / 4);
    }
    this.sent = this.body.size;
    return true;
  }

  private async begin(): Promise<Coming> {
    if (this.sent > 0) {
      const there = await this.ask(`${this.id}/coming`, {});
      if (there.done) return there;
    }
    const { id, title, to, anonymous } = this;
    const body = JSON.stringify({ id, title, size: this.body.size, ...to, anonymous });
    const come = await this.ask('', { method: 'POST', body });
    if (this.small && come.offset === 0)
      await this.ask(`${this.id}/small`, { method: 'PUT', body: this.small });
    return come;
  }

  private ask(path: string, init: FileInit): Promise<Coming> {
    return askFile(this.pass, path, { ...init, signal: this.stopping.signal });
  }

  /** Some time, or until the network is back, or it is stopped. */
  private rest(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        removeEventListener('online', done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      addEventListener('online', done);
      this.stopping.signal.addEventListener('abort', done);
    });
  }
}

/** All files on their way from this page; what an earlier page left goes on by itself. `came`: one is there. */
export class Uploads {
  all = $state<Upload[]>([]);
  private readonly kept = Sendings.open();

  constructor(
    private readonly pass: Pass,
    private readonly came: (upload: Upload) => void,
  ) {
    if (pass.person !== null) void this.goOn(pass.person);
  }

  bring(upload: Upload): void {
    void holding(upload.id, () => this.send(upload));
  }

  stop(upload: Upload): void {
    upload.stop();
    this.leave(upload);
  }

  /** Now, or once more. */
  async send(upload: Upload): Promise<void> {
    if (!this.all.includes(upload)) this.all.push(upload);
    const { id, to, title, body, small, anonymous } = upload;
    const { workshop, person } = this.pass;
    const sending = { id, workshop, person: person ?? '', to, title, body, small, anonymous, at: Date.now() };
    void this.kept.then((kept) => kept.put(sending));
    const done = await upload.run();
    // What was refused stays in sight, to be tried again; a reload need not try it by itself.
    if (done || upload.state === 'failed') void this.kept.then((kept) => kept.remove(upload.id));
    if (!done) return;
    this.leave(upload);
    this.came(upload);
  }

  private leave({ id }: Upload): void {
    this.all = this.all.filter((other) => other.id !== id);
    void this.kept.then((kept) => kept.remove(id));
  }

  private async goOn(person: string): Promise<void> {
    const left = await (await this.kept).of(this.pass.workshop, person, Date.now());
    for (const { to, title, body, small, anonymous, id } of left) {
      void holding(id, () => this.send(new Upload(this.pass, to, title, body, small, anonymous, id)));
    }
  }
}

/** While this page sends it, no other tab does; where there are no locks, the server sorts their pieces out. */
async function holding(id: string, send: () => Promise<void>): Promise<void> {
  const locks = (navigator as { locks?: LockManager }).locks;
  if (!locks) return send();
  await locks.request(`plenary-sending-${id}`, { ifAvailable: true }, (lock) => (lock ? send() : undefined));
}
