import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { getConfig } from '../config/config.ts';
import { db } from '../db/client.ts';
import { decryptItems } from '../operations/data/decrypt-items.ts';
import { encryptItems } from '../operations/data/encrypt-items.ts';
import type { DataPlane } from './server.ts';
import { bearerOf, makeServedWorld, pathOf, post, serve, warmBatches, warmUp } from './testing/served-world.ts';

const hello = 'aGVsbG8=';
let served: Awaited<ReturnType<typeof makeServedWorld>>;
let plane: DataPlane;

beforeAll(async () => {
  served = await makeServedWorld({ apps: 3 });
  plane = await serve();
});
afterAll(async () => {
  await plane?.drain(1_000);
  await served?.world.close();
});

const encrypt = (items: unknown[], appId = served.appId, token = served.token) =>
  post(plane, pathOf(appId, 'encrypt'), { token, body: { items } });
const decrypt = (items: unknown[], appId = served.appId, token = served.token) =>
  post(plane, pathOf(appId, 'decrypt'), { token, body: { items } });

describe('a batch', () => {
  it('is sealed and opened, first by asking and then from memory, and either reads what the other wrote', async () => {
    const context = { table: 'note', record: '7' };
    const texts = Array.from({ length: 100 }, () => randomBytes(50).toString('base64'));
    const items = texts.map((plaintext) => ({ plaintext, context }));
    const cold = await encrypt(items);
    expect(cold.status).toBe(200);
    await warmUp(plane, () => encrypt(items));
    const before = await warmBatches(plane);
    const warm = await encrypt(items);
    expect(await warmBatches(plane)).toBe(before + 1);
    for (const { body } of [cold, warm]) {
      const sealed = (body as { items: { envelope: string }[] }).items;
      expect(sealed).toEqual(texts.map(() => ({ envelope: expect.any(String) })));
      const back = sealed.map(({ envelope }) => ({ envelope, context }));
      const expected = { items: texts.map((plaintext) => ({ plaintext })) };
      expect((await decrypt(back)).body).toEqual(expected);
      await warmUp(plane, () => decrypt(back));
      expect((await decrypt(back)).body).toEqual(expected);
      const { data } = (await decryptItems(served.world.callers.token, { appId: served.appId, items: back })) as never;
      expect(data).toEqual(expected);
    }
  });

  it('carries an ID of its own, is never stored on its way, and says its length', async () => {
    await warmUp(plane, () => encrypt([{ plaintext: hello }]));
    const answers = [await encrypt([{ plaintext: hello }]), await encrypt([{ plaintext: 7 }]), await encrypt([])];
    for (const { headers } of answers) {
      expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('content-type')).toBe('application/json');
    }
    expect(new Set(answers.map(({ headers }) => headers.get('x-request-id'))).size).toBe(3);
  });

  it('counts each message before it is sealed, however it was answered', async () => {
    const appId = served.world.acme.apps[2]?.id ?? '';
    // Blocks of ten: most batches have to count anew.
    Object.assign(getConfig(), { rekeyAfterMessages: 1_000 });
    let sent = 0;
    const send = (count: number) => {
      sent += count;
      return encrypt(
        Array.from({ length: count }, () => ({ plaintext: hello })),
        appId,
      );
    };
    await warmUp(plane, () => send(1));
    for (let n = 0; n < 30; n++) await send(1 + (n % 7));
    const { messages } = await db().dataKey.findFirstOrThrow({ where: { appId } });
    expect(Number(messages)).toBeGreaterThanOrEqual(sent);
    expect(Number(messages)).toBeLessThan(sent + 20);
  });
});

describe('an envelope that names a data key which its app does not have', () => {
  it('reads like every other that does not open, and is counted for whoever operates this', async () => {
    const lost = async () =>
      Number(/^keyward_unknown_data_keys_total (\d+)$/m.exec(await (await fetch(`${plane.url}/metrics`)).text())?.[1]);
    const sealed = ((await encrypt([{ plaintext: hello }])).body as { items: [{ envelope: string }] }).items[0];
    const damaged = Buffer.from(sealed.envelope, 'base64');
    damaged[damaged.length - 1] = (damaged.at(-1) ?? 0) ^ 1;
    const missing = Buffer.from(sealed.envelope, 'base64');
    // The end of the data key's ID.
    randomBytes(6).copy(missing, 11);
    const before = await lost();
    const wrong = await decrypt([{ envelope: damaged.toString('base64') }]);
    expect(await lost()).toBe(before);
    const unknown = await decrypt([{ envelope: missing.toString('base64') }]);
    expect(unknown.body).toEqual(wrong.body);
    expect(unknown.status).toBe(wrong.status);
    expect(await lost()).toBe(before + 1);
  });
});

