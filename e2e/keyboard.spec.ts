import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { customer } from './tasks/customer.ts';
import { expectTrapped, pressOn, tabTo, typeInto } from './tasks/keyboard.ts';
import { people } from './tasks/people.ts';

// No mouse in this file: every press is a key.
test.describe.configure({ mode: 'serial' });

let page: Page;
const policies = { trust: '', key: '', permission: '' };

test.beforeAll(async ({ browser, demo }) => {
  page = await (await browser.newContext({ baseURL: demo.url })).newPage();
});
test.afterAll(() => page.context().close());

test('somebody without a mouse signs in and skips the navigation', async ({ demo }) => {
  await page.goto('/sign-in');
  await typeInto(page, page.getByLabel('Email'), people.admin);
  await typeInto(page, page.getByLabel('Password'), demo.password);
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/enterprise-key$/);
  await expect(page.getByRole('button', { name: 'Create Key' })).toBeEnabled();
  await tabTo(page, page.getByRole('link', { name: 'Skip to the page' }));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
});

test('Create Key leads to the first step, whose heading has the focus', async () => {
  await pressOn(page, page.getByRole('button', { name: 'Create Key' }));
  await expectStep('Provider');
});

test('what is missing is summed up, with the focus, and each line leads to its field', async () => {
  await pressOn(page, next());
  await expect(page.getByRole('alert').filter({ hasText: 'There is a problem' })).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'An AWS account ID has 12 digits.' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('AWS Account ID')).toBeFocused();
  await page.keyboard.type('111122223333');
});

test('leaving what is not saved asks first, and Escape stays', async () => {
  const back = page.getByRole('button', { name: 'Back' });
  await pressOn(page, back);
  const dialog = page.getByRole('alertdialog');
  await expect(dialog).toBeVisible();
  await expectTrapped(page, dialog);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(back).toBeFocused();
  await expect(page.getByLabel('AWS Account ID')).toHaveValue('111122223333');
});

test('the key is named, and the policies for it are read', async () => {
  await tabTo(page, page.getByLabel('Alias'), 'Shift+Tab');
  await typeInto(page, page.getByLabel('Alias'), `keyboard-${Date.now()}`);
  await pressOn(page, next());
  await expectStep('Prepare AWS');
  policies.trust = await policyShown('trust');
  policies.key = await policyShown('key');
  await pressOn(page, next());
  await expectStep('Connect');
});

test('the key’s ARN is typed in, and a role’s ARN in its place is refused', async ({ demo }) => {
  const field = page.getByLabel('Provider ARN');
  await typeInto(page, field, demo.readyAccount.roleArn);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert').filter({ hasText: 'There is a problem' })).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(field).toBeFocused();
  await typeInto(page, field, demo.readyAccount.keyArn);
  policies.permission = await policyShown('permission');
  await pressOn(page, next());
  await expectStep('Test');
});

test('the test is run and read', async ({ demo }) => {
  test.setTimeout(180_000);
  await customer(demo).applyTrustPolicy(policies.trust);
  await customer(demo).applyKeyPolicy(policies.key);
  await customer(demo).applyPermissionPolicy(policies.permission);
  await pressOn(page, page.getByRole('button', { name: 'Test Configuration' }));
  await expect(page.getByText(/^Last tested/)).toBeVisible({ timeout: 150_000 });
  await expect(page.getByText('Failed', { exact: true })).toHaveCount(0);
  await pressOn(page, next());
  await expectStep('Enforcement Date');
});

test('the date is chosen', async () => {
  await tabTo(page, page.getByLabel('Now', { exact: true }));
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowDown');
  await expect(page.getByLabel('At a date and time')).toBeChecked();
  await expect(page.getByLabel('Enforcement Date')).toBeVisible();
  await page.keyboard.press('ArrowUp');
  await expect(page.getByLabel('Now', { exact: true })).toBeChecked();
  await pressOn(page, next());
  await expectStep('Apps and Bots');
});

test('an app or bot is taken out and in again', async () => {
  const kiosk = page.getByRole('checkbox', { name: 'Lobby kiosk' });
  await tabTo(page, kiosk);
  await expect(kiosk).toBeChecked();
  await page.keyboard.press('Space');
  await expect(kiosk).not.toBeChecked();
  await page.keyboard.press('Space');
  await expect(kiosk).toBeChecked();
  await pressOn(page, next());
  await expectStep('Review');
});

test('everything is reviewed, and Proceed can be reached', async () => {
  await tabTo(page, page.getByRole('link', { name: 'Edit' }).first());
  await tabTo(page, page.getByRole('button', { name: 'Proceed' }));
});

test('the draft is deleted after asking', async () => {
  const button = page.getByRole('button', { name: 'Delete draft' });
  await pressOn(page, button);
  const dialog = page.getByRole('alertdialog');
  await expect(dialog).toBeVisible();
  await expectTrapped(page, dialog);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(button).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(dialog).toBeVisible();
  await pressOn(page, dialog.getByRole('button', { name: 'Delete draft' }));
  await page.waitForURL(/\/enterprise-key$/);
});

/** The step's heading has the focus, and the list of steps says where one is. */
async function expectStep(title: string): Promise<void> {
  await expect(page.getByRole('heading', { name: title, exact: true, level: 2 })).toBeFocused();
  const item = page.getByRole('navigation', { name: 'Steps' }).getByRole('listitem').filter({ hasText: title });
  await expect(item).toHaveAttribute('aria-current', 'step');
}

function next() {
  return page.getByRole('button', { name: 'Next' });
}

/** A policy as it stands on the screen. */
async function policyShown(kind: 'trust' | 'key' | 'permission'): Promise<string> {
  return (await page.getByRole('region', { name: `${kind} policy`, exact: true }).textContent()) ?? '';
}
