import type { APIRequestContext, Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { events } from './tasks/history.ts';
import { inspect, listenForComplaints } from './tasks/inspect.ts';
import { makeTenant, type OwnTenant, removeTenant } from './tasks/own-tenant.ts';
import { openAs } from './tasks/people.ts';
import { withDatabase } from './tasks/places.ts';
import { signIn, signOut } from './tasks/sign-in.ts';

test.describe.configure({ timeout: 120_000 });

const next = 'tulip anvil harbour quartz';
let tenant: OwnTenant;

// People of their own: what is tried on them delays nobody else's tests.
test.beforeEach(async () => {
  tenant = await makeTenant('Doorway', ['Front desk']);
});
test.afterEach(async () => {
  await removeTenant('Doorway');
  await withDatabase((client) => client.query('DELETE FROM sign_in_count'));
});

test('somebody who mistypes too often reads when to try again; a browser that is known is not delayed', async ({
  browser,
  demo,
}) => {
  const known = await (await browser.newContext({ baseURL: demo.url })).newPage();
  await signIn(known, demo, tenant.admin);
  await signOut(known);

  const stranger = await (await browser.newContext({ baseURL: demo.url })).newPage();
  const complaints = listenForComplaints(stranger, [/status of (401|429)/]);
  await stranger.goto('/sign-in');
  for (let n = 0; n < 6; n++) {
    await tryPassword(stranger, tenant.admin, `guess ${n}`);
    await expect(stranger.getByText('Email or password is wrong.')).toBeVisible();
  }
  // As if somebody had gone on for a while: the wait is long enough to be read.
  await withDatabase((client) =>
    client.query(`UPDATE sign_in_count SET open_at = now() + interval '10 minutes' WHERE key LIKE 'account-source %'`),
  );
  await tryPassword(stranger, tenant.admin, demo.password);
  await expect(stranger.getByText('Too many tries.')).toBeVisible();
  await expect(stranger.getByText(/^Try again in (9|10) min/)).toBeVisible();
  await inspect(stranger, 'sign-in-too-many');
  expect(complaints).toEqual([]);

  await signIn(known, demo, tenant.admin);
  await expect(known.getByRole('heading', { level: 1 })).toBeVisible();
  const device = (await known.context().cookies()).find(({ name }) => name === 'keyward-device');
  expect(device).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' });
  await Promise.all([known.context().close(), stranger.context().close()]);
});

test('the refusal says over HTTP how long to wait', async ({ playwright, demo }) => {
  const request = await playwright.request.newContext({ baseURL: demo.url });
  for (let n = 0; n < 6; n++) expect((await post(request, tenant.viewer, 'a guess')).status()).toBe(401);
  const refused = await post(request, tenant.viewer, demo.password);
  expect(refused.status()).toBe(429);
  expect(Number(refused.headers()['retry-after'])).toBeGreaterThan(0);
  await request.dispose();
});

test('nothing is taken from another origin, whatever the request says of its host', async ({ playwright, demo }) => {
  const { host } = new URL(demo.url);
  const foreign: Record<string, string>[] = [
    { origin: 'https://evil.example' },
    { origin: `https://${host}` },
    { origin: 'http://evil.example', host: 'evil.example' },
    { origin: 'http://evil.example', 'x-forwarded-host': 'evil.example' },
  ];
  for (const headers of foreign) {
    const request = await playwright.request.newContext({ baseURL: demo.url });
    const answers = [
      await request.post('/account/password', { headers }),
      await post(request, tenant.admin, demo.password, headers),
    ];
    for (const answer of answers) expect(answer.status()).toBe(403);
    await request.dispose();
  }
});

test('a new password ends a stolen copy of the session, and a known one is refused beside its field', async ({
  browser,
  demo,
}) => {
  // As behind a proxy that speaks of the host in words of its own: actions are ours all the same.
  const extraHTTPHeaders = { 'x-forwarded-host': 'inner.example:8080' };
  const page = await (await browser.newContext({ baseURL: demo.url, extraHTTPHeaders })).newPage();
  await signIn(page, demo, tenant.admin);
  const thief = await browser.newContext({ baseURL: demo.url, storageState: await page.context().storageState() });
  const stolen = await thief.newPage();
  await stolen.goto('/account/password');
  await expect(stolen.getByText(tenant.admin).first()).toBeVisible();

  await page.goto('/account/password');
  await choosePassword(page, demo.password, 'unbelievable');
  await expect(page.getByText(/This password is known from leaks/).first()).toBeVisible();
  await inspect(page, 'password-known');
  await choosePassword(page, demo.password, next);
  await expect(page.getByText('Your password is changed.')).toBeVisible();
  // The browser that it was changed in has a session of its own from now on.
  await page.goto('/enterprise-key');
  await expect(page.getByText(tenant.admin).first()).toBeVisible();
  await stolen.goto('/account/password');
  await expect(stolen.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await Promise.all([page.context().close(), thief.close()]);
});

test('the operator reads who tried to sign in, without what was typed', async ({ browser, demo, playwright }) => {
  const request = await playwright.request.newContext({ baseURL: demo.url });
  await post(request, 'my-secret-password-typed-here', 'x');
  await request.dispose();
  const page = await openAs(browser, demo, 'operator');
  await page.goto('/tenants');
  await page.getByRole('link', { name: 'History' }).click();
  await page.waitForURL(/vendor-history/);
  const unknown = events(page, /unknown address/).first();
  await expect(unknown).toContainText('Refused');
  await expect(page.getByRole('main')).not.toContainText('my-secret-password');
  await inspect(page, 'vendor-history');
  // Asked for by its name: how much stands above it on the first page is up to whatever ran here before.
  await page.goto('/vendor-history?operation=create-token');
  await expect(events(page, /operator@vendor\.example created the token .*Acme/s).first()).toBeVisible();
  await page.goto('/vendor-history?operation=sign-in&outcome=done');
  await expect(events(page, /operator@vendor\.example/).first()).toContainText('signed in');
  await expect(page.getByRole('main')).not.toContainText('acme.example');
  const csv = await page.request.get('/vendor-history/export.csv');
  expect(await csv.text()).toContain('unknown address');
  await page.context().close();

  const support = await openAs(browser, demo, 'support');
  await support.goto('/vendor-history');
  await expect(support.getByRole('heading', { name: 'Your role does not allow this.' })).toBeVisible();
  await support.context().close();
});

test('the operator gives a token a last day, and finds it among many', async ({ browser, demo }) => {
  const page = await openAs(browser, demo, 'operator');
  await withDatabase((client) =>
    client.query(
      `INSERT INTO api_token (id, tenant_id, name, hint, hash, actions, created_by, created_at)
       SELECT gen_random_uuid(), $1, 'many ' || n, 'kwt_' || n, decode(md5(n::text || 'many'), 'hex'), '{encrypt}', 'x',
              now() - interval '1 year' FROM generate_series(1, 60) n`,
      [tenant.id],
    ),
  );
  await page.goto('/tokens');
  await page.getByLabel('Tenant').selectOption({ label: 'Doorway' });
  await page.getByLabel('Name', { exact: true }).fill('for a while');
  await page.getByRole('checkbox', { name: 'encrypt' }).check();
  await page.getByLabel('Last day').fill('2001-01-01');
  await page.getByRole('button', { name: 'Create Token' }).click();
  await expect(page.getByText('This time has passed. Choose a later one.').first()).toBeVisible();
  await page.getByLabel('Last day').fill(new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10));
  await page.getByRole('button', { name: 'Create Token' }).click();
  await expect(page.getByRole('textbox', { name: 'Token' })).toHaveValue(/^kwt_/);
  await expect(page.getByRole('row', { name: /for a while/ })).toContainText('ends in');
  await page.getByRole('link', { name: 'Older tokens' }).click();
  await expect(page.getByRole('link', { name: 'Newest tokens' })).toBeVisible();
  await expect(page.getByRole('row', { name: /for a while/ })).toHaveCount(0);
  await page.getByRole('searchbox', { name: 'Search' }).fill('FOR A');
  await page.getByRole('button', { name: 'Search' }).click();
  await expect(page.getByRole('row', { name: /for a while/ })).toBeVisible();
  await expect(page.getByRole('row')).toHaveCount(2);
  await inspect(page, 'tokens-found');
  await page.context().close();
});

async function tryPassword(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password').fill(password);
  const answered = page.waitForResponse((response) => response.url().includes('/callback/credentials'));
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await answered;
}

async function choosePassword(page: Page, current: string, chosen: string): Promise<void> {
  await page.getByLabel('Current password').fill(current);
  await page.getByLabel('New password', { exact: true }).fill(chosen);
  await page.getByLabel('Repeat new password').fill(chosen);
  await page.getByRole('button', { name: 'Change password' }).click();
}

/** As a program signs in: with next-auth's own token against forged posts. */
async function post(request: APIRequestContext, email: string, password: string, headers: Record<string, string> = {}) {
  const { csrfToken } = (await (await request.get('/api/auth/csrf')).json()) as { csrfToken: string };
  return request.post('/api/auth/callback/credentials', {
    form: { csrfToken, email, password, json: 'true', callbackUrl: '/' },
    headers,
  });
}
