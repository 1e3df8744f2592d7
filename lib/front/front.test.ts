import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { setTimeout as pass } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { bearerOf } from '../data-plane/testing/served-world.ts';
import { makeWorld, type World } from '../operations/testing/world.ts';
import { usualLimits } from './limits.ts';
import { cookieOf, read, type ServedFront, send, serveFront } from './testing/served-front.ts';

let world: World;
let front: ServedFront;

beforeAll(async () => {
  world = await makeWorld({ recordsPerApp: 0, apps: 1 });
  front = await serveFront();
});
afterAll(async () => {
  await front?.close();
  await world?.close();
});

describe('the pages’ answer', () => {
  it('goes on piece by piece, with its own status and headers', async () => {
    const { promise: more, resolve: sendMore } = Promise.withResolvers<void>();
    front.answerWith(async (_req, res) => {
      res.writeHead(201, { 'content-type': 'application/x-ndjson', 'set-cookie': ['a=1', 'b=2'], 'keep-alive': 'x' });
      res.write('{"row":1}\n');
      await more;
      res.end('{"row":2}\n');
    });
    const answer = await fetch(`${front.url}/api/enterprise-keys/x`);
    expect(answer.status).toBe(201);
    expect(answer.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    expect(answer.headers.get('x-request-id')).toBe(front.asked.at(-1)?.headers['x-request-id']);
    const rows = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
    expect((await rows?.read())?.value).toBe('{"row":1}\n');
    sendMore();
    expect((await rows?.read())?.value).toBe('{"row":2}\n');
  });

  it('is no longer waited for by whoever has gone, and the pages hear of it', async () => {
    const { promise: left, resolve: hasLeft } = Promise.withResolvers<void>();
    front.answerWith((_req, res) => {
      res.once('close', hasLeft);
      res.write('first');
    });
    const reading = new AbortController();
    const answer = await fetch(`${front.url}/history/export.csv`, { signal: reading.signal });
    expect(new TextDecoder().decode((await answer.body?.getReader().read())?.value)).toBe('first');
    reading.abort();
    await left;
  });

  it('that breaks off never looks whole', async () => {
    front.answerWith((_req, res) => {
      res.write('first');
      setTimeout(() => res.destroy(), 20);
    });
    const answer = await fetch(`${front.url}/history/export.csv`);
    await expect(answer.text()).rejects.toThrow();
  });

  it('that does not come is told, with a request ID', async () => {
    front.answerWith((req) => req.socket.destroy());
    const answer = await fetch(`${front.url}/apps`);
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({
      error: { code: 'unavailable', requestId: answer.headers.get('x-request-id') },
    });
  });

  it('to a second request comes on the same connection', async () => {
    front.answerWith((_req, res) => void res.end('pages'));
    const socket = await send(front, 'GET /apps HTTP/1.1', 'Host: a');
    expect(await read(socket, 'pages')).toMatch(/connection: keep-alive/i);
    socket.write('HEAD /apps HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
    expect(await read(socket)).toMatch(/^HTTP\/1\.1 200 /);
  });

  it('is to the name that people use, in a demo', async () => {
    const demo = await serveFront({ publicUrl: 'http://127.0.0.1:3000', trustsHost: true });
    onTestFinished(() => demo.close());
    const socket = await send(demo, 'GET /apps HTTP/1.1', 'Host: localhost:3000', 'X-Forwarded-Host: b');
    await read(socket, 'pages');
    const { host, ...headers } = demo.asked[0]?.headers ?? {};
    expect([host, headers['x-forwarded-host'], headers['x-forwarded-proto']]).toEqual([
      'localhost:3000',
      'localhost:3000',
      'http',
    ]);
  });
});

describe('the services’ interface', () => {
  it('is the data plane’s own, under the same addresses', async () => {
    const base = `${front.url}/api/v1/apps/${world.acme.apps[0]?.id}`;
    const headers = { authorization: `Bearer ${bearerOf(world.callers.token)}` };
    const seal = (body: string, more = {}) =>
      fetch(`${base}/encrypt`, { method: 'POST', headers: { ...headers, ...more }, body });
    const sealed = await seal('{"items":[{"plaintext":"aGVsbG8="}]}');
    expect(sealed.status).toBe(200);
    const opened = await fetch(`${base}/decrypt`, { method: 'POST', headers, body: await sealed.text() });
    expect(await opened.json()).toEqual({ items: [{ plaintext: 'aGVsbG8=' }] });
    expect((await seal('{"items":[]}', { authorization: '' })).status).toBe(401);
    const lease = await fetch(`${base}/leases`, { method: 'POST', headers });
    expect(lease.status).toBe(200);
    for (const path of ['/metrics', '/openapi.json', '/health']) {
      await fetch(`${front.url}${path}`);
      expect(front.asked.at(-1)?.url).toBe(path);
    }
  });

  it('takes as many at once as come with one token', async () => {
    const headers = { authorization: `Bearer ${bearerOf(world.callers.token)}` };
    const url = `${front.url}/api/v1/apps/${world.acme.apps[0]?.id}/encrypt`;
    const post = async () => (await fetch(url, { method: 'POST', headers, body: '{"items":[]}' })).status;
    // Each has come to the operation, which says what is wrong with it.
    expect(new Set(await Promise.all(Array.from({ length: 150 }, post)))).toEqual(new Set([400]));
  });

  it('refuses a tenant that asks too much, here too', async () => {
    const strict = await serveFront({ services: { requestsPerSecond: 3, itemsPerSecond: 1_000 } });
    onTestFinished(() => strict.close());
    const answers = await Promise.all(
      Array.from({ length: 10 }, () =>
        fetch(`${strict.url}/api/v1/apps/${world.acme.apps[0]?.id}/encrypt`, {
          method: 'POST',
          headers: { authorization: `Bearer ${bearerOf(world.callers.token)}` },
          body: '{"items":[{"plaintext":"aGVsbG8="}]}',
        }),
      ),
    );
    expect(answers.map(({ status }) => status)).toContain(429);
  });
});

describe('health', () => {
  it('is good without a worker, and says that there is none', async () => {
    const answer = await fetch(`${front.url}/api/health`);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ status: 'ok', database: 'ok', jobs: 'down' });
    expect((await fetch(`${front.url}/api/health`, { method: 'HEAD' })).status).toBe(200);
    expect((await fetch(`${front.url}/api/health`, { method: 'POST' })).status).toBe(404);
  });

  it('is bad without the database, while the process itself is alive', async () => {
    const away = await serveFront({}, 'postgresql://nobody@127.0.0.1:1/nothing');
    onTestFinished(() => away.close());
    const answer = await fetch(`${away.url}/api/health`);
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({ status: 'unavailable', database: 'down' });
    const live = await fetch(`${away.url}/api/health/live`);
    expect(live.status).toBe(200);
    expect(await live.json()).toMatchObject({ status: 'ok' });
    const headers = { cookie: await cookieOf(world.callers.admin) };
    const act = await fetch(`${away.url}/apps`, { method: 'POST', headers, body: 'x' });
    expect(act.status).toBe(503);
    // What the pages show then is no success, whatever they say of it; what is not a page is theirs to answer.
    const asDocument = { ...headers, accept: 'text/html,*/*' };
    const page = await fetch(`${away.url}/apps`, { headers: asDocument });
    expect([page.status, page.headers.get('retry-after'), await page.text()]).toEqual([503, '1', 'pages']);
    expect((await fetch(`${away.url}/sign-in`, { headers: { accept: 'text/html' } })).status).toBe(200);
    expect((await fetch(`${away.url}/apps`, { headers: { ...asDocument, rsc: '1' } })).status).toBe(200);
    const before = away.asked.length;
    // A form hears it from the action itself.
    await fetch(`${away.url}/apps`, { method: 'POST', headers: { ...headers, 'next-action': '40' }, body: 'x' });
    expect(away.asked.slice(before).map(({ body }) => body.toString())).toEqual(['[]']);
  });
});

