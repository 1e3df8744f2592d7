import { request as plainRequest } from 'node:http';
import { type Demo, expect, test } from './fixtures.ts';
import { keysOnList, readKey } from './tasks/keys.ts';
import { openAs } from './tasks/people.ts';
import { open, post, seal } from './tasks/services.ts';

// Globex has an active key from the first minute on.
let token: string;
let appId: string;
let otherAppId: string;

test.beforeAll(async ({ browser, demo }) => {
  token = demo.tokens.find(({ tenant }) => tenant === 'Globex')?.token ?? '';
  const page = await openAs(browser, demo, 'otherAdmin');
  for (const keyId of await keysOnList(page)) {
    const { status, apps } = await readKey(page, keyId);
    if (status === 'active') [appId = '', otherAppId = ''] = apps.map((app) => app.id);
  }
  await page.context().close();
});

test('a service seals data and reads it again', async ({ request }) => {
  const context = { table: 'note', record: '7' };
  const [sealed] = await seal(request, token, appId, [{ plaintext: 'aGVsbG8=', context }]);
  expect(sealed).toEqual({ envelope: expect.any(String) });
  expect(await open(request, token, appId, [{ envelope: sealed?.envelope, context }])).toEqual([
    { plaintext: 'aGVsbG8=' },
  ]);
});

test('an envelope opens in its own app and context only, and every other failure looks the same', async ({
  request,
}) => {
  const context = { table: 'note' };
  const [sealed] = await seal(request, token, appId, [{ plaintext: 'aGVsbG8=', context }]);
  const envelope = sealed?.envelope ?? '';
  const bytes = Buffer.from(envelope, 'base64');
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
  const cannotOpen = { error: { code: 'cannot-open' } };
  expect(
    await open(request, token, appId, [
      { envelope, context: { table: 'other' } },
      { envelope: bytes.toString('base64'), context },
      { envelope, context },
    ]),
  ).toEqual([cannotOpen, cannotOpen, { plaintext: 'aGVsbG8=' }]);
  expect(await open(request, token, otherAppId, [{ envelope, context }])).toEqual([cannotOpen]);
});

test('an item that cannot be taken is refused on its own, beside good ones', async ({ request }) => {
  const tooLarge = Buffer.alloc(1024 * 1024 + 1).toString('base64');
  const answers = await seal(request, token, appId, [
    { plaintext: 'aGVsbG8=' },
    { plaintext: 'not base64!' },
    { plaintext: 7 },
    { plaintext: 'aGVsbG8=', context: { table: 7 } },
    { plaintext: tooLarge },
    { plaintext: '' },
  ]);
  const invalid = { error: { code: 'invalid-input' } };
  const good = { envelope: expect.any(String) };
  expect(answers).toEqual([good, invalid, invalid, invalid, { error: { code: 'too-large' } }, good]);
});

test('a batch that is none, or too long, is refused with the reason', async ({ request }) => {
  const items = Array.from({ length: 101 }, () => ({ plaintext: 'aGVsbG8=' }));
  const cases = [
    { body: { items }, words: 'Send at most 100 items.' },
    { body: { items: [] }, words: 'Send at least one item.' },
    { body: 'this is not JSON', words: 'Send at least one item.' },
  ];
  for (const { body, words } of cases) {
    const answer = await post(request, { token, appId, action: 'encrypt', body });
    expect(answer.status()).toBe(400);
    expect(await answer.json()).toMatchObject({ error: { code: 'invalid-input', fields: { items: words } } });
  }
  expect(await seal(request, token, appId, items.slice(0, 100))).toHaveLength(100);
});

test('a body larger than any batch is refused before it is read', async ({ demo }) => {
  expect(await announce(demo, 146 * 1024 * 1024)).toMatchObject({
    status: 413,
    body: { error: { code: 'too-large' } },
  });
});

/** Says how long the body would be, and sends none of it. */
function announce(demo: Demo, bytes: number): Promise<{ status: number | undefined; body: unknown }> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'content-length': bytes };
    const request = plainRequest(
      `${demo.url}/api/v1/apps/${appId}/encrypt`,
      { method: 'POST', headers },
      (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => {
          text += chunk.toString();
        });
        response.on('end', () => {
          request.destroy();
          resolve({ status: response.statusCode, body: JSON.parse(text) });
        });
      },
    );
    request.on('error', reject);
    request.flushHeaders();
  });
}
