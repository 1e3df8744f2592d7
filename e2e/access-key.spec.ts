import type { Page, Response } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { type AccessKey, accessKeyUser } from './tasks/access-key-user.ts';
import { check, expectStatus, testConfiguration } from './tasks/active-key.ts';
import { awsAccount } from './tasks/aws-account.ts';
import { inspect } from './tasks/inspect.ts';
import { goToTab } from './tasks/key-page.ts';
import { found, type Marker, marker } from './tasks/markers.ts';
import { makeTenant, type OwnTenant, removeTenant } from './tasks/own-tenant.ts';
import { openAs } from './tasks/people.ts';
import { addresses, dataFiles, eachRow } from './tasks/places.ts';
import { makeReader, type Reader } from './tasks/reader.ts';
import { createToken } from './tasks/services.ts';
import { signIn } from './tasks/sign-in.ts';

test.describe.configure({ mode: 'serial', timeout: 120_000 });

const apps = ['Claims', 'Payroll'];
const allOk = Object.fromEntries(apps.map((name) => [name, 'ok']));

let page: Page;
let tenant: OwnTenant;
let user: Awaited<ReturnType<typeof accessKeyUser>>;
let first: AccessKey;
let second: AccessKey;
let reader: Reader;
let keyUrl: string;
let setupUrl: string;
let secrets: Marker[];
/** Whatever the server answered the administrator's browser with, where a secret was in it. */
const leaks: string[] = [];
const answers: Promise<void>[] = [];

test.beforeAll(async ({ browser, demo }) => {
  tenant = await makeTenant('Zephyr', apps);
  const aws = awsAccount(demo);
  await aws.open();
  user = await accessKeyUser(demo, aws.accountId);
  first = await user.createAccessKey();
  second = await user.createAccessKey();
  secrets = [first, second].map(({ secretAccessKey }, at) => marker(`secret ${at + 1}`, secretAccessKey));
  page = await (await browser.newContext({ baseURL: demo.url })).newPage();
  page.on('response', (response) => answers.push(look(response)));
  await signIn(page, demo, tenant.admin);
});
test.afterAll(async () => {
  await page?.context().close();
  await removeTenant('Zephyr');
});

test('with an access key no account and no role is asked for, and a Domain sets the region', async () => {
  await page.goto('/enterprise-key');
  await page.getByRole('button', { name: 'Create Key' }).click();
  await expect(page.getByRole('heading', { name: 'Provider', exact: true })).toBeFocused();
  await page.getByLabel('Authentication Mode').selectOption({ label: 'Access Key' });
  await page.getByLabel('Alias').fill('zephyr-production');
  await inspect(page, 'access-key-provider');
  await next('AWS');
  await page.getByLabel('Set them up with me').check();
  await expect(page.getByLabel('AWS Account ID')).toHaveCount(0);
  await expect(page.getByLabel('Role Name')).toHaveCount(0);
  const domain = page.getByLabel('Domain');
  await domain.fill('kms.us-east-1.amazonaws.com.attacker.example');
  await page.getByLabel('AWS Region').focus();
  await expect(page.getByText(/not a host name of AWS/)).toBeVisible();
  await domain.fill('https://kms.eu-central-1.amazonaws.com/');
  await expect(page.getByLabel('AWS Region')).toHaveValue('eu-central-1');
  await domain.fill('kms-fips.us-east-1.amazonaws.com');
  await expect(page.getByLabel('AWS Region')).toHaveValue('us-east-1');
});

test('the guide shows what the user may be allowed, down to Encrypt and Decrypt', async () => {
  await page.getByText('Encrypt and Decrypt only, where your rules allow no more').click();
  await inspect(page, 'access-key-prepare');
  const shown = await page.locator('pre').allTextContents();
  const least = shown.find((text) => text.includes('kms:Encrypt') && !text.includes('kms:GenerateDataKey'));
  expect(least).toContain(tenant.id);
  await user.applyPolicy(least ?? '');
  await page.getByLabel('I have access key and key already').check();
  setupUrl = new URL(page.url()).pathname;
});

