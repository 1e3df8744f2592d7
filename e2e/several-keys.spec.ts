import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { connectKey, expectStatus } from './tasks/active-key.ts';
import { type AwsAccount, awsAccount } from './tasks/aws-account.ts';
import { events } from './tasks/history.ts';
import { inspect, listenForComplaints } from './tasks/inspect.ts';
import { chooseAction, goToTab } from './tasks/key-page.ts';
import { createDraft } from './tasks/keys.ts';
import { makeTenant, type OwnTenant, removeTenant } from './tasks/own-tenant.ts';
import { openAs } from './tasks/people.ts';
import { makeReader, type Reader } from './tasks/reader.ts';
import { createToken } from './tasks/services.ts';
import { signIn } from './tasks/sign-in.ts';

test.describe.configure({ mode: 'serial' });

const apps = ['Archive', 'Billing', 'Chat', 'Desk'];
const first = 'norma-production';
const second = 'norma-archive';

let page: Page;
let tenant: OwnTenant;
let aws: AwsAccount;
let reader: Reader;
let firstArn: string;
let secondArn: string;
let complaints: string[];

test.beforeAll(async ({ browser, demo }) => {
  test.setTimeout(240_000);
  tenant = await makeTenant('Norma', apps);
  aws = awsAccount(demo);
  await aws.open();
  const roles = [await aws.makeRole('NormaRole', tenant), await aws.makeRole('ArchiveRole', tenant)] as const;
  firstArn = await aws.makeKey('NormaRole', tenant);
  secondArn = await aws.makeKey('ArchiveRole', tenant);
  page = await (await browser.newContext({ baseURL: demo.url })).newPage();
  complaints = listenForComplaints(page);
  await signIn(page, demo, tenant.admin);
  const { accountId } = aws;
  await connectKey(page, {
    alias: first,
    accountId,
    keyArn: firstArn,
    roleArn: roles[0],
    without: ['Archive', 'Desk'],
  });
  await connectKey(page, {
    alias: second,
    accountId,
    keyArn: secondArn,
    roleArn: roles[1],
    without: ['Billing', 'Chat', 'Desk'],
  });
  const operator = await openAs(browser, demo, 'operator');
  const token = await createToken(operator, { tenant: 'Norma', name: 'reader', actions: ['encrypt', 'decrypt'] });
  await operator.context().close();
  reader = await makeReader(page.request, token, tenant.apps);
});
test.afterAll(async () => {
  await page?.context().close();
  await removeTenant('Norma');
});

test('several keys are a list, with one sentence that is true of all of them', async () => {
  await page.goto('/enterprise-key');
  await expect(page.getByText('3 of 4 apps and bots use 2 keys of your own')).toBeVisible();
  const row = page.getByRole('row', { name: new RegExp(first) });
  await expect(row).toContainText('Active');
  await expect(row).toContainText('Healthy');
  await expect(row).toContainText('2 use it');
  await expect(row).toContainText(firstArn);
  await expect(row).toContainText('Passed');
  await expect(page.getByRole('button', { name: 'Create Key' })).toBeVisible();
  await inspect(page, 'key-list');
});

test('a search stays in the address, and the keys can be shown as cards', async () => {
  await page.getByLabel('Search keys').fill('archive');
  await expect(page.getByRole('row', { name: new RegExp(first) })).toHaveCount(0);
  await expect(page).toHaveURL(/archive/);
  await page.reload();
  await expect(page.getByRole('row', { name: new RegExp(second) })).toBeVisible();
  await expect(page.getByRole('row', { name: new RegExp(first) })).toHaveCount(0);
  await page.getByRole('link', { name: 'Show as cards' }).click();
  await expect(page.getByRole('heading', { name: first })).toBeVisible();
  await page.getByRole('link', { name: 'Show as a list' }).click();
  await expect(page.getByRole('table', { name: 'Your keys' })).toBeVisible();
});

test('a key is renamed while it is active; an alias that is taken is refused beside its field', async () => {
  await page.getByRole('link', { name: `Open ${second}` }).click();
  await goToTab(page, 'Settings');
  await page.getByRole('button', { name: 'Edit Details' }).click();
  const dialog = page.getByRole('alertdialog');
  await dialog.getByLabel('Alias').fill(first);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog.getByLabel('Alias')).toHaveAccessibleDescription(
    /Another enterprise key of yours has this alias/,
  );
  await inspect(page, 'rename-key');
  await dialog.getByLabel('Alias').fill(second);
  await dialog.getByLabel('Description').fill('What has to be kept for ten years.');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText('What has to be kept for ten years.')).toBeVisible();
  await expectStatus(page, 'Active');
});

test('a key in use is not deleted, and says by what', async () => {
  await expect(page.getByRole('button', { name: 'Delete Key' })).toHaveAccessibleDescription(
    /In use: 1 app or bot uses it: Archive\. .*data key/,
  );
});

