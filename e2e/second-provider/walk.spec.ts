/** Another key service, through all that a key goes through: by what a person sees, on a build in which it is registered. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import type { Demo } from '../fixtures.ts';
import { startDemo } from '../global-setup.ts';
import { check, expectStatus, testConfiguration } from '../tasks/active-key.ts';
import { type AwsAccount, awsAccount } from '../tasks/aws-account.ts';
import { filesWith, wordsOfSecondProvider } from '../tasks/build-files.ts';
import { inspect } from '../tasks/inspect.ts';
import { goToTab } from '../tasks/key-page.ts';
import { makeTenant, type OwnTenant } from '../tasks/own-tenant.ts';
import { openAs } from '../tasks/people.ts';
import { withDatabase } from '../tasks/places.ts';
import { makeReader, type Reader } from '../tasks/reader.ts';
import { setReadyFiles } from '../tasks/ready-file.ts';
import { createToken } from '../tasks/services.ts';
import { signIn } from '../tasks/sign-in.ts';
import { startVault, type Vault } from './kms/vault-server.ts';
import { copy, makeOwnBuild, runThere, typeErrorsThere } from './own-build.ts';
import { speaksOfNoOther } from './speaks-of-no-other.ts';

test.describe.configure({ mode: 'serial' });

const alias = 'valta-production';
const apps = ['Archive', 'Billing'];
const allOk = Object.fromEntries(apps.map((name) => [name, 'ok']));
const all = (code: string) => Object.fromEntries(apps.map((name) => [name, code]));
const token = 'token-of-the-first-slot-5d1c';

let vault: Vault;
let endDemo: () => Promise<void>;
let demo: Demo;
let page: Page;
let keyUrl: string;
let tenant: OwnTenant;
let aws: AwsAccount;
let reader: Reader;
const awsKey = { keyArn: '', roleArn: '' };

test.beforeAll(async ({ browser }) => {
  test.setTimeout(900_000);
  const root = await makeOwnBuild();
  vault = await startVault();
  const started = await startDemo(0, { root, env: { TEST_VAULT_URL: vault.url } });
  endDemo = started.end;
  setReadyFiles([started.readyFile]);
  demo = JSON.parse(readFileSync(started.readyFile, 'utf8')) as Demo;
  tenant = await makeTenant('Valta', apps);
  await withDatabase((client) => client.query(`UPDATE tenant SET region_policy = 'warn' WHERE id = $1`, [tenant.id]));
  aws = awsAccount(demo);
  await aws.open();
  awsKey.roleArn = await aws.makeRole('ValtaRole', tenant);
  awsKey.keyArn = await aws.makeKey('ValtaRole', tenant);
  page = await (await browser.newContext({ baseURL: demo.url })).newPage();
  await signIn(page, demo, tenant.admin);
  const operator = await openAs(browser, demo, 'operator');
  const bearer = await createToken(operator, { tenant: 'Valta', name: 'reader', actions: ['encrypt', 'decrypt'] });
  await operator.context().close();
  reader = await makeReader(page.request, bearer, tenant.apps);
});
test.afterAll(async () => {
  await page?.context().close();
  await endDemo?.();
  await vault?.close();
});

test('production does not start with such a build, and says why in a sentence', async () => {
  const { code, output } = await runThere('start', {
    DATABASE_URL: 'postgresql://keyward_app:none@127.0.0.1:1/keyward',
    KEYWARD_ROOT_KEY: Buffer.alloc(32, 7).toString('base64'),
    NEXTAUTH_SECRET: 'a-secret-of-a-test-that-serves-nobody',
    NEXTAUTH_URL: 'https://keys.example.com',
  });
  expect(output.trim()).toBe(
    'This build knows the provider “Vault of Tests”, which is for tests only and protects no key: build Keyward without it. Nothing was started.',
  );
  expect(code).toBe(1);
  expect(filesWith(wordsOfSecondProvider, join(copy, '.next'))).not.toEqual([]);
});

test('with two providers registered, the compiler finds nothing outside of AWS’s folders that takes a key for one of AWS', async () => {
  test.setTimeout(900_000);
  const found = await typeErrorsThere();
  // It does find those inside: they read what the server sends as AWS's own.
  expect(found.filter((file) => file.includes('/aws/'))).not.toEqual([]);
  expect(found.filter((file) => !/\/aws\/|\/testing\/|\.(test|fixture)\.tsx?$/.test(file))).toEqual([]);
});

test('an administrator walks a slot through the wizard, in the words of its provider', async () => {
  test.setTimeout(180_000);
  vault.fill('north-hall/first', { token });
  await page.goto('/enterprise-key');
  await page.getByRole('button', { name: 'Create Key' }).click();
  await expect(page.getByRole('heading', { name: 'Provider', exact: true })).toBeFocused();
  await page.getByLabel('Key Configuration Type').selectOption('Vault of Tests Slot');
  await page.getByLabel('What we show at the door').selectOption('Slot Token');
  await page.getByLabel('Alias').fill(alias);
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  await expect(page.getByText('Choose a hall from the list.').first()).toBeVisible();
  await page.getByLabel('Hall').selectOption('North Hall');
  await next('Vault');
  await expect(page).toHaveURL(/\/setup\/vault$/);
  await expect(page.getByText('Keyward changes nothing in the Vault of Tests.')).toBeVisible();
  await speaksOfNoOther(page);
  await inspect(page, 'second-provider-connect');
  await page.getByLabel('Slot name').fill('No Slot');
  await page.getByLabel('Slot token').fill('another-token');
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  await expect(page.getByText(/A slot’s name has 3 to 41/).first()).toBeVisible();
  await page.getByLabel('Slot name').fill('first');
  await next('Test');
});

test('a wrong token fails in its check, with this provider’s remedy; the right one passes', async () => {
  test.setTimeout(120_000);
  await page.getByRole('button', { name: 'Test Configuration' }).click();
  await expect(check(page, 'Slot')).toContainText('Failed', { timeout: 60_000 });
  await expect(check(page, 'Slot')).toContainText('Give the slot its token or its mark again');
  await page.getByRole('link', { name: /^Vault/ }).click();
  await expect(page.getByLabel('Slot token')).toHaveValue('');
  await page.getByLabel('Slot token').fill(token);
  await next('Test');
  await testConfiguration(page);
  await expect(check(page, 'Slot')).toContainText('Passed');
  await speaksOfNoOther(page);
  await inspect(page, 'second-provider-tested');
});

test('it becomes active, and every record is read under it', async () => {
  test.setTimeout(120_000);
  await next('When and what');
  await page.getByLabel('Now', { exact: true }).check();
  await next('Review');
  await expect(page.getByText('AWS', { exact: true })).toHaveCount(0);
  await speaksOfNoOther(page);
  await page.getByLabel('I acknowledge the warning “Hall”').check();
  await page.getByRole('button', { name: 'Proceed' }).click();
  await page.waitForURL(/\/enterprise-key\/[0-9a-f-]{36}$/);
  keyUrl = page.url();
  await expectStatus(page, 'Active');
  await expect.poll(() => reader.readOnce(), { timeout: 60_000 }).toEqual(allOk);
  await page.reload();
  await speaksOfNoOther(page);
  for (const tab of ['Apps', 'Versions', 'Validation', 'Settings'] as const) {
    await goToTab(page, tab);
    await speaksOfNoOther(page);
  }
  const handOver = await page.request.get(`${keyUrl}/hand-over`);
  expect(await handOver.text()).toContain('A slot of the Vault of Tests: north-hall/first, for Valta.');
  const [row] = await withDatabase(
    async (client) =>
      (await client.query('SELECT provider, location, key_ref FROM key_version WHERE tenant_id = $1', [tenant.id]))
        .rows,
  );
  expect(row).toEqual({ provider: 'vault', location: 'north-hall', key_ref: 'first' });
});

test('every page that shows the key speaks of no other provider: the tenant’s, and what the vendor’s people see', async ({
  browser,
}) => {
  test.setTimeout(120_000);
  for (const path of ['/enterprise-key', `${keyUrl}/rotate`, `${keyUrl}/apps`, '/apps', '/history']) {
    await page.goto(path);
    await expect(page.locator('main')).toContainText(path === '/apps' ? 'Archive' : alias);
    await speaksOfNoOther(page);
  }
  const support = await openAs(browser, demo, 'support');
  for (const path of ['/tenants?q=Valta', `/tenants/${tenant.id}`]) {
    await support.goto(path);
    await expect(support.locator('main')).toContainText('Valta');
    await speaksOfNoOther(support);
  }
  await support.context().close();
});

test('a rotation leads to a key in AWS, while everything is read', async () => {
  test.setTimeout(240_000);
  await page.goto(`${keyUrl}/rotate`);
  await expect(page.getByRole('region', { name: 'Active now' })).toContainText('first');
  await page.getByLabel('Cloud Provider').selectOption('Amazon Web Services (AWS), AWS Assume Role');
  await page.getByLabel('Provider ARN').fill(awsKey.keyArn);
  await page.getByLabel('Role ARN').fill(awsKey.roleArn);
  await testConfiguration(page);
  await expect(check(page, 'Active key')).toContainText('Passed');
  await rotate(2);
  await expect(version(2)).toContainText(awsKey.keyArn);
});

test('and back again, to another slot and by badge', async () => {
  test.setTimeout(240_000);
  await page.goto(`${keyUrl}/rotate`);
  await expect(page.getByRole('region', { name: 'Active now' })).toContainText(awsKey.keyArn);
  await page.getByLabel('Cloud Provider').selectOption('Vault of Tests, Badge');
  await expect(page.getByLabel('Hall')).toBeVisible();
  const mark = await page.getByRole('region', { name: 'Rotate to' }).locator('pre').textContent();
  vault.fill('south-hall/second', { mark: mark?.trim() ?? '' });
  await page.getByLabel('Hall').selectOption('South Hall');
  await page.getByLabel('Slot name').fill('second');
  await testConfiguration(page);
  await page.getByLabel('I acknowledge the warning “Hall”').check();
  await rotate(3);
  await expect(version(3)).toContainText('second');
  await inspect(page, 'second-provider-key');
});

test('a locked slot revokes, in this provider’s words and with its remedy, and heals when it is unlocked', async () => {
  test.setTimeout(180_000);
  vault.set('south-hall/second', 'locked');
  expect(await reader.readOnce()).toEqual(all('key-revoked'));
  await page.goto(keyUrl);
  await expectStatus(page, 'Revoked');
  await expect(page.getByRole('region', { name: 'What happened' })).toContainText('The slot is locked.');
  await expect(page.getByRole('region', { name: 'What to do next' })).toContainText(
    'Unlock the slot in the Vault of Tests',
  );
  vault.set('south-hall/second', 'open');
  await expect.poll(() => reader.readOnce(), { timeout: 60_000 }).toEqual(allOk);
  await page.reload();
  await expectStatus(page, 'Active');
  // What was stands among the recent events; what is no longer says so.
  await expect(page.getByRole('region', { name: 'What happened' })).toHaveCount(0);
});

test('a silent service is an outage and no revocation', async () => {
  test.setTimeout(180_000);
  vault.fallSilent(true);
  expect(await reader.readOnce()).toEqual(all('key-outage'));
  await page.goto(keyUrl);
  await expect(
    page.getByText('The Vault of Tests does not answer. This is an outage, not a revocation.').first(),
  ).toBeVisible();
  vault.fallSilent(false);
  await expect.poll(() => reader.readOnce(), { timeout: 60_000 }).toEqual(allOk);
});

test('it is reverted to None, and nothing hangs on the slot any more', async () => {
  test.setTimeout(180_000);
  await page.goto(`${keyUrl}/settings`);
  await page.getByRole('button', { name: 'Revert to None' }).click();
  const sheet = page.getByRole('alertdialog');
  await speaksOfNoOther(page, sheet);
  await sheet.getByLabel(`Type ${alias} to confirm`).fill(alias);
  await sheet.getByRole('button', { name: 'Revert to None' }).click();
  await expectStatus(page, 'Reverted');
  vault.empty('south-hall/second');
  expect(await reader.readOnce()).toEqual(allOk);
});

async function next(heading: string): Promise<void> {
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  await expect(page.getByRole('heading', { name: heading, exact: true })).toBeFocused();
}

async function rotate(number: number): Promise<void> {
  const stop = reader.keepReading();
  await page.getByRole('button', { name: 'Rotate Key' }).click();
  const sheet = page.getByRole('alertdialog');
  await sheet.getByRole('button', { name: 'Rotate Key' }).click();
  await page.waitForURL(keyUrl);
  await goToTab(page, 'Versions');
  await expect(version(number)).toContainText('Active', { timeout: 60_000 });
  await expect(version(number - 1)).toContainText('Nothing: 0 data keys', { timeout: 60_000 });
  const { rounds, failures } = await stop();
  expect(failures).toEqual([]);
  expect(rounds).toBeGreaterThan(0);
}

function version(number: number) {
  return page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: `Version ${number}` }) });
}
