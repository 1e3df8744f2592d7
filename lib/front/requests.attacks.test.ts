/** Requests that lie, or could be read in two ways; what was tried, and what has to happen. */
import type { Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeWorld, type World } from '../operations/testing/world.ts';
import { usualLimits } from './limits.ts';
import { dial, read, type ServedFront, send, serveFront } from './testing/served-front.ts';

const open: Socket[] = [];
let world: World;
let front: ServedFront;

beforeAll(async () => {
  world = await makeWorld({ recordsPerApp: 0, apps: 1 });
  front = await serveFront({ limits: { headersWithinMs: 2_000 } });
});
afterAll(async () => {
  for (const socket of open) socket.destroy();
  await front?.close();
  await world?.close();
});

/** Sends a head, and keeps the connection until the tests are over. */
async function attack(...lines: string[]): Promise<Socket> {
  const socket = await send(front, ...lines);
  open.push(socket);
  return socket;
}

describe('headers', () => {
  it('that come slowly, or are too many, end the connection', async () => {
    const slow = await dial(front);
    slow.write('GET / HTTP/1.1\r\nHost: a\r\nX-Slow:');
    expect(await read(slow)).toMatch(/^HTTP\/1\.1 408 /);
    const many = await attack('GET / HTTP/1.1', 'Host: a', `X-Long: ${'x'.repeat(20_000)}`);
    expect(await read(many)).toMatch(/^HTTP\/1\.1 431 /);
  });
});

describe('a request that could be read in two ways', () => {
  const smuggled = 'GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n';

  it.each([
    ['with a length and in chunks', ['Content-Length: 6', 'Transfer-Encoding: chunked'], '0\r\n\r\n'],
    ['with two lengths', ['Content-Length: 0', 'Content-Length: 36'], ''],
    ['with an encoding that is not known', ['Transfer-Encoding: chunked, identity'], '0\r\n\r\n'],
    ['with an encoding that is written oddly', ['Transfer-Encoding : chunked'], '0\r\n\r\n'],
    ['with a length that is none', ['Content-Length: +5'], ''],
    ['with a folded header', ['X-A: b', ' Content-Length: 5'], ''],
    ['with two hosts', ['Host: b'], ''],
  ])('%s is refused, and nothing of it reaches the pages', async (_how, headers, body) => {
    const before = front.asked.length;
    const socket = await attack('POST /api/auth/csrf HTTP/1.1', 'Host: a', ...headers);
    socket.write(`${body}${smuggled}`);
    socket.end();
    const text = await read(socket);
    expect(text).toMatch(/^HTTP\/1\.1 400 /);
    expect(front.asked.slice(before).map(({ url }) => url)).not.toContain('/smuggled');
    expect(front.asked).toHaveLength(before + (text.match(/HTTP\/1\.1 200/g)?.length ?? 0));
  });

  it('to be upgraded is answered as if it had not asked', async () => {
    const socket = await attack('GET /apps HTTP/1.1', 'Host: a', 'Connection: Upgrade', 'Upgrade: websocket');
    expect(await read(socket, 'pages')).toMatch(/^HTTP\/1\.1 200 /);
    expect(front.asked.at(-1)?.headers).not.toHaveProperty('upgrade');
    const tunnel = await attack('CONNECT 127.0.0.1:5432 HTTP/1.1', 'Host: a');
    expect(await read(tunnel)).toBe('');
  });

  it('many at once on one connection ends it', async () => {
    const before = front.asked.length;
    const socket = await attack(...Array.from({ length: 500 }, () => 'GET / HTTP/1.1\r\nHost: a\r\n'));
    await read(socket);
    expect(front.asked.length - before).toBeLessThanOrEqual(usualLimits.perConnection);
  });
});

describe('what a request says of where it is and whom it comes from', () => {
  const claims = [
    'Host: evil.example',
    'X-Forwarded-Host: evil.example',
    'X-Forwarded-Proto: http',
    'X-Forwarded-Port: 81',
    'Forwarded: host=evil.example;proto=http',
    'X-Keyward-Peer: 203.0.113.9',
    'x-keyward-PEER: 203.0.113.10',
    'X-Request-Id: mine',
    'X-Forwarded-For: 198.51.100.7',
    'Connection: close, x-forwarded-for-nobody, x-secret',
    'X-Secret: of the connection',
  ];

  it('decides nothing: the pages hear what the configuration says, and the peer', async () => {
    for (const target of ['/apps?a=1', 'http://evil.example/apps?a=1']) {
      const socket = await attack(`GET ${target} HTTP/1.1`, ...claims);
      expect(await read(socket)).toMatch(/^HTTP\/1\.1 200 /);
      const asked = front.asked.at(-1);
      expect(asked?.url).toBe('/apps?a=1');
      expect(asked?.headers).toMatchObject({
        host: 'keys.example.com',
        'x-forwarded-host': 'keys.example.com',
        'x-forwarded-proto': 'https',
        'x-forwarded-port': '443',
        'x-forwarded-for': '198.51.100.7',
        'x-keyward-peer': '127.0.0.1',
      });
      expect(asked?.rawHeaders.join('\n')).not.toMatch(/evil|203\.0\.113|mine|secret/i);
    }
  });

  it('takes no other address for the health and the services of this one', async () => {
    for (const path of ['//api/health', '/api/health/', '/api/Health', '/x/../api/health', '/api%2Fhealth']) {
      const before = front.asked.length;
      const socket = await attack(`GET ${path} HTTP/1.1`, 'Host: a', 'Connection: close');
      expect(await read(socket)).toMatch(/^HTTP\/1\.1 200 /);
      expect(front.asked).toHaveLength(before + 1);
    }
  });
});

describe('silent connections', { timeout: 60_000 }, () => {
  it('keep nobody out', async () => {
    const crowded = await serveFront({ limits: { connections: 50 } });
    const silent = await Promise.all(Array.from({ length: 60 }, () => send(crowded, 'GET / HTTP/1.1\r\nHost: a')));
    open.push(...silent);
    const answer = await fetch(`${crowded.url}/api/health`);
    expect(answer.status).toBe(200);
    await answer.text();
    for (const socket of silent) socket.destroy();
    await crowded.close();
  });
});
