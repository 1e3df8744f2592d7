import type { Browser, Page } from '@playwright/test';
import type { Demo } from '../fixtures.ts';
import { connectKey, expectStatus, reviewKey, testConfiguration } from '../tasks/active-key.ts';
import { awsAccount } from '../tasks/aws-account.ts';
import { customer } from '../tasks/customer.ts';
import { makeTenant, type OwnTenant, removeTenant } from '../tasks/own-tenant.ts';
import { openAs, people } from '../tasks/people.ts';
import { withDatabase } from '../tasks/places.ts';
import { signIn } from '../tasks/sign-in.ts';
import { look } from './look.ts';
import { expect, test } from './test.ts';
import { type Acme, acme, askUntil, lookBack } from './world.ts';

let world: Acme;

test.beforeAll(async ({ browser, demo }) => {
  test.setTimeout(240_000);
  world = await acme(browser, demo);
});
test.afterEach(({ demo }) => customer(demo).faults());

test('empty: a tenant without apps and keys, and searches that find nothing', async ({ browser, demo }) => {
  const tenant = await makeTenant('Leer', []);
  for (const [who, email] of Object.entries({ administrator: tenant.admin, viewer: tenant.viewer })) {
    const page = await open(browser, demo, email);
    for (const screen of ['/enterprise-key', '/apps', '/history?operation=rotate-key']) {
      await page.goto(screen);
      await see(page, screen.replace(/\?.*/, ''), `empty, ${who}`);
    }
    await page.context().close();
  }
  const operator = await openAs(browser, demo, 'operator');
  for (const screen of ['/tenants', '/tokens', '/vendor-history?operation=pause-move']) {
    await operator.goto(screen.includes('?') ? screen : `${screen}?q=no-such-thing`);
    await see(operator, screen.replace(/\?.*/, ''), 'nothing found');
  }
  await operator.context().close();
  await removeTenant('Leer');
});

test('loading: a test that runs, a check that is asked for, a page that is on its way', async ({ browser, demo }) => {
  await askUntil(browser, demo, world, 'Healthy');
  const page = await openAs(browser, demo, 'admin');
  await page.goto(`/enterprise-key/${world.draftId}/setup/test`);
  await customer(demo).faults({ kind: 'hold', accountId: world.accountId });
  await page.getByRole('button', { name: 'Test Configuration' }).click();
  await expect(page.getByText(/^(Running|Waiting for AWS)$/).first()).toBeVisible({ timeout: 30_000 });
  await see(page, 'Test', 'loading: the test runs');
  await customer(demo).faults();
  await expect(page.getByText(/^Last tested/)).toBeVisible({ timeout: 90_000 });

  await page.goto(world.keyUrl);
  await customer(demo).faults({ kind: 'hold', accountId: world.accountId });
  const checkNow = page.getByRole('button', { name: 'Check now' });
  await checkNow.click();
  await expect(checkNow).toHaveAttribute('aria-busy', 'true');
  await see(page, 'Key', 'loading: it is being checked');
  await customer(demo).faults();

  // The network holds back what the next page is made of.
  const held = Promise.withResolvers<void>();
  await page.route(/[?&]_rsc=/, async (route) => {
    await held.promise;
    await route.continue();
  });
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'History' }).click();
  await see(page, 'Key', 'loading: History is on its way');
  held.resolve();
  await page.unrouteAll({ behavior: 'ignoreErrors' });
  await page.context().close();
});

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

test('outage: AWS does not answer', async ({ browser, demo }) => {
  // An outage does not undo a revocation: it is one of a key that answered.
  await askUntil(browser, demo, world, 'Healthy');
  const outage = { kind: 'error', name: 'KMSInternalException', status: 500, accountId: world.accountId };
  await customer(demo).faults(outage);
  await askUntil(browser, demo, world, 'Outage');
  await seeEverywhere(browser, demo, world, 'outage');
  await customer(demo).faults();
  await askUntil(browser, demo, world, 'Healthy');
});

test('degraded: a key that answers again', async ({ browser, demo }) => {
  const aws = awsAccount(demo, world.accountId);
  await aws.disableKey(world.keyArn);
  await askUntil(browser, demo, world, 'Revoked');
  await aws.enableKey(world.keyArn);
  await askUntil(browser, demo, world, 'Degraded');
  // The answer after it would heal the key while it is looked at: it comes late.
  await customer(demo).faults({ kind: 'hold', accountId: world.accountId });
  await seeEverywhere(browser, demo, world, 'degraded');
  await customer(demo).faults();
  await askUntil(browser, demo, world, 'Healthy');
});

test('not checked: a key that was not asked for 23 minutes', async ({ browser, demo }) => {
  await lookBack(world, 23);
  const page = await openAs(browser, demo, 'viewer');
  await page.goto(world.keyUrl);
  await expect(page.getByText('Not checked for 23 min').first()).toBeVisible();
  await see(page, 'Key', 'not checked');
  await page.context().close();
});

test('expired session: on an open page, and for the next one', async ({ browser, demo }) => {
  const page = await open(browser, demo, people.admin);
  await page.goto(world.keyUrl);
  await expect(page.getByText('acme-production').first()).toBeVisible();
  // This browser's session alone: nothing was done in it for longer than it lasts.
  await withDatabase((client) =>
    client.query(
      `UPDATE session SET last_seen_at = now() - interval '3 hours' WHERE id_hash =
       (SELECT id_hash FROM session ORDER BY created_at DESC LIMIT 1)`,
    ),
  );
  await expect(page.getByText('You are not signed in.').first()).toBeVisible({ timeout: 90_000 });
  await see(page, 'Key', 'expired session');
  await page.goto('/history');
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  await see(page, '/sign-in', 'expired session');
  await page.context().close();
});