test('an app’s own settings say what protects it, and why other keys cannot be chosen', async () => {
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Apps' }).click();
  await expect(page.getByRole('heading', { name: 'Apps', exact: true })).toBeVisible();
  await expect(page.getByRole('row', { name: /Billing/ })).toContainText(`${first}, version 1`);
  await expect(page.getByRole('row', { name: /Desk/ })).toContainText('Platform key');
  await inspect(page, 'apps');
  await page.getByRole('link', { name: 'Archive' }).click();
  await expect(page.getByRole('heading', { name: 'Archive', level: 1 })).toBeVisible();
  await expect(page.getByText(`is encrypted under your key ${second}, version 1`)).toBeVisible();
  const notNow = page.getByRole('region', { name: 'Cannot be chosen now' });
  await expect(notNow).toContainText(`It is the only app under “${second}”`);
  await expect(page.getByRole('button', { name: 'Save' })).toHaveAccessibleDescription(
    'You haven’t changed anything yet.',
  );
  await inspect(page, 'app-settings');
});

test('an app goes straight from one key to the other, while data is read and written', async () => {
  test.setTimeout(120_000);
  const stop = reader.keepReading();
  await openApp('Billing');
  await page.getByLabel('Key', { exact: true }).selectOption({ label: `${second} (Active)` });
  await expect(page.getByText('AWS KMS calls')).toBeVisible();
  await inspect(page, 'app-assignment');
  await page.getByRole('button', { name: 'Save' }).click();
  const sheet = page.getByRole('alertdialog');
  await expect(sheet).toContainText(`directly from “${first}”`);
  await inspect(page, 'app-assignment-sheet');
  await sheet.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText(`is encrypted under your key ${second}, version 1`)).toBeVisible({ timeout: 30_000 });
  await settled();
  expect((await stop()).failures).toEqual([]);
});

test('without the first key it reads, and without the second it does not', async () => {
  await aws.disableKey(firstArn);
  expect(await reader.readOnce()).toEqual({ Archive: 'ok', Billing: 'ok', Chat: 'key-revoked', Desk: 'ok' });
  await aws.disableKey(secondArn);
  expect(await reader.readOnce()).toMatchObject({ Archive: 'key-revoked', Billing: 'key-revoked', Desk: 'ok' });
  await page.goto('/enterprise-key');
  await expect(page.getByText(/3 of them can’t be read now/)).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole('row', { name: new RegExp(second) })).toContainText('Enable the key in AWS KMS');
  await aws.enableKey(firstArn);
  await aws.enableKey(secondArn);
  const fine = { Archive: 'ok', Billing: 'ok', Chat: 'ok', Desk: 'ok' };
  await expect.poll(() => reader.readOnce(), { timeout: 60_000 }).toEqual(fine);
});

test('back to the platform key only after it was said what that means', async () => {
  await openApp('Billing');
  await page.getByLabel('Key', { exact: true }).selectOption({ label: 'Platform key' });
  await page.getByRole('button', { name: 'Save' }).click();
  const sheet = page.getByRole('alertdialog');
  await expect(sheet).toContainText('The vendor can then read its data without you');
  await sheet.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('with the vendor’s platform key')).toBeVisible({ timeout: 30_000 });
  await settled();
  expect((await reader.readOnce()).Billing).toBe('ok');
});

test('a draft is deleted after its alias was typed, and a history of it stays', async () => {
  const draftId = await createDraft(page);
  await page.goto(`/enterprise-key/${draftId}`);
  await expect(page.getByText('Setup is not finished.')).toBeVisible();
  const alias = (await page.getByRole('heading', { level: 1 }).textContent()) ?? '';
  await chooseAction(page, 'Delete Key');
  const sheet = page.getByRole('alertdialog');
  await sheet.getByLabel(`Type ${alias} to confirm`).fill(alias);
  await sheet.getByRole('button', { name: 'Delete Key' }).click();
  await page.waitForURL(/\/enterprise-key$/);
  await page.goto('/history?operation=delete-key');
  await events(page, `deleted ${alias}`).first().getByRole('link').click();
  await expect(page.getByRole('dialog').getByText(draftId)).toBeVisible();
});

test('a viewer reads it all, and can change nothing', async ({ browser, demo }) => {
  const viewer = await (await browser.newContext({ baseURL: demo.url })).newPage();
  await signIn(viewer, demo, tenant.viewer);
  await expect(viewer.getByRole('table', { name: 'Your keys' })).toBeVisible();
  await viewer.getByRole('link', { name: 'Apps' }).click();
  await viewer.getByRole('link', { name: 'Chat' }).click();
  await expect(viewer.getByLabel('Key', { exact: true })).toBeDisabled();
  await expect(viewer.getByRole('button', { name: 'Save' })).toHaveAccessibleDescription(/Only an administrator/);
  await viewer.goto('/enterprise-key');
  await viewer.getByRole('link', { name: `Open ${first}` }).click();
  await goToTab(viewer, 'Settings');
  await expect(viewer.getByRole('button', { name: 'Delete Key' })).toHaveAccessibleDescription(/Only an administrator/);
  await viewer.context().close();
});

test('and the browser had nothing to complain of', () => {
  expect(complaints).toEqual([]);
});

async function openApp(name: string): Promise<void> {
  await page.goto('/apps');
  await page.getByRole('link', { name }).click();
  await expect(page.getByRole('heading', { name: 'Key Management' })).toBeVisible();
}

/** Until nothing of the app moves any more. */
async function settled(): Promise<void> {
  await expect(page.getByRole('heading', { name: /^Changing apps/ })).toHaveCount(0, { timeout: 60_000 });
}
