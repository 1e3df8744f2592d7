import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { connectKey, expectStatus } from './tasks/active-key.ts';
import { type AwsAccount, awsAccount } from './tasks/aws-account.ts';
import { inspect } from './tasks/inspect.ts';
import { goToTab } from './tasks/key-page.ts';
import { makeTenant, type OwnTenant, removeTenant } from './tasks/own-tenant.ts';
import { openAs } from './tasks/people.ts';
import { makeReader, type Reader } from './tasks/reader.ts';
import { createToken } from './tasks/services.ts';
import { signIn } from './tasks/sign-in.ts';

test.describe.configure({ mode: 'serial' });

const alias = 'vela-production';
const apps = ['Archive', 'Billing', 'Chat', 'Desk'];

let page: Page;
let keyUrl: string;
let tenant: OwnTenant;
let aws: AwsAccount;
let reader: Reader;
let keyArn: string;

test.beforeAll(async ({ browser, demo }) => {
  test.setTimeout(180_000);
  tenant = await makeTenant('Vela', apps);
  aws = awsAccount(demo);
  await aws.open();
  const roleArn = await aws.makeRole('VelaRole', tenant);
  keyArn = await aws.makeKey('VelaRole', tenant);
  page = await (await browser.newContext({ baseURL: demo.url })).newPage();
  await signIn(page, demo, tenant.admin);
  keyUrl = await connectKey(page, { alias, accountId: aws.accountId, keyArn, roleArn, without: ['Desk'] });
  const operator = await openAs(browser, demo, 'operator');
  const token = await createToken(operator, { tenant: 'Vela', name: 'reader', actions: ['encrypt', 'decrypt'] });
  await operator.context().close();
  reader = await makeReader(page.request, token, tenant.apps);
});
test.afterAll(async () => {
  await page?.context().close();
  await removeTenant('Vela');
});

test('an administrator sees the present choice, and what another one would change', async () => {
  await page.getByRole('link', { name: 'Update Apps' }).click();
  await expect(page.getByRole('heading', { name: 'Update Apps', exact: true })).toBeFocused();
  await expect(page.getByText('3 of 4 selected')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Update Apps' })).toHaveAccessibleDescription(
    'You haven’t changed anything yet.',
  );
  await page.getByRole('checkbox', { name: 'Archive' }).uncheck();
  await page.getByRole('checkbox', { name: 'Billing' }).uncheck();
  const delta = page.getByRole('region', { name: 'What would change' });
  await expect(delta).toContainText('2 apps and bots: Archive and Billing');
  await expect(delta).toContainText('AWS KMS calls');
  await inspect(page, 'update-apps');
});

test('to take all of them out is no change of apps, and says what is', async () => {
  await page.getByRole('button', { name: 'Deselect all matching' }).click();
  await expect(page.getByRole('button', { name: 'Update Apps' })).toHaveAccessibleDescription(/use Revert to None/);
  await page.getByRole('checkbox', { name: 'Chat' }).check();
});

test('two apps are taken out while data is read and written', async () => {
  const stop = reader.keepReading();
  await page.getByRole('button', { name: 'Update Apps' }).click();
  const sheet = page.getByRole('alertdialog');
  await expect(sheet).toContainText('The vendor can then read their data without you');
  await inspect(page, 'update-apps-sheet');
  await sheet.getByRole('button', { name: 'Update Apps' }).click();
  await page.waitForURL(keyUrl);
  await goToTab(page, 'Apps');
  await expect(row('Archive')).toContainText('Platform key', { timeout: 60_000 });
  await expect(row('Chat')).toContainText('Version 1');
  await settled();
  expect((await stop()).failures).toEqual([]);
});

test('one is added again, and nothing needs to be typed for that', async () => {
  const stop = reader.keepReading();
  await page.getByRole('link', { name: 'Update Apps' }).click();
  await page.getByRole('checkbox', { name: 'Billing' }).check();
  await expect(page.getByRole('region', { name: 'What would change' })).toContainText('1 app or bot: Billing');
  await page.getByRole('button', { name: 'Update Apps' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Update Apps' }).click();
  await page.waitForURL(keyUrl);
  await goToTab(page, 'Apps');
  await expect(row('Billing')).toContainText('Version 1', { timeout: 60_000 });
  await settled();
  expect((await stop()).failures).toEqual([]);
});

test('without the key, what was taken out reads, and what is protected does not', async () => {
  await aws.disableKey(keyArn);
  expect(await reader.readOnce()).toEqual({ Archive: 'ok', Billing: 'key-revoked', Chat: 'key-revoked', Desk: 'ok' });
});

test('nothing can be taken out while the key cannot be reached, and the sheet says why', async () => {
  await page.goto(`${keyUrl}/apps/change`);
  await page.getByRole('checkbox', { name: 'Chat' }).uncheck();
  await page.getByRole('button', { name: 'Update Apps' }).click();
  const sheet = page.getByRole('alertdialog');
  await sheet.getByRole('button', { name: 'Update Apps' }).click();
  await expect(sheet.getByRole('alert')).toContainText('The key cannot be reached now');
  await expect(sheet.getByRole('alert')).toContainText('Request ID');
  await page.keyboard.press('Escape');
  await aws.enableKey(keyArn);
  await expect.poll(() => reader.readOnce(), { timeout: 60_000 }).toMatchObject({ Billing: 'ok', Chat: 'ok' });
});

test('a viewer sees the choice, and nothing can be pressed', async ({ browser, demo }) => {
  const viewer = await (await browser.newContext({ baseURL: demo.url })).newPage();
  await signIn(viewer, demo, tenant.viewer);
  await viewer.goto(`${keyUrl}/apps/change`);
  await expect(viewer.getByText('2 of 4 selected')).toBeVisible();
  for (const box of await viewer.getByRole('checkbox').all()) await expect(box).toBeDisabled();
  await expect(viewer.getByRole('button', { name: 'Update Apps' })).toBeDisabled();
  await expect(viewer.getByRole('button', { name: 'Update Apps' })).toHaveAccessibleDescription(
    /Only an administrator/,
  );
  await viewer.context().close();
});

function row(name: string) {
  return page.getByRole('row', { name: new RegExp(name) }).first();
}

/** Until the work is over: then the apps can be changed again. */
async function settled(): Promise<void> {
  await expectStatus(page, 'Active');
  await expect(page.getByRole('link', { name: 'Update Apps' })).toBeVisible({ timeout: 60_000 });
}
