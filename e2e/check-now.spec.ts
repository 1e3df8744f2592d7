import type { Page } from '@playwright/test';
import { permissionPolicy } from '../lib/byok/aws/policies.ts';
import { expect, test } from './fixtures.ts';
import { check, connectKey, testConfiguration } from './tasks/active-key.ts';
import { type AwsAccount, awsAccount } from './tasks/aws-account.ts';
import { events } from './tasks/history.ts';
import { inspect, listenForComplaints } from './tasks/inspect.ts';
import { makeTenant, type OwnTenant, removeTenant } from './tasks/own-tenant.ts';
import { openAs } from './tasks/people.ts';
import { withDatabase } from './tasks/places.ts';
import { signIn } from './tasks/sign-in.ts';

test.describe.configure({ mode: 'serial', timeout: 120_000 });

const alias = 'oscorp-production';

let page: Page;
let complaints: string[];
let keyUrl: string;
let keyId: string;
let tenant: OwnTenant;
let aws: AwsAccount;
let keyArn: string;
let roleArn: string;

test.beforeAll(async ({ browser, demo }) => {
  test.setTimeout(180_000);
  tenant = await makeTenant('Oscorp', ['Genetics', 'Optics']);
  aws = awsAccount(demo);
  await aws.open();
  roleArn = await aws.makeRole('Role', tenant);
  keyArn = await aws.makeKey('Role', tenant, { Policy: wholeAccount() });
  page = await (await browser.newContext({ baseURL: demo.url })).newPage();
  complaints = listenForComplaints(page);
  await signIn(page, demo, tenant.admin);
  keyUrl = await connectKey(page, { alias, accountId: aws.accountId, keyArn, roleArn });
  keyId = keyUrl.split('/').at(-1) ?? '';
});
test.afterAll(async () => {
  await page?.context().close();
  await removeTenant('Oscorp');
});

test('a key that was not asked for 23 minutes is grey and says so; a viewer cannot ask', async ({ browser, demo }) => {
  await page.goto('/history');
  await lookBack(23);
  const viewer = await (await browser.newContext({ baseURL: demo.url })).newPage();
  await signIn(viewer, demo, tenant.viewer);
  await viewer.goto(keyUrl);
  await expect(viewer.getByText('Not checked for 23 min').first()).toBeVisible();
  await expect(viewer.getByText('Healthy', { exact: true })).toHaveCount(0);
  await expect(viewer.getByRole('button', { name: 'Check now' })).toHaveAccessibleDescription(/Only an administrator/);
  await inspect(viewer, 'key-not-checked');
  await viewer.context().close();
});

test('an administrator who looks at it has it asked without pressing anything', async () => {
  await page.goto(keyUrl);
  await expect(page.getByText('Healthy', { exact: true }).first()).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText(/^checked/)).toBeVisible();
  await inspect(page, 'key-checked');
});

test('disabled in AWS, the page says so, why and what to do, without anybody reading', async () => {
  await aws.disableKey(keyArn);
  await expect(page.getByText('Revoked', { exact: true }).first()).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText('The key is disabled.').first()).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Enable the key in AWS KMS' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Open key in AWS' })).toHaveAttribute(
    'href',
    new RegExp(keyArn.split('/')[1] ?? ''),
  );
  await expect(page.getByRole('region', { name: 'What happened' })).toContainText('AWS answered: The key is disabled.');
  await expect(page.getByRole('region', { name: 'Affected apps and bots' })).toContainText('Revoked');
  await inspect(page, 'key-revoked');
});

