/** A line over HTTP: messages come down as server-sent events, and go up by POST, one after the other ([STREAM1]). */

import { CODES } from '../protocol/codes.ts';
import { FRAME_BYTES } from '../protocol/limits.ts';
import type { Problem } from '../protocol/types.ts';
import { newId } from './client.ts';
import type { Connect, Ears, Wire } from './transport.ts';

/** Several instances may share a name, and this one not have our line: another try finds the one that has. */
const MISSES = 12;
/** Behind this nothing is known: not our server's words. */
const UNKNOWN = 0;
/** Nothing is behind this but a page of the network itself, that wants one to sign in first. Numbered as HTTP does. */
export const SIGN_IN = 511;

/** `address`: the workshop's own, without a slash at the end. The token is shown in a header, never in an address. */
export function streamTo(address: string, token: string, ask: typeof fetch = fetch): Connect {
  return (ears) => new Stream(address, token, ask, ears);
}

class Stream implements Wire {
  private readonly stop = new AbortController();
  private readonly headers: Record<string, string>;
  private waiting: string[] = [];
  private talking = false;
  private open = false;

  constructor(
    private readonly address: string,
    token: string,
    private readonly ask: typeof fetch,
    private readonly ears: Ears,
  ) {
    this.headers = { Authorization: `Bearer ${token}`, 'Plenary-Line': newId() };
    void this.listen();
  }

  send(text: string): void {
    if (!this.open) return;
    this.waiting.push(text);
    if (!this.talking) void this.talk();
  }

  close(): void {
    this.stop.abort();
  }

  private end(code: number): void {
    if (this.stop.signal.aborted) return;
    this.stop.abort();
    this.ears.closed(code);
  }

  private fetch(path: string, body?: string): Promise<Response> {
    const { ask, headers } = this;
    const how = { headers, signal: this.stop.signal, cache: 'no-store', redirect: 'manual' } as const;
    return ask(`${this.address}/${path}`, body === undefined ? how : { ...how, method: 'POST', body });
  }

  private async listen(): Promise<void> {
    try {
      const answer = await this.fetch('events');
      const isOurs = answer.headers.get('content-type')?.startsWith('text/event-stream');
      if (!answer.ok || !isOurs || !answer.body) {
        this.end(await closeOf(answer));
        return;
      }
      if (this.stop.signal.aborted) return;
      this.open = true;
      this.ears.opened();
      await this.read(answer.body.pipeThrough(new TextDecoderStream()).getReader());
    } catch {
      // Cut, or closed by ourselves: told below, where it is news.
    }
    this.end(UNKNOWN);
  }

  private async read(reader: ReadableStreamDefaultReader<string>): Promise<void> {
    let rest = '';
    for (;;) {
      const { value, done } = await reader.read();
      if (done || this.stop.signal.aborted) return;
      this.ears.stirred();
      let from = 0;
      let found = (rest += value).indexOf('\n\n', Math.max(0, rest.length - value.length - 1));
      for (; found >= 0; found = rest.indexOf('\n\n', from)) {
        this.hear(rest.slice(from, found));
        from = found + 2;
      }
      rest = rest.slice(from);
    }
  }

  private hear(event: string): void {
    if (this.stop.signal.aborted) return;
    const [first = '', second = ''] = event.split('\n');
    if (first.startsWith('data: ')) this.ears.heard(first.slice(6));
    else if (first === 'event: close') this.end(parseInt(second.slice(6), 10));
  }

  /** What cannot be known to be heard ends the line: the next one sends it again, and it is done once ([ONCE2]). */
  private async talk(): Promise<void> {
    this.talking = true;
    let misses = 0;
    while (this.waiting.length > 0 && !this.stop.signal.aborted) {
      const batch = batchOf(this.waiting);
      const code = await this.post(batch.join('\n'));
      if (code === 'heard') {
        this.waiting = this.waiting.slice(batch.length);
        misses = 0;
      } else if (code !== 'missed' || ++misses > MISSES) {
        this.end(code === 'missed' ? UNKNOWN : code);
      }
    }
    this.talking = false;
  }

  private async post(body: string): Promise<'heard' | 'missed' | number> {
    try {
      const answer = await this.fetch('do', body);
      if (answer.status === 204) return 'heard';
      const problem = await problemOf(answer);
      return problem?.code === 'not_found' ? 'missed' : closing(problem);
    } catch {
      return UNKNOWN;
    }
  }
}

/** As many as one request may hold, and one at least. */
function batchOf(texts: readonly string[]): string[] {
  let bytes = 0;
  const end = texts.findIndex((text) => {
    bytes += 3 * text.length + 1;
    return bytes > FRAME_BYTES;
  });
  return end < 0 ? [...texts] : texts.slice(0, Math.max(1, end));
}

/** [CLIENT10] What is not in the server's own words is a line that is not there, whatever its status. */
async function problemOf(answer: Response): Promise<Problem | null> {
  if (!answer.headers.get('content-type')?.startsWith('application/problem+json')) return null;
  try {
    return (await answer.json()) as Problem;
  } catch {
    return null;
  }
}

const closing = (problem: Problem | null): number =>
  problem ? (CODES[problem.code].close ?? UNKNOWN) : UNKNOWN;

/** [CLIENT10] A page, or the way to one, where nothing of ours ever is. What a proxy says of a server that is down is none. */
export function isSignIn(answer: Response): boolean {
  if (answer.type === 'opaqueredirect') return true;
  const isPage = answer.headers.get('content-type')?.startsWith('text/html') === true;
  return isPage && (answer.status < 400 || answer.status === SIGN_IN);
}

async function closeOf(answer: Response): Promise<number> {
  if (isSignIn(answer)) return SIGN_IN;
  return closing(await problemOf(answer));
}
