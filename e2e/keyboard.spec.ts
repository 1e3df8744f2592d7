import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { customer } from './tasks/customer.ts';
import { expectTrapped, pressOn, tabTo, typeInto } from './tasks/keyboard.ts';
import { people } from './tasks/people.ts';
import { policyShown } from './tasks/wizard.ts';

// No mouse in this file: every press is a key.
test.describe.configure({ mode: 'serial' });

let page: Page;
const alias = `keyboard-${Date.now()}`;
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
  await typeInto(page, page.getByLabel('Alias'), ' ');
  await pressOn(page, next());
  await expect(page.getByRole('alert').filter({ hasText: 'There is a problem' })).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: /name/ })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Alias')).toBeFocused();
  await typeInto(page, page.getByLabel('Alias'), alias);
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
  await expect(page.getByLabel('Alias')).toHaveValue(alias);
  await pressOn(page, next());
  await expectStep('AWS');
});

test('the question is answered, and the policies are read step by step', async () => {
  await tabTo(page, page.getByLabel('I have role and key already'));
  await page.keyboard.press('ArrowDown');
  await expect(page.getByLabel('Set them up with me')).toBeChecked();
  await typeInto(page, page.getByLabel('AWS Account ID'), '111122223333');
  policies.trust = await policyShown(page, 'trust policy');
  policies.key = await policyShown(page, 'key policy');
  await tabTo(page, page.getByRole('region', { name: '2. KMS key' }).locator('summary').first());
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Provider ARN')).toBeVisible();
  await expect(page.getByLabel('Role ARN', { exact: true })).toBeHidden();
});

test('a sheet opens, takes the focus, and gives it back', async () => {
  const opener = page.getByRole('button', { name: 'Check a policy' });
  await pressOn(page, opener);
  const sheet = page.getByRole('dialog', { name: 'Check a policy' });
  await expect(sheet).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();
  await expect(opener).toBeFocused();
});

test('the key’s ARN is typed in, and a role’s ARN in its place is refused', async ({ demo }) => {
  const field = page.getByLabel('Provider ARN');
  await tabTo(page, field, 'Shift+Tab');
  await typeInto(page, field, demo.readyAccount.roleArn);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert').filter({ hasText: 'There is a problem' })).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(field).toBeFocused();
  await typeInto(page, field, demo.readyAccount.keyArn);
  policies.permission = await policyShown(page, 'permission policy');
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
  await expectStep('When and what');
});

test('the date is chosen', async () => {
  await tabTo(page, page.getByLabel('Now', { exact: true }));
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowDown');
  await expect(page.getByLabel('At a date and time')).toBeChecked();
  await expect(page.getByLabel('Enforcement Date')).toBeVisible();
  await page.keyboard.press('ArrowUp');
  await expect(page.getByLabel('Now', { exact: true })).toBeChecked();
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