test('activation failed: AWS makes no data keys', async ({ browser, demo }) => {
  const { tenant, page, wanted } = await customerOf(browser, demo, 'Abbruch');
  await reviewKey(page, wanted);
  await noNewDataKeys(demo, wanted.accountId);
  await page.getByRole('button', { name: 'Proceed' }).click();
  await page.waitForURL(/\/enterprise-key\/[0-9a-f-]{36}$/);
  await expect(page.getByText(/^Activation failed/).first()).toBeVisible({ timeout: 90_000 });
  await seeEverywhere(browser, demo, { ...world, keyUrl: page.url(), tenantId: tenant.id }, 'activation failed', page);
  await customer(demo).faults();
  await page.context().close();
  await removeTenant('Abbruch');
});

test('paused: a rotation that AWS held up', async ({ browser, demo }) => {
  const { tenant, page, wanted } = await customerOf(browser, demo, 'Pause');
  const keyUrl = await connectKey(page, wanted);
  await page.goto(`${keyUrl}/rotate`);
  await testConfiguration(page);
  await page.getByRole('button', { name: 'Rotate Key' }).click();
  const dialog = page.getByRole('alertdialog');
  const typed = dialog.getByLabel(/^Type /);
  if (await typed.isVisible()) await typed.fill(wanted.alias);
  await noNewDataKeys(demo, wanted.accountId);
  await dialog.getByRole('button', { name: 'Rotate Key' }).click();
  await page.waitForURL(keyUrl);
  await expect(page.getByText(/The rotation is stuck/).first()).toBeVisible({ timeout: 90_000 });
  await see(page, 'Key', 'rotation is stuck');
  await page.getByRole('button', { name: 'Pause' }).first().click();
  await expect(page.getByText(/Rotation paused/).first()).toBeVisible();
  await seeEverywhere(browser, demo, { ...world, keyUrl, tenantId: tenant.id }, 'paused', page);
  await customer(demo).faults();
  await page.context().close();
  await removeTenant('Pause');
});

test('scheduled, reverted, and no more than a draft', async ({ browser, demo }) => {
  const { page, wanted } = await customerOf(browser, demo, 'Termin');
  await connectKey(page, { ...wanted, from: '2036-03-31T09:00' });
  await expectStatus(page, 'Scheduled');
  await see(page, 'Key', 'scheduled');
  await page.context().close();
  await removeTenant('Termin');
  const admin = await openAs(browser, demo, 'admin');
  await admin.goto(`/enterprise-key/${world.draftId}`);
  await see(admin, 'Key', 'draft');
  await admin.context().close();
});

function see(page: Page, screen: string, state: string): Promise<void> {
  return look(page, { chapter: 'States', screen, state });
}

/** Where a key's state is told: to its tenant, and to the vendor. */
async function seeEverywhere(
  browser: Browser,
  demo: Demo,
  { keyUrl, tenantId }: Pick<Acme, 'keyUrl' | 'tenantId'>,
  state: string,
  admin?: Page,
): Promise<void> {
  const page = admin ?? (await openAs(browser, demo, 'admin'));
  await page.goto(keyUrl);
  await see(page, 'Key', state);
  await page.goto('/enterprise-key');
  await see(page, '/enterprise-key', state);
  if (!admin) await page.context().close();
  const support = await openAs(browser, demo, 'support');
  await support.goto('/tenants');
  await see(support, '/tenants', state);
  await support.goto(`/tenants/${tenantId}`);
  await see(support, '/tenants/[tenantId]', state);
  await support.context().close();
}

async function open(browser: Browser, demo: Demo, email: string): Promise<Page> {
  const page = await (await browser.newContext({ baseURL: demo.url })).newPage();
  await signIn(page, demo, email);
  return page;
}

/** A tenant of its own with an account in AWS, whose administrator is about to connect a key. */
async function customerOf(browser: Browser, demo: Demo, name: string) {
  const tenant: OwnTenant = await makeTenant(name, ['Imports', 'Exports', 'Latex']);
  const aws = awsAccount(demo);
  await aws.open();
  const roleArn = await aws.makeRole('Role', tenant);
  const keyArn = await aws.makeKey('Role', tenant);
  const alias = `${name.toLowerCase()}-production`;
  return {
    tenant,
    page: await open(browser, demo, tenant.admin),
    wanted: { alias, accountId: aws.accountId, keyArn, roleArn },
  };
}

/** What is there can be opened, and nothing new can be made. */
function noNewDataKeys(demo: Demo, accountId: string) {
  const fault = { kind: 'error', name: 'KMSInternalException', status: 500, action: 'GenerateDataKey', accountId };
  return customer(demo).faults(fault);
}

/** Somebody else holds a table, so that nobody reads it. */
async function whileLocked(table: string, work: () => Promise<void>): Promise<void> {
  await withDatabase(async (client) => {
    await client.query(`BEGIN; LOCK TABLE ${table}`);
    await work().finally(() => client.query('ROLLBACK'));
  });
}
