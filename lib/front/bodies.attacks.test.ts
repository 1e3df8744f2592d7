/** Bodies that were sent to the doors of the web process, and what has to happen: each of it again, with a real front server. */
import type { Socket } from 'node:net';
import { setTimeout as pass } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bearerOf } from '../data-plane/testing/served-world.ts';
import { makeWorld, type World } from '../operations/testing/world.ts';
import { usualLimits } from './limits.ts';
import { cookieOf, pour, read, type ServedFront, send, serveFront } from './testing/served-front.ts';

const mib = 1024 * 1024;
/** What sockets of both sides hold on their way, at the most that Linux gives them by itself. */
const inSockets = 12 * mib;
/** Three times what is promised, for busy machines. */
const healthWithinMs = 3_000;
const open: Socket[] = [];
let world: World;
let front: ServedFront;
let quick: ServedFront;
let admin: string;
let encrypt: string;

beforeAll(async () => {
  world = await makeWorld({ recordsPerApp: 0, apps: 1 });
  admin = await cookieOf(world.callers.admin);
  encrypt = `POST /api/v1/apps/${world.acme.apps[0]?.id}/encrypt HTTP/1.1`;
  const impatient = { headersWithinMs: 500, signInWithinMs: 500, actionWithinMs: 500, serviceWithinMs: 500 };
  [front, quick] = await Promise.all([serveFront(), serveFront({ limits: impatient })]);
  await fetch(`${front.url}/api/health`);
});
afterAll(async () => {
  for (const socket of open) socket.destroy();
  await Promise.all([front?.close(), quick?.close()]);
  await world?.close();
});

/** Sends a head, and keeps the connection until the tests are over. */
async function attack(to: ServedFront, ...lines: string[]): Promise<Socket> {
  const socket = await send(to, ...lines);
  open.push(socket);
  return socket;
}

/** The slowest answer of health while something is going on, in milliseconds. */
async function slowestHealth(during: () => Promise<unknown>): Promise<number> {
  let slowest = 0;
  let isOver = false;
  const asking = (async () => {
    while (!isOver) {
      const begin = performance.now();
      const answer = await fetch(`${front.url}/api/health`);
      await answer.text();
      if (answer.status !== 200) throw new Error(`health answered ${answer.status}`);
      slowest = Math.max(slowest, performance.now() - begin);
      await pass(50);
    }
  })();
  await during().finally(() => {
    isOver = true;
  });
  await asking;
  return slowest;
}

describe('large bodies', { timeout: 60_000 }, () => {
  it('of nobody are not read: 140 MB of brackets, 9 MB of sign-in, 2 MB for a server action', async () => {
    const idle = await front.rss();
    const before = front.asked.length;
    const attempts = [
      { head: encrypt, bytes: 140_000_000, status: 401, headers: ['Content-Type: application/json'] },
      { head: encrypt, bytes: 140_000_000, status: 401, headers: ['Authorization: Bearer kwt_made-up'] },
      { head: 'POST /api/auth/callback/credentials HTTP/1.1', bytes: 9_000_000, status: 413, headers: [] },
      { head: 'POST /enterprise-key HTTP/1.1', bytes: 2_000_000, status: 401, headers: ['Next-Action: 40abc'] },
      {
        head: 'POST /enterprise-key HTTP/1.1',
        bytes: 2_000_000,
        status: 401,
        headers: ['Cookie: next-auth.session-token=x'],
      },
      { head: 'GET /sign-in HTTP/1.1', bytes: 2_000_000, status: 401, headers: [] },
    ];
    const slowest = await slowestHealth(() =>
      Promise.all(
        attempts.flatMap(({ head, bytes, status, headers }) =>
          [`Content-Length: ${bytes}`, 'Transfer-Encoding: chunked'].map(async (length) => {
            const socket = await attack(front, head, 'Host: a', ...headers, length);
            const answer = read(socket);
            const isChunked = length.startsWith('Transfer');
            const piece = Buffer.from(isChunked ? `10000\r\n${'[],['.repeat(16_384)}\r\n` : '[],'.repeat(20_000));
            // What says its length is refused by that; for sign-in, what does not is refused once it is too long.
            expect(await pour(socket, piece, bytes)).toBeLessThan(inSockets);
            const text = await answer;
            expect(text).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
            expect(text).toMatch(/\r\nconnection: close\r\n/i);
            expect(text).toMatch(/"requestId":"[0-9a-f-]{36}"/);
          }),
        ),
      ),
    );
    expect(front.asked).toHaveLength(before);
    expect(slowest).toBeLessThan(healthWithinMs);
    expect((await front.rss()) - idle).toBeLessThan(100 * mib);
  });

  it('of a person are taken up to what the largest form needs, and not a byte more', async () => {
    const post = (bytes: number) =>
      fetch(`${front.url}/enterprise-key`, {
        method: 'POST',
        headers: { cookie: admin, 'next-action': '40abc' },
        body: Buffer.alloc(bytes, 'x'),
      });
    expect((await post(usualLimits.actionBytes)).status).toBe(200);
    expect(front.asked.at(-1)?.body).toHaveLength(usualLimits.actionBytes);
    const refused = await post(usualLimits.actionBytes + 1);
    expect(refused.status).toBe(413);
    expect(await refused.json()).toMatchObject({ error: { code: 'too-large', next: 'Send at most 2048 KiB.' } });
  });

  it('of a person whose session has ended are those of nobody', async () => {
    const ended = await cookieOf({ kind: 'session', sessionId: 'one-that-is-no-more' });
    const answer = await fetch(`${front.url}/enterprise-key`, {
      method: 'POST',
      headers: { cookie: ended },
      body: 'x',
    });
    expect(answer.status).toBe(401);
  });

  it('of a form that was open when the session ended stay unread, and its action is called to say so', async () => {
    const answer = await fetch(`${front.url}/enterprise-key`, {
      method: 'POST',
      headers: { 'next-action': '40abc', 'content-type': 'multipart/form-data; boundary=x' },
      body: 'the secret that was typed',
    });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('connection')).toBe('close');
    const asked = front.asked.at(-1);
    expect(asked?.body.toString()).toBe('[]');
    expect(asked?.headers['content-type']).toBe('text/plain;charset=UTF-8');
  });

  it('of one person leave room for others', async () => {
    const held = await Promise.all(
      Array.from({ length: 5 }, () =>
        attack(front, 'POST /apps HTTP/1.1', 'Host: a', `Cookie: ${admin}`, `Content-Length: ${2 * mib}`),
      ),
    );
    const refused = await Promise.race(held.map((socket) => read(socket, '\r\n\r\n')));
    expect(refused).toMatch(/^HTTP\/1\.1 503 [\s\S]*retry-after: 1/i);
    const other = await cookieOf(world.callers.viewer);
    const answer = await fetch(`${front.url}/apps`, { method: 'POST', headers: { cookie: other }, body: 'x' });
    expect(answer.status).toBe(200);
    for (const socket of held) socket.destroy();
  });
});

