import type { Page } from '@playwright/test';
import { type Demo, expect, test } from './fixtures.ts';
import { check, connectKey, expectStatus, testConfiguration } from './tasks/active-key.ts';
import { type AwsAccount, awsAccount } from './tasks/aws-account.ts';
import { inspect } from './tasks/inspect.ts';
import { goToTab } from './tasks/key-page.ts';
import { makeTenant, type OwnTenant, removeTenant } from './tasks/own-tenant.ts';
import { openAs } from './tasks/people.ts';
import { makeReader, type Reader } from './tasks/reader.ts';
import { createToken } from './tasks/services.ts';
import { signIn } from './tasks/sign-in.ts';

test.describe.configure({ mode: 'serial' });

const alias = 'umbra-production';
const apps = ['Claims', 'Dispatch', 'Payroll'];
const allOk = Object.fromEntries(apps.map((name) => [name, 'ok']));

let page: Page;
let keyUrl: string;
let tenant: OwnTenant;
let aws: AwsAccount;
let reader: Reader;
const first = { keyArn: '', roleArn: '' };
const second = { keyArn: '', roleArn: '' };

test.beforeAll(async ({ browser, demo }) => {
  test.setTimeout(180_000);
  tenant = await makeTenant('Umbra', apps);
  aws = awsAccount(demo);
  await aws.open();
  first.roleArn = await aws.makeRole('FirstRole', tenant);
  first.keyArn = await aws.makeKey('FirstRole', tenant);
  second.roleArn = await aws.makeRole('SecondRole', tenant);
  second.keyArn = await aws.makeKey('SecondRole', tenant);
  page = await newPage(browser, demo, tenant.admin);
  keyUrl = await connectKey(page, { alias, accountId: aws.accountId, ...first });
  const operator = await openAs(browser, demo, 'operator');
  const token = await createToken(operator, { tenant: 'Umbra', name: 'reader', actions: ['encrypt', 'decrypt'] });
  await operator.context().close();
  reader = await makeReader(page.request, token, tenant.apps);
});
test.afterAll(async () => {
  await page?.context().close();
  await removeTenant('Umbra');
});

test('an administrator reads what a rotation does, beside what is active', async () => {
  await page.getByRole('link', { name: 'Rotate Key' }).click();
  await expect(page.getByRole('heading', { name: 'Rotate Key', exact: true })).toBeFocused();
  await expect(page.getByRole('region', { name: 'Active now' })).toContainText(first.keyArn);
  await expect(page.getByLabel('Provider ARN')).toHaveValue(first.keyArn);
  await expect(page.getByLabel('Role ARN')).toHaveValue(first.roleArn);
  await expect(page.getByRole('region', { name: 'What would move' })).toContainText('AWS KMS calls');
  await expect(page.getByRole('button', { name: 'Rotate Key' })).toHaveAccessibleDescription(
    'Test what you entered first.',
  );
  await inspect(page, 'rotate-key');
});

test('a role’s ARN where the key’s belongs is named, and nothing is saved', async () => {
  await page.getByLabel('Provider ARN').fill(second.roleArn);
  await page.getByRole('button', { name: 'Test Configuration' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'There is a problem' })).toBeFocused();
  await expect(page.getByText(/This is a role ARN/).first()).toBeVisible();
});