test('what is wrong with an access key is said beside its field', async () => {
  await page.getByLabel('Access Key ID').fill('ASIAEXAMPLE000000001');
  await page.getByLabel('Key ID', { exact: true }).fill('arn:aws:iam::111122223333:role/BYOK_Role');
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'There is a problem' })).toBeFocused();
  await expect(page.getByText(/access key of a temporary session/).first()).toBeVisible();
  await expect(page.getByText(/Paste the secret access key/).first()).toBeVisible();
  await expect(page.getByText(/This is a role ARN/).first()).toBeVisible();
});

test('a secret that is not saved asks before it is left, and does not outlive a reload', async () => {
  await enter(first, user.keyId);
  await page.getByRole('link', { name: 'Enterprise Key' }).first().click();
  await page.getByRole('button', { name: 'Stay on this page' }).click();
  page.once('dialog', (dialog) => void dialog.accept());
  await page.reload();
  await expect(page.getByLabel('Secret Access Key')).toHaveValue('');
  await expect(page.getByLabel('Secret Access Key')).toHaveAttribute('type', 'password');
});

test('a saved secret is told of by date and person, and is in the page no more', async () => {
  await enter(first, user.keyId);
  await page.getByRole('button', { name: 'Save Draft' }).click();
  await expect(page.getByText(new RegExp(`Stored since .* by ${tenant.admin}`))).toBeVisible();
  await expect(page.getByLabel('Secret Access Key')).toHaveValue('');
  await page.reload();
  await expect(page.getByLabel('Access Key ID')).toHaveValue(first.accessKeyId);
  await expect(page.getByLabel('Key ID', { exact: true })).toHaveValue(user.keyId);
  await expect(page.getByText(/Stored since/)).toBeVisible();
  await inspect(page, 'access-key-connect');
  await next('Test');
});

test('Encrypt and Decrypt are enough: two warnings say what cannot be seen', async () => {
  await testConfiguration(page);
  await expect(check(page, 'Authentication')).toContainText(`:user/keyward`);
  await expect(check(page, 'Confused deputy')).toContainText('Skipped');
  await expect(check(page, 'Key')).toContainText('kms:DescribeKey is not permitted');
  await expect(check(page, 'Data key')).toContainText('Keyward makes data keys from its own random numbers');
  await expect(check(page, 'Encryption and decryption')).toContainText('Passed');
  await inspect(page, 'access-key-tested');
});

test('the review names the access key and never the secret, and the key becomes active', async ({ browser, demo }) => {
  await next('When and what');
  await page.getByLabel('Now', { exact: true }).check();
  await next('Review');
  const connect = page.getByRole('region', { name: 'AWS', exact: true });
  await expect(connect).toContainText(first.accessKeyId);
  await expect(connect).toContainText(/Stored since/);
  const warnings = page.getByRole('checkbox', { name: /^I acknowledge the warning/ });
  await expect(warnings).toHaveCount(2);
  for (const box of await warnings.all()) await box.check();
  await inspect(page, 'access-key-review');
  await page.getByRole('button', { name: 'Proceed' }).click();
  await page.waitForURL(/\/enterprise-key\/[0-9a-f-]{36}$/);
  await expectStatus(page, 'Active');
  keyUrl = page.url();
  await goToTab(page, 'Versions');
  await expect(page.getByText(first.accessKeyId).first()).toBeVisible();
  const operator = await openAs(browser, demo, 'operator');
  const token = await createToken(operator, { tenant: 'Zephyr', name: 'reader', actions: ['encrypt', 'decrypt'] });
  await operator.context().close();
  reader = await makeReader(page.request, token, tenant.apps);
  expect(await reader.readOnce()).toEqual(allOk);
});

