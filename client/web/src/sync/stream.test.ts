// @vitest-environment node
import { describe, expect, it } from 'vitest';

import { streamTo } from './stream.ts';

interface Asked {
  path: string;
  body: string;
  headers: Record<string, string>;
}

const settle = (): Promise<void> => new Promise((done) => setTimeout(done));
const problem = (code: string, status: number): Response =>
  new Response(JSON.stringify({ code }), { status, headers: { 'content-type': 'application/problem+json' } });
const page = (status = 200): Response =>
  new Response('<html>Accept the terms</html>', { status, headers: { 'content-type': 'text/html' } });

/** A server whose every answer the test gives. */
class Server {
  asked: Asked[] = [];
  told: string[] = [];
  down = new TransformStream<Uint8Array, Uint8Array>(undefined, undefined, { highWaterMark: 10 });
  private readonly writer = this.down.writable.getWriter();
  events = (): Response =>
    new Response(this.down.readable, { headers: { 'content-type': 'text/event-stream; charset=utf-8' } });
  answer: (path: string) => Response = () => new Response(null, { status: 204 });

  wire = streamTo('http://here/api/workshops/w', 'secret', (input, init) => {
    const path = (input as string).replace('http://here/api/workshops/w/', '');
    const { body, headers } = init ?? {};
    this.asked.push({
      path,
      body: (body as string | undefined) ?? '',
      headers: headers as Record<string, string>,
    });
    return Promise.resolve(path === 'events' ? this.events() : this.answer(path));
  });

  dial(): ReturnType<typeof this.wire> {
    return this.wire({
      opened: () => this.told.push('opened'),
      stirred: () => undefined,
      heard: (text) => this.told.push(text),
      closed: (code) => this.told.push(`closed ${code}`),
    });
  }

  async say(text: string): Promise<void> {
    await this.writer.write(new TextEncoder().encode(text));
    await settle();
  }
}

describe('the line over HTTP', () => {
  it('[STREAM1] [STREAM2] hears one message an event, however it is cut, and shows the token in no address', async () => {
    const server = new Server();
    server.dial();
    await settle();
    await server.say(':   \n\ndata: {"a"');
    await server.say(':"ü"}\n');
    await server.say('\ndata: {"b":2}\n\ndata: {"c":3}\n\n');
    await server.say('event: close\ndata: 4000 restart\n\n');
    expect(server.told).toEqual(['opened', '{"a":"ü"}', '{"b":2}', '{"c":3}', 'closed 4000']);
    expect(server.asked[0]?.headers['Authorization']).toBe('Bearer secret');
    expect(server.asked[0]?.path).not.toContain('secret');
  });

  it('[STREAM1] sends in order, one request at a time, what came meanwhile together', async () => {
    const server = new Server();
    const wire = server.dial();
    wire.send('too early');
    await settle();
    for (const text of ['1', '2', '3']) wire.send(text);
    await settle();
    expect(server.asked.slice(1).map((asked) => asked.body)).toEqual(['1', '2\n3']);
    expect(new Set(server.asked.map((asked) => asked.headers['Plenary-Line'])).size).toBe(1);
  });

  it('[STREAM2] asks again where another instance answered that the line is not there', async () => {
    const server = new Server();
    const wire = server.dial();
    await settle();
    let misses = 2;
    server.answer = () => (misses-- > 0 ? problem('not_found', 404) : new Response(null, { status: 204 }));
    wire.send('1');
    await settle();
    expect(server.asked.slice(1).map((asked) => asked.body)).toEqual(['1', '1', '1']);
    expect(server.told).toEqual(['opened']);
    server.answer = () => problem('not_found', 404);
    wire.send('2');
    await settle();
    expect(server.told).toEqual(['opened', 'closed 0']);
  });

  it('[CLIENT10] a page in between is a line that is not there, whatever its status; it is told where one may sign in', async () => {
    for (const status of [200, 302, 401, 404, 511]) {
      const before = new Server();
      before.events = () => page(status);
      before.dial();
      await settle();
      expect(before.told).toEqual([`closed ${[401, 404].includes(status) ? 0 : 511}`]);
      const later = new Server();
      const wire = later.dial();
      await settle();
      later.answer = () => page(status);
      wire.send('1');
      await settle();
      expect(later.told).toEqual(['opened', 'closed 0']);
    }
  });

  it('[STREAM2] a token that opens nothing ends it for good; what is ours may close it', async () => {
    const server = new Server();
    server.events = () => problem('bad_token', 401);
    server.dial();
    await settle();
    expect(server.told).toEqual(['closed 4501']);
    const closed = new Server();
    closed.dial().close();
    await settle();
    expect(closed.told).toEqual([]);
  });
});