describe('what is not in order', () => {
  beforeEach(() => warmUp(plane, () => encrypt([{ plaintext: hello, context: { a: '1' } }])));

  it('is answered item by item as the operation answers it', async () => {
    const tooLarge = Buffer.alloc(1024 * 1024 + 1).toString('base64');
    const bad = [
      { plaintext: 'aGVsbG8' },
      { plaintext: 'aGVsbG9=' },
      { plaintext: '_-8=' },
      { plaintext: 7 },
      { plaintext: hello, context: { a: 1 } },
      { plaintext: hello, context: 'text' },
      { plaintext: hello, context: ['a'] },
      { plaintext: hello, context: { a: '\ud800' } },
      { plaintext: tooLarge },
      null,
      'text',
      [],
      {},
    ];
    for (const item of bad) {
      const { body, status } = await encrypt([item, { plaintext: hello }]);
      const { data } = (await encryptItems(served.world.callers.token, {
        appId: served.appId,
        items: [item],
      })) as never;
      expect(status).toBe(200);
      expect((body as { items: unknown[] }).items[0]).toEqual((data as { items: unknown[] }).items[0]);
      expect((body as { items: unknown[] }).items[1]).toEqual({ envelope: expect.any(String) });
    }
  });

  it('looks the same for every envelope that does not open, warm or not', async () => {
    const context = { a: '1' };
    const seal = async (appId: string, token: string) =>
      ((await encrypt([{ plaintext: hello, context }], appId, token)).body as { items: [{ envelope: string }] })
        .items[0];
    const own = await seal(served.appId, served.token);
    await warmUp(plane, () => decrypt([{ ...own, context }]));
    const bytes = Buffer.from(own.envelope, 'base64');
    const damaged = [0, 1, 20, 45, bytes.length - 1].map((at) => {
      const copy = Buffer.from(bytes);
      copy[at] = (copy[at] ?? 0) ^ 1;
      return { envelope: copy.toString('base64'), context };
    });
    const items = [
      ...damaged,
      { ...(await seal(served.otherAppId, served.token)), context },
      { ...(await seal(served.foreignAppId, served.foreignToken)), context },
      { ...own, context: { a: '2' } },
      { ...own },
      { envelope: '', context },
    ];
    for (const item of items) {
      const answer = await decrypt([item]);
      expect(answer.status).toBe(200);
      expect(answer.body).toEqual({ items: [{ error: { code: 'cannot-open' } }] });
    }
  });

  it.each([
    ['no batch', { items: [] }, 'Send at least one item.'],
    ['too many', { items: Array.from({ length: 101 }, () => ({ plaintext: hello })) }, 'Send at most 100 items.'],
    ['no JSON', 'this is not JSON', 'Send at least one item.'],
    ['no items', { things: [] }, 'Send at least one item.'],
    ['nothing', undefined, 'Send at least one item.'],
  ])('is refused as a whole: %s', async (_, body, words) => {
    const answer = await post(plane, pathOf(served.appId, 'encrypt'), { token: served.token, body });
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ error: { code: 'invalid-input', fields: { items: words } } });
  });
});

describe('who may', () => {
  it('is nobody without a token, or with one that is none', async () => {
    const body = { items: [{ plaintext: hello }] };
    for (const authorization of ['', 'Bearer kwt_nobody', 'Basic a:b']) {
      const headers = { authorization };
      const answer = await post(plane, pathOf(served.appId, 'encrypt'), { body, headers });
      expect(answer.status).toBe(401);
      expect(answer.headers.get('www-authenticate')).toBe('Bearer');
      expect(answer.body).toMatchObject({
        error: { code: 'unauthenticated', requestId: answer.headers.get('x-request-id') },
      });
    }
  });

  it('is a token with that action alone, and the history tells of a try, under the ID that was answered', async () => {
    const token = bearerOf(await served.world.makeTokenCaller(served.world.acme.id, ['decrypt']));
    const answer = await encrypt([{ plaintext: hello }], served.appId, token);
    expect(answer.status).toBe(403);
    const requestId = answer.headers.get('x-request-id') ?? '';
    expect(answer.body).toMatchObject({ error: { code: 'forbidden', requestId } });
    const event = await db().auditEvent.findFirstOrThrow({ where: { requestId } });
    expect(event).toMatchObject({ operation: 'encrypt-items', outcome: 'refused', code: 'forbidden' });
  });

  it('finds an app of its own tenant alone', async () => {
    await warmUp(plane, () => encrypt([{ plaintext: hello }], served.foreignAppId, served.foreignToken));
    for (const appId of [served.foreignAppId, '00000000-0000-4000-8000-000000000000']) {
      const answer = await encrypt([{ plaintext: hello }], appId);
      expect(answer.status).toBe(404);
      expect(answer.body).toMatchObject({ error: { code: 'not-found' } });
    }
    expect((await encrypt([{ plaintext: hello }], 'no-uuid')).status).toBe(400);
  });

  it('leaves no event for what was done, as in the web process', async () => {
    const before = await db().auditEvent.count();
    for (let n = 0; n < 5; n++) await encrypt([{ plaintext: hello }]);
    expect(await db().auditEvent.count()).toBe(before);
  });
});

describe('an address written otherwise', () => {
  it('leads to the same', async () => {
    const body = { items: [{ plaintext: hello }] };
    for (const path of [`${pathOf(served.appId, 'encrypt')}?a=1`, pathOf(served.appId.toUpperCase(), 'encrypt')]) {
      const answer = await post(plane, path, { token: served.token, body });
      expect(answer.body).toEqual({ items: [{ envelope: expect.any(String) }] });
    }
    const missing = await post(plane, '/api/v1/apps', { token: served.token, body });
    expect(missing.status).toBe(404);
    expect(missing.body).toMatchObject({ error: { code: 'not-found' } });
  });
});
