import { randomBytes } from 'node:crypto';
import type { APIRequestContext } from '@playwright/test';
import { type Demo, expect, test } from './fixtures.ts';
import { events } from './tasks/history.ts';
import { keysOnList, readKey } from './tasks/keys.ts';
import { openAs } from './tasks/people.ts';
import { createToken, open, seal } from './tasks/services.ts';

// Globex has an active key from the first minute on.
let token: string;
let appId: string;

test.beforeAll(async ({ browser, demo }) => {
  token = demo.tokens.find(({ tenant }) => tenant === 'Globex')?.token ?? '';
  const page = await openAs(browser, demo, 'otherAdmin');
  for (const keyId of await keysOnList(page)) {
    const { status, apps } = await readKey(page, keyId);
    if (status === 'active') appId = apps[0]?.id ?? '';
  }
  await page.context().close();
});

const send = (request: APIRequestContext, demo: Demo, action: string, data: unknown, bearer = token) =>
  request.post(`${demo.dataPlaneUrl}/api/v1/apps/${appId}/${action}`, {
    headers: { 'content-type': 'application/json', authorization: `Bearer ${bearer}` },
    data: JSON.stringify(data),
  });

test('what the data plane seals the web process opens, and the other way round', async ({ request, demo }) => {
  const context = { table: 'note', record: '7' };
  // First by asking, then from memory.
  for (let n = 0; n < 5; n++) {
    const sealed = await send(request, demo, 'encrypt', { items: [{ plaintext: 'aGVsbG8=', context }] });
    expect(sealed.status()).toBe(200);
    const { envelope } = (await sealed.json()).items[0];
    expect(await open(request, token, appId, [{ envelope, context }])).toEqual([{ plaintext: 'aGVsbG8=' }]);
    const [theirs] = await seal(request, token, appId, [{ plaintext: 'aGVsbG8=', context }]);
    const opened = await send(request, demo, 'decrypt', { items: [{ envelope: theirs?.envelope, context }] });
    expect(await opened.json()).toEqual({ items: [{ plaintext: 'aGVsbG8=' }] });
  }
});

test('a large file goes there and back as a stream', async ({ demo }) => {
  const file = randomBytes(20 * 1024 * 1024);
  const headers = {
    authorization: `Bearer ${token}`,
    'keyward-context': Buffer.from(JSON.stringify({ file: 'report.pdf' })).toString('base64url'),
  };
  const pass = async (action: string, body: Buffer) => {
    const answer = await fetch(`${demo.dataPlaneUrl}/api/v1/apps/${appId}/${action}`, {
      method: 'POST',
      headers,
      body: new Uint8Array(body),
    });
    expect(answer.status).toBe(200);
    return Buffer.from(await answer.arrayBuffer());
  };
  const sealed = await pass('encrypt-stream', file);
  expect(sealed.includes(file.subarray(0, 64))).toBe(false);
  expect((await pass('decrypt-stream', sealed)).equals(file)).toBe(true);
});

test('a data key is leased only with a token that was made for it, and the tenant’s history tells who has it until when', async ({
  browser,
  request,
  demo,
}) => {
  const refused = await send(request, demo, 'leases', {});
  expect(refused.status()).toBe(403);
  const operator = await openAs(browser, demo, 'operator');
  const name = `leases ${randomBytes(4).toString('hex')}`;
  const leaser = await createToken(operator, { tenant: 'Globex', name, actions: ['lease'] });
  await operator.context().close();
  const answer = await send(request, demo, 'leases', { messages: 10 }, leaser);
  expect(answer.status()).toBe(200);
  const leased = await answer.json();
  expect(Buffer.from(leased.key, 'base64')).toHaveLength(32);
  expect(leased.leaseSeconds).toBeLessThanOrEqual(60);
  const admin = await openAs(browser, demo, 'otherAdmin');
  await admin.goto('/history');
  const main = admin.getByRole('main');
  await expect(events(admin, 'leased a data key of').first()).toContainText(`Token ${leaser.slice(0, 10)}`);
  await expect(main).not.toContainText(leased.key);
  await admin.context().close();
});

test('health, the description and metrics answer without a token', async ({ request, demo }) => {
  expect((await request.get(`${demo.dataPlaneUrl}/health`)).status()).toBe(200);
  const description = await (await request.get(`${demo.dataPlaneUrl}/openapi.json`)).json();
  expect(Object.keys(description.paths)).toContain('/api/v1/apps/{appId}/leases');
  expect(await (await request.get(`${demo.dataPlaneUrl}/metrics`)).text()).toContain(
    'keyward_data_plane_requests_total',
  );
});