test('what was prepared survives a reload, and leaving what is not saved asks first', async () => {
  await page.getByLabel('Provider ARN').fill(`  ${second.keyArn} `);
  // With the active role its policy names both keys: whoever applies it must not cut off what is active.
  await page.getByText('Permission policy of the role', { exact: true }).click();
  const permission = page.getByRole('region', { name: 'permission policy', exact: true });
  await expect(permission).toContainText(second.keyArn);
  await expect(permission).toContainText(first.keyArn);
  await expect(page.getByText(`${first.keyArn} (version 1 of “${alias}”, active)`)).toBeVisible();
  await inspect(page, 'rotate-both-keys');
  await page.getByLabel('Role ARN').fill(second.roleArn);
  await expect(page.getByRole('region', { name: 'Rotate to' })).toContainText('A new key and a new role.');
  await page.getByRole('link', { name: 'Back' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Stay on this page' }).click();
  await page.getByRole('button', { name: 'Save Draft' }).click();
  await expect(page.getByText(/Draft saved/)).toBeVisible();
  await page.reload();
  await expect(page.getByLabel('Provider ARN')).toHaveValue(second.keyArn);
  await expect(page.getByLabel('Role ARN')).toHaveValue(second.roleArn);
  await page.goto(keyUrl);
  await expectStatus(page, 'Active');
  expect(await reader.readOnce()).toEqual(allOk);
});

test('it is tested like any configuration, and a change makes the test stale', async () => {
  await page.goto(`${keyUrl}/rotate`);
  await testConfiguration(page);
  for (const name of ['Authentication', 'Confused deputy', 'Key', 'Data key']) {
    await expect(check(page, name)).toContainText('Passed');
  }
  await page.getByLabel('Role ARN').fill(first.roleArn);
  await expect(page.getByText('Something has changed since this test.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Rotate Key' })).toBeDisabled();
  await page.getByLabel('Role ARN').fill(second.roleArn);
  await expect(page.getByText('Something has changed since this test.')).toBeHidden();
  await expect(page.getByRole('button', { name: 'Rotate Key' })).toBeEnabled();
});

test('a change in another window that was first is told, and what was typed stays', async ({ browser, demo }) => {
  const other = await newPage(browser, demo, tenant.admin);
  await other.goto(`${keyUrl}/rotate`);
  await other.getByRole('button', { name: 'Save Draft' }).click();
  await expect(other.getByText(/Draft saved/)).toBeVisible();
  await other.context().close();
  await page.getByRole('button', { name: 'Save Draft' }).click();
  const notice = page.getByRole('alert').filter({ hasText: 'You changed this in another window.' });
  await expect(notice).toContainText('You prepared a rotation of it');
  await expect(notice).toContainText('Request ID');
  await notice.getByRole('button', { name: 'Reload' }).click();
  await expect(notice).toBeHidden();
  await expect(page.getByLabel('Provider ARN')).toHaveValue(second.keyArn);
});

test('a viewer sees all of it, and nothing can be pressed', async ({ browser, demo }) => {
  const viewer = await newPage(browser, demo, tenant.viewer);
  await viewer.goto(`${keyUrl}/rotate`);
  await expect(viewer.getByLabel('Provider ARN')).toHaveValue(second.keyArn);
  await expect(viewer.getByLabel('Provider ARN')).not.toBeEditable();
  await expect(viewer.getByRole('region', { name: 'What would move' })).toContainText('AWS KMS calls');
  for (const name of ['Save Draft', 'Test Configuration', 'Rotate Key']) {
    await expect(viewer.getByRole('button', { name })).toBeDisabled();
    await expect(viewer.getByRole('button', { name })).toHaveAccessibleDescription(/Only an administrator/);
  }
  await expect(viewer.getByRole('button', { name: 'Discard changes' })).toHaveCount(0);
  await viewer.context().close();
});

test('it is rotated while data is read and written all the time', async () => {
  test.setTimeout(180_000);
  await testConfiguration(page);
  const stop = reader.keepReading();
  await page.getByRole('button', { name: 'Rotate Key' }).click();
  const sheet = page.getByRole('alertdialog');
  await expect(sheet).toContainText('Version 2 becomes active');
  await expect(sheet).toContainText('Claims, Dispatch and Payroll');
  await inspect(page, 'rotate-key-sheet');
  await sheet.getByRole('button', { name: 'Rotate Key' }).click();
  await page.waitForURL(keyUrl);
  await goToTab(page, 'Versions');
  await expect(version(2)).toContainText('Active', { timeout: 60_000 });
  await expectStatus(page, 'Active');
  await expect(version(1)).toContainText('Nothing', { timeout: 60_000 });
  const { rounds, failures } = await stop();
  expect(failures).toEqual([]);
  expect(rounds).toBeGreaterThan(0);
});

test('the time line says that the old version is to be kept, and why', async () => {
  await expect(version(2)).toContainText(second.keyArn);
  await expect(version(1)).toContainText('Not yet safe to retire');
  await expect(version(1)).toContainText(/retention/);
  await goToTab(page, 'Apps');
  await expect(page.getByRole('row', { name: /Claims/ }).first()).toContainText('Version 2');
});

test('what was prepared can be thrown away again', async () => {
  await page.goto(`${keyUrl}/rotate`);
  await page.getByLabel('Role ARN').fill(first.roleArn);
  await page.getByRole('button', { name: 'Save Draft' }).click();
  await expect(page.getByText(/Draft saved/)).toBeVisible();
  await page.getByRole('button', { name: 'Discard changes' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Discard changes' }).click();
  await page.waitForURL(keyUrl);
  await page.goto(`${keyUrl}/rotate`);
  await expect(page.getByLabel('Role ARN')).toHaveValue(second.roleArn);
  await expect(page.getByRole('button', { name: 'Discard changes' })).toHaveCount(0);
});

test('without the old key everything reads, without the new one nothing does', async () => {
  await aws.disableKey(first.keyArn);
  expect(await reader.readOnce()).toEqual(allOk);
  await aws.disableKey(second.keyArn);
  expect(await reader.readOnce()).toEqual(Object.fromEntries(apps.map((name) => [name, 'key-revoked'])));
  await aws.enableKey(second.keyArn);
  await expect.poll(() => reader.readOnce(), { timeout: 60_000 }).toEqual(allOk);
});

function version(number: number) {
  return page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: `Version ${number}` }) });
}

async function newPage(browser: import('@playwright/test').Browser, demo: Demo, email: string): Promise<Page> {
  const opened = await (await browser.newContext({ baseURL: demo.url })).newPage();
  await signIn(opened, demo, email);
  return opened;
}