test('Rotate Key replaces the access key; the old one may be deactivated at once', async () => {
  await page.goto(keyUrl);
  await page.getByRole('link', { name: 'Rotate Key' }).click();
  await expect(page.getByRole('heading', { name: 'Rotate Key', exact: true })).toBeFocused();
  await expect(page.getByRole('region', { name: 'Active now' })).toContainText(first.accessKeyId);
  await enter(second, user.keyId);
  await expect(page.getByRole('region', { name: 'Rotate to' })).toContainText('A new access key.');
  await testConfiguration(page);
  await expect(page.getByLabel('Secret Access Key')).toHaveValue('');
  const warnings = page.getByRole('checkbox', { name: /^I acknowledge the warning/ });
  // The panel of the last test is there before its warnings are.
  await expect(warnings).toHaveCount(2);
  for (const box of await warnings.all()) await box.check();
  await inspect(page, 'access-key-rotate');
  await page.getByRole('button', { name: 'Rotate Key' }).click();
  const sheet = page.getByRole('alertdialog');
  await sheet.getByRole('button', { name: 'Rotate Key' }).click();
  await page.waitForURL(keyUrl);
  await user.setActive(first, false);
  await expectStatus(page, 'Active');
  await goToTab(page, 'Versions');
  await expect(page.getByText(second.accessKeyId).first()).toBeVisible();
  expect(await reader.readOnce()).toEqual(allOk);
});

test('an access key that is deactivated revokes, says so, and heals when it is active again', async () => {
  await user.setActive(second, false);
  expect(await reader.readOnce()).toEqual(Object.fromEntries(apps.map((name) => [name, 'key-revoked'])));
  await page.goto(keyUrl);
  await expect(page.getByText('Revoked', { exact: true }).first()).toBeVisible();
  await expect(page.getByText(/AWS does not know the access key/).first()).toBeVisible();
  await user.setActive(second, true);
  await expect.poll(() => reader.readOnce()).toEqual(allOk);
});

test('neither secret is anywhere: pages, payloads, answers, storage, addresses, tables, files, logs', async () => {
  const keyId = keyUrl.split('/').at(-1) ?? '';
  const wizard = setupUrl.split('/').at(-3) ?? '';
  for (const address of addresses({ keys: [keyId], wizard: [wizard], appId: tenant.apps[0]?.id, tenant: tenant.id })) {
    for (const headers of [{}, { rsc: '1' }] as Record<string, string>[]) {
      const answer = await page.request.get(address, { headers });
      leaks.push(...found(secrets, await answer.body(), address));
    }
  }
  const stored = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, location.href]));
  leaks.push(...found(secrets, stored, 'the browser’s storage'));
  let seen = 0;
  await eachRow((table, row) => {
    if (row.includes(second.accessKeyId)) seen += 1;
    leaks.push(...found(secrets, row, `a row of ${table}`));
  });
  for (const [path, bytes] of dataFiles()) {
    // The simulated AWS has to keep them.
    if (path === 'aws-simulator.json') continue;
    leaks.push(...(path.startsWith('postgres/cluster/') ? found1(bytes, path) : found(secrets, bytes, path)));
  }
  await Promise.all(answers);
  expect(leaks).toEqual([]);
  expect(seen).toBeGreaterThan(0);
  expect(answers.length).toBeGreaterThan(50);
});

/** Files of the database are large: as it is, is enough. */
function found1(bytes: Buffer, path: string): string[] {
  return secrets.filter((one) => bytes.includes(one.bytes)).map(({ name }) => `${name} in ${path}`);
}

async function look(response: Response): Promise<void> {
  const body = await response.body().catch(() => Buffer.alloc(0));
  leaks.push(...found(secrets, body, response.url()), ...found(secrets, response.url(), 'an address'));
}

async function enter({ accessKeyId, secretAccessKey }: AccessKey, keyId: string): Promise<void> {
  await page.getByLabel('Access Key ID').fill(accessKeyId);
  await page.getByLabel('Secret Access Key').fill(secretAccessKey);
  await page.getByLabel('Key ID', { exact: true }).fill(keyId);
}

async function next(heading: string): Promise<void> {
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  await expect(page.getByRole('heading', { name: heading, exact: true })).toBeFocused();
}
