import { testConfiguration } from '../tasks/active-key.ts';
import { customer } from '../tasks/customer.ts';
import { openAs } from '../tasks/people.ts';
import { see, whileLocked } from './states.ts';
import { expect, test } from './test.ts';
import { type Acme, acme } from './world.ts';

let world: Acme;

test.beforeAll(async ({ browser, demo }) => {
  test.setTimeout(240_000);
  world = await acme(browser, demo);
});
test.afterEach(({ demo }) => customer(demo).faults());

test('error: a database that is held up, addresses that lead nowhere, another role’s page', async ({
  browser,
  demo,
}) => {
  const page = await openAs(browser, demo, 'admin');
  await whileLocked('app', async () => {
    await page.goto('/apps');
    await expect(page.getByRole('alert').filter({ hasText: 'Request ID' })).toBeVisible({ timeout: 60_000 });
    await see(page, '/apps', 'error: the database is held up');
  });
  await whileLocked('session', async () => {
    await page.goto('/apps');
    await expect(page.getByText('Request ID')).toBeVisible({ timeout: 60_000 });
    await see(page, 'Shell', 'error: the database is held up');
  });
  for (const address of ['/no-such-page', `/enterprise-key/${world.tenantId}`, `/apps/${world.tenantId}`]) {
    expect((await page.goto(address))?.status()).toBe(404);
    await see(page, address.replace(world.tenantId, 'nobody’s'), 'error: not there');
  }
  await page.goto('/tokens');
  await expect(page.getByText('Your role does not allow this.')).toBeVisible();
  await see(page, '/tokens', 'error: another role’s');
  await page.context().close();
});

test('error: a page whose pieces do not arrive', async ({ browser, demo }) => {
  const page = await openAs(browser, demo, 'admin');
  await page.goto('/history');
  await page.route('**/_next/static/chunks/**', (route) => route.abort());
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Apps' }).click();
  await expect(page.getByRole('heading', { name: 'This page could not be shown' })).toBeVisible({ timeout: 30_000 });
  await see(page, '/apps', 'error: it did not arrive');
  await page.context().close();
});

test('error: what was entered, and what cannot be sent', async ({ browser, demo }) => {
  const stranger = await (await browser.newContext({ baseURL: demo.url })).newPage();
  await stranger.goto('/sign-in');
  await stranger.getByLabel('Email').fill('nobody@acme.example');
  await stranger.getByLabel('Password').fill('not a password');
  await stranger.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(stranger.getByText('Email or password is wrong.')).toBeVisible();
  await see(stranger, '/sign-in', 'error: refused');
  await stranger.context().close();

  const page = await openAs(browser, demo, 'admin');
  await page.goto(`/enterprise-key/${world.draftId}/setup/provider`);
  await page.getByLabel('Alias', { exact: true }).fill('');
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  await expect(page.getByText('There is a problem')).toBeVisible();
  await see(page, 'Provider', 'error: a field is empty');
  await page.getByLabel('Alias', { exact: true }).fill('acme-archive');
  await page.context().setOffline(true);
  await page.getByRole('button', { name: 'Save Draft' }).click();
  await expect(page.getByRole('alert').first()).toBeVisible({ timeout: 60_000 });
  await see(page, 'Provider', 'error: no network');
  await page.context().close();
});

test('error: a test that fails', async ({ browser, demo }) => {
  const page = await openAs(browser, demo, 'admin');
  await page.goto(`/enterprise-key/${world.draftId}/setup/test`);
  const refusal = { kind: 'error', name: 'AccessDeniedException', status: 400, action: 'GenerateDataKey' };
  await customer(demo).faults({ ...refusal, accountId: world.accountId });
  await page.getByRole('button', { name: 'Test Configuration' }).click();
  await expect(page.getByText('Failed', { exact: true }).first()).toBeVisible({ timeout: 90_000 });
  await expect(page.getByText(/^Last tested/)).toBeVisible({ timeout: 90_000 });
  await see(page, 'Test', 'error: a check failed');
  await customer(demo).faults();
  await testConfiguration(page);
  await page.context().close();
});
