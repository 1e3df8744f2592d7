import { randomUUID } from 'node:crypto';
import { statusNames } from '../lib/byok/lifecycle.ts';
import { expect, test } from './fixtures.ts';
import { events } from './tasks/history.ts';
import { createDraft, deleteDraft, type KeyAnswer, keysOnList, readKey } from './tasks/keys.ts';
import { openAs } from './tasks/people.ts';
import { createToken, post, revokeToken } from './tasks/services.ts';

let acme: KeyAnswer;
/** Made where Acme has no key yet, so that there is one that others might look for. */
let madeHere: string | undefined;

test.beforeAll(async ({ browser, demo }) => {
  const page = await openAs(browser, demo, 'admin');
  const [known] = await keysOnList(page);
  if (!known) madeHere = await createDraft(page);
  acme = await readKey(page, known ?? madeHere ?? '');
  await page.context().close();
});

test.afterAll(async ({ browser, demo }) => {
  if (!madeHere) return;
  const page = await openAs(browser, demo, 'admin');
  await deleteDraft(page, madeHere);
  await page.context().close();
});

test('a viewer sees how the keys stand, and who can change them', async ({ browser, demo }) => {
  const page = await openAs(browser, demo, 'viewer');
  await page.goto('/enterprise-key');
  await expect(page.getByRole('link', { name: /^Open / }).first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Create Key' })).toBeDisabled();
  await expect(page.getByText('Only an administrator of your organisation can create a key.')).toBeVisible();
  await page.goto(`/enterprise-key/${acme.id}/validation`);
  await expect(page.getByText(statusNames[acme.status], { exact: true }).first()).toBeVisible();
  for (const name of ['Validate', 'Open recent records', 'Test authorization']) {
    await expect(page.getByRole('button', { name, exact: true })).toBeDisabled();
  }
  await expect(page.getByText('Only an administrator of your organisation can validate.')).toBeVisible();
});

test('a viewer who types the wizard’s address is refused', async ({ browser, demo }) => {
  const page = await openAs(browser, demo, 'viewer');
  for (const step of ['provider', 'aws', 'connect', 'schedule', 'apps', 'review']) {
    await page.goto(`/enterprise-key/${acme.id}/setup/${step}`);
    await expect(page.getByText('Your role does not allow this.')).toBeVisible();
    await expect(page.getByRole('button', { name: /Next|Proceed|Save Draft/ })).toHaveCount(0);
  }
});

test('another tenant’s administrator finds nothing under the address of the key', async ({
  browser,
  demo,
  request,
}) => {
  const page = await openAs(browser, demo, 'otherAdmin');
  for (const below of ['', '/apps', '/versions', '/settings', '/history', '/setup/review']) {
    await page.goto(`/enterprise-key/${acme.id}${below}`);
    await expect(page.getByRole('heading', { name: 'Page not found' })).toBeVisible();
    await expect(page.getByText('Acme')).toHaveCount(0);
  }
  const answer = await page.request.get(`/api/enterprise-keys/${acme.id}`);
  expect(answer.status()).toBe(404);
  expect(await answer.json()).toMatchObject({ ok: false, error: { code: 'not-found' } });
  expect((await request.get(`/api/enterprise-keys/${acme.id}`)).status()).toBe(401);
  // The same address is somebody's: the refusals above were not for a mistyped one.
  const own = await openAs(browser, demo, 'admin');
  expect((await own.request.get(`/api/enterprise-keys/${acme.id}`)).status()).toBe(200);
});

test('support looks into a tenant, and the tenant sees that it did', async ({ browser, demo }) => {
  const admin = await openAs(browser, demo, 'admin');
  const looks = events(admin, 'viewed this tenant');
  const address = '/history?operation=read-tenant';
  await admin.goto(address);
  await expect(admin.getByRole('heading', { name: 'History' })).toBeVisible();
  const before = await looks.count();
  const page = await openAs(browser, demo, 'support');
  await page.goto('/tenants');
  await page.getByRole('link', { name: 'Acme', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Diagnosis' })).toBeVisible();
  for (const name of ['Create Key', 'Validate', 'Open recent records', 'Proceed', 'Create Token']) {
    await expect(page.getByRole('button', { name })).toHaveCount(0);
  }
  expect((await admin.request.get('/api/tenants')).status()).toBe(403);
  expect((await page.request.get('/api/tenants')).status()).toBe(200);
  await admin.goto(address);
  await expect(looks).toHaveCount(before + 1);
  await expect(looks.first()).toContainText('support@vendor.example');
});

test('support is refused what belongs to tenants and to the operator', async ({ browser, demo }) => {
  const page = await openAs(browser, demo, 'support');
  for (const address of ['/enterprise-key', `/enterprise-key/${acme.id}`, '/history', '/tokens']) {
    await page.goto(address);
    await expect(page.getByText('Your role does not allow this.')).toBeVisible();
  }
  expect((await page.request.get(`/api/enterprise-keys/${acme.id}`)).status()).toBe(403);
});

test('the operator creates a token, which is shown once, works, and ends when it is revoked', async ({
  browser,
  demo,
  request,
}) => {
  const page = await openAs(browser, demo, 'operator');
  const name = `Speech ${randomUUID().slice(0, 8)}`;
  const token = await createToken(page, { tenant: 'Acme', name, actions: ['encrypt', 'decrypt'] });
  const use = () => post(request, { token, appId: kiosk(), action: 'encrypt', body: hello });
  expect((await use()).status()).toBe(200);
  await page.reload();
  await expect(page.getByRole('row', { name: new RegExp(name) })).toContainText(token.slice(0, 10));
  expect(await page.content()).not.toContain(token);
  await revokeToken(page, name);
  expect((await use()).status()).toBe(401);
});

test('an action that another site sends is refused', async ({ browser, demo }) => {
  const page = await openAs(browser, demo, 'otherAdmin');
  const [keyId = ''] = await keysOnList(page);
  await page.goto(`/enterprise-key/${keyId}/validation`);
  const sent = page.waitForRequest((request) => request.headers()['next-action'] !== undefined);
  await page.getByRole('button', { name: 'Validate', exact: true }).click();
  const request = await sent;
  const again = (origin: Record<string, string>) => {
    const { 'next-action': action = '', 'content-type': type = '', accept = '' } = request.headers();
    const headers = { 'next-action': action, 'content-type': type, accept, ...origin };
    return page.request.post(request.url(), { headers, data: request.postDataBuffer() ?? '' });
  };
  expect((await again({ origin: demo.url })).status()).toBe(200);
  for (const origin of ['https://evil.example', `${demo.url}.evil.example`, 'null']) {
    const answer = await again({ origin });
    expect(answer.status(), origin).toBe(403);
    expect(await answer.text()).not.toContain('protectedBy');
  }
  expect((await again({})).status()).toBe(403);
});

test('a service without a good token, or with one for something else, is told so', async ({
  browser,
  demo,
  request,
}) => {
  const page = await openAs(browser, demo, 'operator');
  const name = `Writer ${randomUUID().slice(0, 8)}`;
  const writer = await createToken(page, { tenant: 'Acme', name, actions: ['encrypt'] });
  const at = { appId: kiosk(), body: hello };
  const none = await post(request, { ...at, action: 'encrypt' });
  expect(none.status()).toBe(401);
  expect(none.headers()['www-authenticate']).toBe('Bearer');
  const wrong = await post(request, { ...at, action: 'encrypt', token: `${writer.slice(0, -1)}_` });
  expect(wrong.status()).toBe(401);
  expect(await wrong.json()).toMatchObject({ error: { code: 'unauthenticated', message: 'You are not signed in.' } });
  expect((await post(request, { ...at, action: 'encrypt', token: writer })).status()).toBe(200);
  const reading = await post(request, { ...at, action: 'decrypt', token: writer });
  expect(reading.status()).toBe(403);
  expect(await reading.json()).toMatchObject({ error: { code: 'forbidden' } });
  await revokeToken(page, name);
});

test('a service finds no app of another tenant', async ({ browser, demo, request }) => {
  const globex = await openAs(browser, demo, 'otherAdmin');
  const [keyId = ''] = await keysOnList(globex);
  const foreign = (await readKey(globex, keyId)).apps[0]?.id ?? '';
  const body = hello;
  const own = await post(request, { token: tokenOf(demo, 'Globex'), appId: foreign, action: 'encrypt', body });
  expect(own.status()).toBe(200);
  for (const appId of [foreign, randomUUID()]) {
    const answer = await post(request, { token: tokenOf(demo, 'Acme'), appId, action: 'encrypt', body });
    expect(answer.status()).toBe(404);
    expect(await answer.json()).toMatchObject({ error: { code: 'not-found' } });
  }
});

/** Seals as itself: "hello". */
const hello = { items: [{ plaintext: 'aGVsbG8=', context: { table: 'note' } }] };

function kiosk(): string {
  return acme.apps.find((app) => app.name === 'Lobby kiosk')?.id ?? '';
}

function tokenOf(demo: { tokens: { tenant: string; token: string }[] }, tenant: string): string {
  return demo.tokens.find((one) => one.tenant === tenant)?.token ?? '';
}