it('says of a page within three seconds that the database takes questions and stays silent', async () => {
  const silent = createServer(() => undefined).listen(0, '127.0.0.1');
  onTestFinished(() => void silent.close());
  await once(silent, 'listening');
  const { port } = silent.address() as AddressInfo;
  const own = await serveFront({}, `postgresql://nobody@127.0.0.1:${port}/nothing`);
  onTestFinished(() => own.close());
  // As the pages do, which wait for the same database.
  own.answerWith((_req, res) => void pass(1_600).then(() => res.end('cannot be reached')));
  const headers = { cookie: await cookieOf(world.callers.admin), accept: 'text/html' };
  const begun = performance.now();
  expect((await fetch(`${own.url}/apps`, { headers })).status).toBe(503);
  expect(performance.now() - begun).toBeLessThan(3 * 3_000);
});

describe('draining', () => {
  it('says so first and goes on serving, each answer the last of its connection; then it has ended', async () => {
    const own = await serveFront();
    onTestFinished(() => own.close());
    const kept = await send(own, 'GET /apps HTTP/1.1', 'Host: a');
    expect(await read(kept, 'pages')).toMatch(/connection: keep-alive/i);
    own.drain();
    await until(async () => (await fetch(`${own.url}/api/health`)).status === 503);
    expect(await (await fetch(`${own.url}/api/health`)).json()).toMatchObject({ status: 'draining', database: 'ok' });
    expect((await fetch(`${own.url}/api/health/live`)).status).toBe(200);
    kept.write('GET /apps HTTP/1.1\r\nHost: a\r\n\r\n');
    const last = await read(kept);
    expect(last).toMatch(/^HTTP\/1\.1 200 [\s\S]*connection: close[\s\S]*pages/i);
    const fresh = await send(own, 'GET /apps HTTP/1.1', 'Host: a');
    expect(await read(fresh)).toMatch(/^HTTP\/1\.1 200 [\s\S]*connection: close/i);
    await own.end();
    const late = connect(own.port, '127.0.0.1');
    const [refused] = await once(late, 'error');
    expect(refused).toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('finishes what is under way when its time is over', async () => {
    const own = await serveFront();
    onTestFinished(() => own.close());
    own.answerWith(async (_req, res) => {
      res.write('first ');
      await pass(400);
      res.end('last');
    });
    const answer = await fetch(`${own.url}/apps`);
    own.drain();
    const ended = own.end();
    expect(await answer.text()).toBe('first last');
    await ended;
  });
});

it('lets nothing through that Next.js would cut off', async () => {
  const file = new URL('../../next.config.js', import.meta.url).href;
  const { experimental } = (await import(file)).default;
  expect(experimental).toMatchObject({ proxyClientMaxBodySize: '2mb', serverActions: { bodySizeLimit: '2mb' } });
  expect(usualLimits.actionBytes).toBe(2 * 1024 * 1024);
});

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await pass(20);
}