test('each page of the tenant says so, with the way to what helps', async ({ browser, demo }) => {
  const viewer = await (await browser.newContext({ baseURL: demo.url })).newPage();
  await signIn(viewer, demo, tenant.viewer);
  const banner = viewer.getByRole('region', { name: 'Data that cannot be read now' });
  for (const address of ['/enterprise-key', '/apps', '/history', '/account/password', keyUrl]) {
    await viewer.goto(address);
    await expect(banner).toContainText(`${alias} is revoked. The key is disabled. 2 apps and bots cannot read`);
  }
  await viewer.goto('/apps');
  await inspect(viewer, 'apps-revoked');
  await banner.getByRole('link', { name: 'What to do' }).click();
  await viewer.waitForURL(/#next-steps$/);
  await expect(viewer.getByRole('heading', { name: 'What to do next' })).toBeInViewport();
  await viewer.context().close();
});

test('Validate has AWS asked although nothing is stored here', async () => {
  await page.getByRole('button', { name: 'Validate', exact: true }).click();
  await expect(page.getByText('2 of 2 apps and bots could not be opened.')).toBeVisible({ timeout: 30_000 });
  await inspect(page, 'key-validated-revoked');
});

test('support finds what to send to the customer', async ({ browser, demo }) => {
  const support = await openAs(browser, demo, 'support');
  await support.goto('/tenants');
  await support.getByRole('combobox', { name: 'Status' }).click();
  await support.getByRole('option', { name: 'Revoked', exact: true }).click();
  await expect(support).toHaveURL(/status=revoked/);
  const row = support.getByRole('row', { name: /Oscorp/ });
  await expect(row).toContainText('Customer');
  await inspect(support, 'tenants-filtered');
  await row.getByRole('link', { name: 'Oscorp' }).click();
  const message = support.getByRole('region', { name: 'Send this to the customer' });
  await expect(message).toContainText('The key is disabled.');
  await expect(message).toContainText(keyArn);
  await expect(message.getByRole('button', { name: 'Copy message' })).toBeVisible();
  await expect(message.getByRole('link', { name: /in AWS/ })).toHaveAttribute('href', /kms/);
  await inspect(support, 'support-message');
  await support.context().close();
});

test('support checks it, and the tenant’s own history says so', async ({ browser, demo }) => {
  await aws.enableKey(keyArn);
  await page.goto('/history');
  await lookBack(1);
  const support = await openAs(browser, demo, 'support');
  const list = await support.context().newPage();
  await list.goto('/tenants?status=revoked&move=customer');
  await expect(list.getByRole('row', { name: /Oscorp/ })).toBeVisible();
  await support.goto('/tenants');
  await support.getByRole('link', { name: 'Oscorp' }).click();
  await support.getByRole('button', { name: `Check ${alias} now` }).click();
  await expect(support.getByText('Degraded', { exact: true }).first()).toBeVisible({ timeout: 30_000 });
  await inspect(support, 'support-checked');
  // Nobody loads the list again: it looks by itself.
  await expect(list.getByRole('row', { name: /Oscorp/ })).toHaveCount(0, { timeout: 60_000 });
  await support.context().close();
  await page.reload();
  await expect(events(page, /support@vendor\.example checked .+: degraded/).first()).toBeVisible();
});

test('Check now asks at once, and heals it', async () => {
  await page.goto(keyUrl);
  await lookBack(1);
  await page.getByRole('button', { name: 'Check now' }).click();
  await expect(page.getByText('Healthy', { exact: true }).first()).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole('region', { name: 'Data that cannot be read now' })).toHaveCount(0, { timeout: 30_000 });
  await page.getByRole('button', { name: 'Validate', exact: true }).click();
  await expect(page.getByText(/AWS opened the current data key of 2 apps and bots\./)).toBeVisible({ timeout: 30_000 });
});

test('a rotation whose permission policy names the new key alone fails its test, with the lines that are missing', async () => {
  const newKeyArn = await aws.makeKey('Role', tenant, { Policy: wholeAccount() });
  await page.goto(`${keyUrl}/rotate`);
  await page.getByLabel('Provider ARN').fill(newKeyArn);
  await page.getByRole('button', { name: 'Test Configuration' }).click();
  const row = check(page, 'Active key');
  await expect(row).toContainText('Failed', { timeout: 60_000 });
  await expect(row).toContainText('Version 1, which is active, is cut off');
  await expect(row).toContainText(keyArn);
  await inspect(page, 'rotation-cut-off');
  await permitBoth(newKeyArn);
  await testConfiguration(page);
  await expect(check(page, 'Active key')).toContainText('Passed');
  expect(complaints).toEqual([]);
});

/** The key policy that AWS makes by default: the role's own policy decides which keys it may use. */
function wholeAccount(): string {
  const Principal = { AWS: `arn:aws:iam::${aws.accountId}:root` };
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal, Action: 'kms:*', Resource: '*' }],
  });
}

async function permitBoth(newKeyArn: string): Promise<void> {
  const [first = [], second = []] = [keyArn, newKeyArn].map(
    (one) => permissionPolicy({ keyArn: one, tenantId: tenant.id }).Statement,
  );
  await aws.permit('Role', 'Keyward', [...first, ...second.map((one) => ({ ...one, Sid: `${one.Sid}2` }))]);
}

/** As if the key had last been asked so long ago, whoever asked. */
function lookBack(minutes: number): Promise<void> {
  return withDatabase(async (client) => {
    const ago = `${minutes * 60} seconds`;
    await client.query('UPDATE key_version SET health_at = now() - $2::interval WHERE key_id = $1', [keyId, ago]);
    await client.query('UPDATE key_probe SET begun_at = begun_at - $2::interval WHERE key_id = $1', [keyId, ago]);
  });
}
