import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { connectKey, expectStatus, testConfiguration } from './tasks/active-key.ts';
import { type AwsAccount, awsAccount } from './tasks/aws-account.ts';
import { customer } from './tasks/customer.ts';
import { events } from './tasks/history.ts';
import { inspect, listenForComplaints } from './tasks/inspect.ts';
import { goToTab } from './tasks/key-page.ts';
import { tabTo } from './tasks/keyboard.ts';
import { makeTenant, type OwnTenant, removeTenant } from './tasks/own-tenant.ts';
import { openAs } from './tasks/people.ts';
import { signIn } from './tasks/sign-in.ts';

test.describe.configure({ mode: 'serial', timeout: 180_000 });

const alias = 'vandelay-production';

let page: Page;
let complaints: string[];
let keyUrl: string;
let tenant: OwnTenant;
let aws: AwsAccount;

test.beforeAll(async ({ browser, demo }) => {
  test.setTimeout(180_000);
  tenant = await makeTenant('Vandelay', ['Imports', 'Exports', 'Latex']);
  aws = awsAccount(demo, '777700002222');
  await aws.open();
  const roleArn = await aws.makeRole('Role', tenant);
  const keyArn = await aws.makeKey('Role', tenant);
  page = await (await browser.newContext({ baseURL: demo.url })).newPage();
  complaints = listenForComplaints(page);
  await signIn(page, demo, tenant.admin);
  keyUrl = await connectKey(page, { alias, accountId: aws.accountId, keyArn, roleArn });
});
test.afterAll(async ({ demo }) => {
  await customer(demo).faults();
  await page?.context().close();
  await removeTenant('Vandelay');
});

test('the time line shows the active version, and each app what protects it', async () => {
  await goToTab(page, 'Versions');
  await expect(version(1)).toContainText('Active');
  await expect(version(1)).toContainText('3 data keys');
  await inspect(page, 'key-versions');
  await goToTab(page, 'Apps');
  await expect(row('Imports')).toContainText('Version 1');
  await inspect(page, 'key-apps');
});

