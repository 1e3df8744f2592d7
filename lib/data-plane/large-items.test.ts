import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { BytesInFlight } from './bytes-in-flight.ts';
import type { DataPlane } from './server.ts';
import { makeServedWorld, pathOf, post, serve } from './testing/served-world.ts';

const MiB = 1024 * 1024;
const hello = 'aGVsbG8=';
const large = Buffer.alloc(MiB).toString('base64');
let served: Awaited<ReturnType<typeof makeServedWorld>>;
let plane: DataPlane;

beforeAll(async () => {
  served = await makeServedWorld();
  plane = await serve();
});
afterAll(async () => {
  await plane?.drain(1_000);
  await served?.world.close();
});

const send = (kind: 'encrypt' | 'decrypt', body: unknown) =>
  post(plane, pathOf(served.appId, kind), { token: served.token, body });

describe('a batch that is answered in slices', () => {
  it('comes back as it went in, each item at its place, the bad ones refused at theirs', async () => {
    const texts = Array.from({ length: 12 }, () => randomBytes(MiB - 7).toString('base64'));
    const items = texts.flatMap((plaintext, n) => [
      { plaintext, context: { n: String(n), 'ü"\\': '{[:,' } },
      null,
      7,
      'x',
      [],
    ]);
    const sealed = await send(
      'encrypt',
      JSON.stringify({ more: { than: ['is', { looked: 'at' }] }, items }, undefined, 2),
    );
    expect(sealed.status).toBe(200);
    const answers = (sealed.body as { items: { envelope?: string }[] }).items;
    expect(answers).toHaveLength(items.length);
    const back = answers.flatMap(({ envelope }, at) =>
      at % 5 === 0 ? [{ envelope, context: items[at] && (items[at] as { context: object }).context }] : [],
    );
    for (const [at, answer] of answers.entries())
      if (at % 5 !== 0) expect(answer).toEqual({ error: { code: 'invalid-input' } });
    const opened = (await send('decrypt', { items: back })).body as { items: { plaintext: string }[] };
    expect(opened.items.map(({ plaintext }) => plaintext)).toEqual(texts);
  });

  it.each([
    ['a name twice in an item', `{"items":[{"plaintext":"${large}"},{"plaintext":"","a":1,"a":2}]}`, { body: /"a"/ }],
    ['a name twice in the batch', `{"items":[{"plaintext":"${large}"}],"items":[]}`, { body: /"items"/ }],
    ['an item that is no JSON', `{"items":[{"plaintext":"${large}"},{"plaintext" "x"}]}`, { items: /at least one/ }],
    ['a batch that is no JSON', `{"items":[{"plaintext":"${large}"},]}`, { items: /at least one/ }],
    ['an end that is missing', `{"items":[{"plaintext":"${large}"}]`, { items: /at least one/ }],
    ['no batch', `[{"plaintext":"${large}"}]`, { items: /at least one/ }],
    ['too many items', `{"items":[{"plaintext":"${large}"}${',""'.repeat(100)}]}`, { items: /at most 100/ }],
  ])('with %s is refused as a whole', async (_, body, fields) => {
    const { status, body: answer } = await send('encrypt', body);
    expect(status).toBe(400);
    const told = (answer as { error: { fields: Record<string, string> } }).error.fields;
    for (const [field, words] of Object.entries(fields)) expect(told[field]).toMatch(words);
  });

  it('for an app that is not there, or of a token that may not, is refused like any other', async () => {
    const items = [{ plaintext: large }, { plaintext: hello }];
    const foreign = pathOf(served.foreignAppId, 'encrypt');
    expect((await post(plane, foreign, { token: served.token, body: { items } })).status).toBe(404);
  });
});

it('a small batch with a name twice in an item is refused as a whole, and says which', async () => {
  const { status, body } = await send('encrypt', '{"items":[{"plaintext":"","context":{"a":"1","a":"2"}}]}');
  expect(status).toBe(400);
  expect(body).toMatchObject({ error: { fields: { body: 'The name "a" stands twice in one object.' } } });
});

describe('bytes in flight', () => {
  it('are bounded for a tenant, and in the process, and are all given back', async () => {
    const bytesInFlight = new BytesInFlight({ processBytes: 13 * MiB, tenantBytes: 11 * MiB });
    const own = await serve({ bytesInFlight });
    onTestFinished(() => own.drain(500));
    const body = { items: [{ plaintext: large }, { plaintext: large }] };
    const ask = (token: string, appId: string) => post(own, pathOf(appId, 'encrypt'), { token, body });
    bytesInFlight.take(served.world.acme.id, 2 * MiB);
    const refused = await ask(served.token, served.appId);
    expect(refused.status).toBe(429);
    expect(refused.body).toMatchObject({ error: { code: 'too-many-requests' } });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    expect((await ask(served.foreignToken, served.foreignAppId)).status).toBe(200);
    await expect.poll(() => bytesInFlight.total()).toBe(2 * MiB);
    bytesInFlight.take('another tenant', MiB);
    const full = await ask(served.foreignToken, served.foreignAppId);
    expect(full.status).toBe(503);
    expect(Number(full.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    // Small ones have room of their own.
    const small = { token: served.token, body: { items: [{ plaintext: hello }] } };
    expect((await post(own, pathOf(served.appId, 'encrypt'), small)).status).toBe(200);
    await expect.poll(() => bytesInFlight.total()).toBe(3 * MiB);
  });
});
