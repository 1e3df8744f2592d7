import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as pass } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { DataPlane, DataPlaneOptions } from './server.ts';
import { makeServedWorld, pathOf, post, serve } from './testing/served-world.ts';

const hello = 'aGVsbG8=';
let served: Awaited<ReturnType<typeof makeServedWorld>>;

beforeAll(async () => {
  served = await makeServedWorld();
});
afterAll(() => served?.world.close());

async function open(options: Partial<DataPlaneOptions>): Promise<DataPlane> {
  const plane = await serve(options);
  onTestFinished(() => plane.drain(500));
  return plane;
}

const seal = (plane: DataPlane, count = 1, token = served.token, appId = served.appId) =>
  post(plane, pathOf(appId, 'encrypt'), {
    token,
    body: { items: Array.from({ length: count }, () => ({ plaintext: hello })) },
  });

describe('a tenant that asks too much', () => {
  it('in requests is told when to come again, and no other tenant notices', async () => {
    const plane = await open({ requestsPerSecond: 3 });
    const answers = await Promise.all(Array.from({ length: 10 }, () => seal(plane)));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThan(0);
    for (const { headers, body } of refused) {
      expect(Number(headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
      const requestId = headers.get('x-request-id');
      expect(body).toMatchObject({
        error: { code: 'too-many-requests', requestId, next: expect.stringMatching(/Retry-After/) },
      });
    }
    expect((await seal(plane, 1, served.foreignToken, served.foreignAppId)).status).toBe(200);
    const metrics = await (await fetch(`${plane.url}/metrics`)).text();
    expect(metrics).toContain(`keyward_data_plane_rate_limited_total{route="encrypt"} ${refused.length}`);
    await pass(1_000);
    expect((await seal(plane)).status).toBe(200);
  });

  it('in items likewise, and a whole batch goes or none of it', async () => {
    const plane = await open({ itemsPerSecond: 150 });
    expect((await seal(plane, 100)).status).toBe(200);
    expect((await seal(plane, 100)).status).toBe(429);
  });
});

describe('a body', () => {
  it('that nests too deep, or holds too much, is refused before it is parsed', async () => {
    const plane = await open({});
    for (const body of [`{"items":${'['.repeat(1_000_000)}`, `{"items":[${'[],'.repeat(2_000)}[]]}`]) {
      const answer = await post(plane, pathOf(served.appId, 'encrypt'), { token: served.token, body });
      expect(answer.status).toBe(400);
      expect(answer.body).toMatchObject({ error: { code: 'invalid-input', fields: { body: expect.any(String) } } });
    }
  });

  it('that says it is larger than any batch is refused before it is sent', async () => {
    const plane = await open({});
    const socket = await begin(plane, [`Content-Length: ${146 * 1024 * 1024}`]);
    const text = await read(socket);
    expect(text).toMatch(/^HTTP\/1\.1 413 /);
    expect(text).toMatch(/connection: close/i);
    expect(text).toContain('"code":"too-large"');
  });

  it('of nobody is answered, and not read on, while its sender goes on sending', async () => {
    const plane = await open({});
    const socket = connect({ port: Number(new URL(plane.url).port), allowHalfOpen: true });
    await once(socket, 'connect');
    socket.write(`POST ${pathOf(served.appId, 'encrypt')} HTTP/1.1\r\nHost: a\r\nContent-Length: 140000000\r\n\r\n`);
    const answered = read(socket);
    const piece = Buffer.alloc(65_536, 0x5b);
    const over = new Promise<boolean>((resolve) => socket.once('end', () => resolve(true)));
    // Until it says that it reads no more, or what the sockets hold is full.
    for (let sent = 0; sent < 2_000; sent++) {
      if (socket.write(piece)) await pass(0);
      else if (await Promise.race([over, once(socket, 'drain').then(() => false)])) break;
    }
    expect(await over).toBe(true);
    // What was given to the system, at most what its sockets hold; 140 MB were to be sent.
    expect(socket.bytesWritten - socket.writableLength).toBeLessThan(12 * 1024 * 1024);
    socket.end();
    expect(await answered).toMatch(/^HTTP\/1\.1 401 [\s\S]*connection: close/i);
  });

  it('that turns out to be larger is refused as soon as it is', async () => {
    const plane = await open({});
    const socket = await begin(plane, ['Transfer-Encoding: chunked'], 'leases');
    const chunk = Buffer.alloc(8_192, 0x20);
    socket.write(`${chunk.length.toString(16)}\r\n${chunk.toString()}\r\n`);
    expect(await read(socket)).toMatch(/^HTTP\/1\.1 413 /);
  });

  it('in small pieces, with or without a length, is read like any other', async () => {
    const plane = await open({});
    const body = JSON.stringify({ items: [{ plaintext: hello, context: { a: 'ü' } }] });
    const bytes = Buffer.from(body);
    const whole = await begin(plane, [`Content-Length: ${bytes.length}`, 'Connection: close']);
    for (const byte of bytes) {
      whole.write(Buffer.of(byte));
      await pass(1);
    }
    expect(await read(whole)).toMatch(/^HTTP\/1\.1 200 [\s\S]*"envelope":/);
    const chunked = await begin(plane, ['Transfer-Encoding: chunked', 'Connection: close']);
    for (const byte of bytes)
      chunked.write(Buffer.concat([Buffer.from('1\r\n'), Buffer.of(byte), Buffer.from('\r\n')]));
    chunked.write('0\r\n\r\n');
    expect(await read(chunked)).toMatch(/^HTTP\/1\.1 200 [\s\S]*"envelope":/);
  });
});

describe('who takes too long', () => {
  it('with the headers, or with the body, is cut off', async () => {
    const plane = await open({ headersWithinMs: 300, requestWithinMs: 300 });
    const { port } = new URL(plane.url);
    const silent = connect(Number(port), '127.0.0.1');
    silent.write('POST /api/v1/apps HTTP/1.1\r\nHost: a\r\n');
    expect(await read(silent)).toMatch(/^(HTTP\/1\.1 408 [\s\S]*)?$/);
    const slow = await begin(plane, ['Content-Length: 100']);
    slow.write('{"items":[');
    const text = await read(slow);
    expect(text).toMatch(/^HTTP\/1\.1 408 /);
    expect(text).toContain('The request did not come in time.');
  });

  it('or goes away, leaves nothing under way', async () => {
    const plane = await open({ requestWithinMs: 2_000 });
    const gone = await begin(plane, ['Content-Length: 100']);
    gone.write('{"items":[');
    await pass(50);
    gone.destroy();
    let text = '';
    while (!text.includes('keyward_data_plane_requests_in_flight 1\n')) {
      // The one that asks for this is one itself.
      text = await (await fetch(`${plane.url}/metrics`)).text();
      await pass(20);
    }
    expect(text).toContain('keyward_data_plane_requests_total{route="encrypt",status="0"} 1');
  });
});

describe('draining', () => {
  it('says so first, and goes on serving until it is to end soon', async () => {
    const plane = await serve({});
    const soon = new AbortController();
    const drained = plane.drain(1_000, { forMs: 3_600_000, until: soon.signal });
    const health = await fetch(`${plane.url}/health`);
    expect(health.status).toBe(503);
    expect(await health.json()).toMatchObject({ status: 'draining' });
    expect((await fetch(`${plane.url}/health/live`)).status).toBe(200);
    const answer = await seal(plane);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('connection')).toBe('close');
    soon.abort();
    await drained;
    await expect(fetch(`${plane.url}/health`)).rejects.toThrow();
  });

  it('finishes what is under way, takes nothing new, and then has ended', async () => {
    const plane = await serve({});
    const body = JSON.stringify({ items: [{ plaintext: hello }] });
    const underWay = await begin(plane, [`Content-Length: ${body.length}`]);
    underWay.write(body.slice(0, 10));
    const idle = connect(Number(new URL(plane.url).port), '127.0.0.1');
    await once(idle, 'connect');
    await pass(100);
    const drained = plane.drain(10_000);
    await pass(100);
    await expect(fetch(`${plane.url}/health`)).rejects.toThrow();
    underWay.write(body.slice(10));
    const text = await read(underWay);
    expect(text).toMatch(/^HTTP\/1\.1 200 [\s\S]*"envelope":/);
    expect(text).toMatch(/connection: close/i);
    await drained;
    idle.destroy();
  });

  it('gives whoever does not come to an end no longer than it was given', async () => {
    const plane = await serve({});
    const stuck = await begin(plane, ['Content-Length: 100']);
    stuck.on('error', () => undefined);
    stuck.write('{');
    await pass(100);
    await plane.drain(200);
    expect(await read(stuck)).toBe('');
  });
});

/** A request whose headers have been sent. */
async function begin(plane: DataPlane, headers: string[], action = 'encrypt'): Promise<Socket> {
  const socket = connect(Number(new URL(plane.url).port), '127.0.0.1');
  await once(socket, 'connect');
  const all = ['Host: a', `Authorization: Bearer ${served.token}`, ...headers];
  socket.write(`POST ${pathOf(served.appId, action)} HTTP/1.1\r\n${all.join('\r\n')}\r\n\r\n`);
  return socket;
}

/** All that comes until the server ends the connection. */
function read(socket: Socket): Promise<string> {
  let text = '';
  socket.on('data', (piece: Buffer) => {
    text += piece.toString();
  });
  socket.on('error', () => undefined);
  return new Promise((resolve) => socket.on('close', () => resolve(text)));
}