describe('bodies that never end', { timeout: 60_000 }, () => {
  it('hold next to nothing, and health answers meanwhile', async () => {
    const idle = await front.rss();
    const slowest = await slowestHealth(async () => {
      for (let n = 0; n < 12; n++) {
        const token = `Authorization: Bearer ${bearerOf(world.callers.token)}`;
        for (const head of [encrypt, 'POST /api/auth/callback/credentials HTTP/1.1', 'POST /apps HTTP/1.1']) {
          const whose = head === encrypt ? (n % 2 ? token : 'X-Nobody: 1') : `Cookie: ${admin}`;
          const socket = await attack(front, head, 'Host: a', whose, 'Transfer-Encoding: chunked');
          const count = head === encrypt && n % 2 === 0 ? 200 : 10;
          for (let piece = 0; piece < count; piece++) socket.write(`400\r\n${'['.repeat(1_024)}\r\n`);
        }
      }
      await pass(500);
    });
    for (const socket of open.splice(0)) socket.destroy();
    expect(slowest).toBeLessThan(healthWithinMs);
    expect((await front.rss()) - idle).toBeLessThan(100 * mib);
  });

  it('are cut off in time', async () => {
    for (const [head, ...headers] of [
      ['POST /api/auth/callback/credentials HTTP/1.1', 'X-Nobody: 1'],
      ['POST /apps HTTP/1.1', `Cookie: ${admin}`],
      [encrypt, `Authorization: Bearer ${bearerOf(world.callers.token)}`],
    ] as const) {
      const socket = await attack(quick, head, 'Host: a', ...headers, 'Content-Length: 1000');
      socket.write('{');
      const text = await read(socket);
      expect(text).toMatch(/^HTTP\/1\.1 408 /);
      expect(text).toContain('The request did not come in time.');
    }
  });

  it('byte by byte come together like any other', async () => {
    const socket = await attack(
      front,
      'POST /apps HTTP/1.1',
      'Host: a',
      `Cookie: ${admin}`,
      'Transfer-Encoding: chunked',
    );
    const text = 'abcdefgh'.repeat(600);
    for (const byte of text) socket.write(`1\r\n${byte}\r\n`);
    socket.write('0\r\n\r\n');
    expect(await read(socket, 'pages')).toMatch(/^HTTP\/1\.1 200 /);
    expect(front.asked.at(-1)?.body.toString()).toBe(text);
    expect(front.asked.at(-1)?.headers['content-length']).toBe(String(text.length));
  });
});
