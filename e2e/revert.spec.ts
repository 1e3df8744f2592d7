import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { connectKey, expectStatus } from './tasks/active-key.ts';
import { type AwsAccount, awsAccount } from './tasks/aws-account.ts';
import { inspect } from './tasks/inspect.ts';
import { chooseAction, goToTab } from './tasks/key-page.ts';
import { makeTenant, type OwnTenant, removeTenant } from './tasks/own-tenant.ts';
import { openAs } from './tasks/people.ts';
import { makeReader, type Reader } from './tasks/reader.ts';
import { createToken } from './tasks/services.ts';
import { signIn } from './tasks/sign-in.ts';

test.describe.configure({ mode: 'serial' });

const apps = ['Ledger', 'Mail', 'Notes'];
const allOk = Object.fromEntries(apps.map((name) => [name, 'ok']));

let page: Page;
let keyUrl: string;
let tenant: OwnTenant;
let aws: AwsAccount;
let reader: Reader;
const key = { keyArn: '', roleArn: '' };

test.beforeAll(async ({ browser, demo }) => {
  tenant = await makeTenant('Wolke', apps);
  aws = awsAccount(demo);
  await aws.open();
  key.roleArn = await aws.makeRole('WolkeRole', tenant);
  key.keyArn = await aws.makeKey('WolkeRole', tenant);
  page = await (await browser.newContext({ baseURL: demo.url })).newPage();
  await signIn(page, demo, tenant.admin);
  const operator = await openAs(browser, demo, 'operator');
  const token = await createToken(operator, { tenant: 'Wolke', name: 'reader', actions: ['encrypt', 'decrypt'] });
  await operator.context().close();
  reader = await makeReader(page.request, token, tenant.apps);
});
test.afterAll(async () => {
  await page?.context().close();
  await removeTenant('Wolke');
});

test('before its date a key is cancelled, and nothing moves', async () => {
  test.setTimeout(120_000);
  keyUrl = await connectKey(page, { alias: 'too-early', accountId: aws.accountId, ...key, from: '2036-03-31T09:00' });
  await expectStatus(page, 'Scheduled');
  await chooseAction(page, 'Revert to None');
  const sheet = page.getByRole('alertdialog');
  await expect(sheet).toContainText('The enforcement date is cancelled at once.');
  await expect(sheet).toContainText('nothing moves');
  await confirm('too-early');
  await expect(sheet).toBeHidden();
  await expectStatus(page, 'Reverted');
  expect(await reader.readOnce()).toEqual(allOk);
});

test('a viewer sees that a key can be reverted, and cannot press it', async ({ browser, demo }) => {
  test.setTimeout(180_000);
  keyUrl = await connectKey(page, { alias: 'wolke-production', accountId: aws.accountId, ...key });
  const viewer = await (await browser.newContext({ baseURL: demo.url })).newPage();
  await signIn(viewer, demo, tenant.viewer);
  await viewer.goto(`${keyUrl}/settings`);
  await expect(viewer.getByRole('button', { name: 'Revert to None' })).toBeDisabled();
  await expect(viewer.getByRole('button', { name: 'Revert to None' })).toHaveAccessibleDescription(
    /Only an administrator/,
  );
  await viewer.context().close();
});

test('while the key cannot be reached it is refused, with the reason and the next step in the sheet', async () => {
  await page.goto(`${keyUrl}/settings`);
  await page.getByRole('button', { name: 'Revert to None' }).click();
  const sheet = page.getByRole('alertdialog');
  await expect(sheet).toContainText('AWS KMS calls');
  await aws.disableKey(key.keyArn);
  await expect(sheet).toContainText('can then read this data without your key');
  await confirm('wolke-production');
  await expect(sheet.getByRole('alert')).toContainText(
    'The key cannot be reached now, so its data cannot return to the platform key.',
  );
  await expect(sheet.getByRole('alert')).toContainText('Enable the key in AWS');
  await expect(sheet.getByRole('alert')).toContainText('Request ID');
  await inspect(page, 'revert-refused');
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();
  // What would be refused is not offered once it is known.
  await expect(page.getByRole('button', { name: 'Revert to None' })).toBeDisabled();
  await expect(page.getByText(/its data cannot be moved/).first()).toBeVisible();
});

test('once it is enabled everything returns to the platform key, and is read all the time', async () => {
  test.setTimeout(120_000);
  await aws.enableKey(key.keyArn);
  await expect.poll(() => reader.readOnce(), { timeout: 60_000 }).toEqual(allOk);
  const stop = reader.keepReading();
  await page.goto(keyUrl);
  await goToTab(page, 'Versions');
  await chooseAction(page, 'Revert to None');
  await inspect(page, 'revert-sheet');
  await confirm('wolke-production');
  await page.waitForURL(keyUrl);
  await expectStatus(page, 'Reverted');
  expect((await stop()).failures).toEqual([]);
});

test('from then on the key takes nothing away any more', async () => {
  await aws.disableKey(key.keyArn);
  expect(await reader.readOnce()).toEqual(allOk);
  await page.goto('/enterprise-key');
  await expect(page.getByRole('button', { name: 'Create Key' })).toBeEnabled();
});

async function confirm(alias: string): Promise<void> {
  const sheet = page.getByRole('alertdialog');
  await sheet.getByLabel(`Type ${alias} to confirm`).fill(alias);
  await sheet.getByRole('button', { name: 'Revert to None' }).click();
}