test('without a mouse the menu is opened, walked and closed, and each tab is reached', async () => {
  await page.goto(keyUrl);
  const more = page.getByRole('button', { name: 'More actions' });
  await tabTo(page, more);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem', { name: 'Validate' })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  // What cannot be done is reached all the same, and says why.
  await expect(page.getByRole('menuitem', { name: /^Edit .*enforcement date has passed/ })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(more).toBeFocused();
  for (const name of ['Apps', 'Versions', 'Validation', 'Settings', 'History', 'Overview']) {
    const tab = page.getByRole('navigation', { name: 'Sections of this key' }).getByRole('link', { name });
    await tabTo(page, tab, name === 'Overview' ? 'Shift+Tab' : 'Tab');
    await page.keyboard.press('Enter');
    await expect(tab).toHaveAttribute('aria-current', 'page');
    await expect(tab).toBeFocused();
  }
  await goToTab(page, 'Apps');
});

test('an app is rekeyed on request, after it was said what that takes', async () => {
  await page.getByRole('button', { name: 'Rekey Imports' }).click();
  const sheet = page.getByRole('alertdialog');
  await expect(sheet).toContainText('Stored data stays readable');
  await expect(sheet.getByRole('status')).toContainText('It makes 1 data key');
  await sheet.getByLabel('Re-encrypt stored records too').check();
  await expect(sheet.getByRole('status')).toContainText('KMS call');
  await sheet.getByRole('button', { name: 'Rekey', exact: true }).click();
  await expect(sheet).toBeHidden();
  await expect(page.getByRole('button', { name: 'Rekey Imports' })).toBeVisible({ timeout: 30_000 });
});

test('the time that copies may serve is shown and changed', async () => {
  await goToTab(page, 'Settings');
  await inspect(page, 'key-settings');
  const panel = page.getByRole('region', { name: 'Data key cache time' });
  await expect(panel).toContainText('each read asks your key');
  await panel.getByRole('button', { name: 'Change' }).click();
  await panel.getByLabel('Minutes').fill('61');
  await panel.getByRole('button', { name: 'Save' }).click();
  await expect(panel).toContainText('Enter at most 60 minutes.');
  await panel.getByLabel('Minutes').fill('1.5');
  await panel.getByRole('button', { name: 'Save' }).click();
  await expect(panel).toContainText('at most 1 minute 30 seconds');
  await expect(panel.getByRole('button', { name: 'Change' })).toBeFocused();
});

test('a rotation that AWS holds up says so, and is paused', async ({ demo }) => {
  test.setTimeout(180_000);
  await page.goto(`${keyUrl}/rotate`);
  await testConfiguration(page);
  await page.getByRole('button', { name: 'Rotate Key' }).click();
  const sheet = page.getByRole('alertdialog');
  // What is there can be read, or the rotation would not be accepted; nothing new can be made.
  const action = 'GenerateDataKey';
  const { accountId } = aws;
  await customer(demo).faults({ kind: 'error', name: 'KMSInternalException', status: 500, action, accountId });
  await sheet.getByRole('button', { name: 'Rotate Key' }).click();
  await page.waitForURL(keyUrl);
  await expectStatus(page, 'Rotating');
  await expect(page.getByText(/The rotation is stuck, next try at/)).toBeVisible({ timeout: 90_000 });
  const transition = page.getByRole('region', { name: /^Rotation is stuck/ });
  await expect(transition).toContainText(`Started by ${tenant.admin}`);
  await inspect(page, 'rotation-stuck');
  await transition.getByRole('button', { name: 'Pause' }).click();
  await expect(page.getByText(`Rotation paused by ${tenant.admin}`, { exact: false }).first()).toBeVisible();
});

test('a viewer sees the rotation and can press nothing', async ({ browser, demo }) => {
  const viewer = await (await browser.newContext({ baseURL: demo.url })).newPage();
  await signIn(viewer, demo, tenant.viewer);
  await viewer.goto(keyUrl);
  await expectStatus(viewer, 'Rotating');
  await expectOutOfReach(viewer, ['Rotate Key', 'Update Apps', 'Resume']);
  await inspect(viewer, 'rotation-viewer');
  await goToTab(viewer, 'Apps');
  await expectOutOfReach(viewer, ['Rekey']);
  await goToTab(viewer, 'Settings');
  await expectOutOfReach(viewer, ['Revert to None', /^Change data key cache time/]);
  await viewer.context().close();
});

test('support sees how the rotation stands', async ({ browser, demo }) => {
  const support = await openAs(browser, demo, 'support');
  await support.goto('/tenants');
  await support.getByRole('link', { name: 'Vandelay' }).click();
  await expect(support.getByText(/Rotation paused/).first()).toBeVisible();
  await inspect(support, 'support-rotation');
  await support.context().close();
});

test('resumed after AWS answers again, the rotation ends by itself', async ({ demo }) => {
  test.setTimeout(120_000);
  await page.goto('/enterprise-key');
  await expect(page.getByText(/Rotation paused/).first()).toBeVisible();
  await inspect(page, 'list-rotation');
  await page.goto(keyUrl);
  await customer(demo).faults();
  await page.getByRole('button', { name: 'Resume' }).click();
  await goToTab(page, 'Versions');
  await expect(version(1)).toContainText('0 data keys', { timeout: 90_000 });
  await expectStatus(page, 'Active');
  await expect(version(1)).toContainText('Not yet safe to retire');
  await inspect(page, 'key-with-two-versions');
});

test('the history has it all in words', async () => {
  await page.goto('/history');
  for (const words of [
    /rotated .+ to version/,
    /paused the/,
    /started to replace the data key of/,
    /changed the data key cache time/,
  ])
    await expect(events(page, words).first()).toBeVisible();
  await inspect(page, 'history-of-moves');
  expect(complaints).toEqual([]);
});

test('the key’s own history has what was done to it, and nothing else', async () => {
  await page.goto(keyUrl);
  await goToTab(page, 'History');
  for (const words of [/rotated .+ to version/, /paused the/, /started to replace the data key of/])
    await expect(events(page, words).first()).toBeVisible();
  await expect(events(page, /signed in/)).toHaveCount(0);
  await inspect(page, 'key-history');
  expect(complaints).toEqual([]);
});

async function expectOutOfReach(viewer: Page, names: (string | RegExp)[]): Promise<void> {
  for (const name of names) {
    await expect(viewer.getByRole('button', { name })).toBeDisabled();
    await expect(viewer.getByRole('button', { name })).toHaveAccessibleDescription(/Only an administrator/);
  }
}

function version(number: number) {
  return page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: `Version ${number}` }) });
}

function row(app: string) {
  return page.getByRole('row', { name: new RegExp(app) }).first();
}
