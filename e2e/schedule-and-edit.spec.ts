import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { check } from './tasks/active-key.ts';
import { goToTab } from './tasks/key-page.ts';
import { applyShownPolicies } from './tasks/policies.ts';
import { signIn } from './tasks/sign-in.ts';
import { haveRoleAndKey } from './tasks/wizard.ts';

test.describe.configure({ mode: 'serial' });

let page: Page;
let keyUrl: string;

test.beforeAll(async ({ browser, demo }) => {
  page = await (await browser.newContext({ baseURL: demo.url, timezoneId: 'Europe/Berlin' })).newPage();
  await signIn(page, demo, 'admin@acme.example');
});
test.afterAll(() => page.close());

test('an administrator schedules a key for one bot, for a date in the future', async ({ demo }) => {
  await page.getByRole('button', { name: 'Create Key' }).click();
  await page.getByLabel('Alias').fill('kiosk-only');
  await next('AWS');
  await haveRoleAndKey(page, demo.readyAccount);
  await next('Test');
  await page.getByRole('link', { name: /^AWS/ }).click();
  await expect(page.getByRole('heading', { name: 'AWS', exact: true })).toBeVisible();
  await page.getByLabel('Set them up with me').check();
  await applyShownPolicies(page, demo);
  await next('Test');
  await runTest();
  await next('When and what');
  await page.getByLabel('At a date and time').check();
  await page.getByLabel('Enforcement Date').fill('2036-03-30T02:30');
  // The browser's own zone is the first.
  await expect(page.getByRole('combobox', { name: 'Time Zone' })).toHaveValue(/^Europe\/Berlin \(UTC\+0[12]:00\)$/);
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  await expect(page.getByText(/daylight saving time skips it/).first()).toBeVisible();
  await page.getByLabel('Enforcement Date').fill(inMinutes(60));
  await page.getByRole('button', { name: 'Deselect all matching' }).click();
  await page.getByRole('checkbox', { name: 'Lobby kiosk' }).check();
  await next('Review');
  await proceed();
  keyUrl = page.url();
  await expect(page.getByText('Scheduled', { exact: true }).first()).toBeVisible();
});

test('until the date it is edited once: what was tested stands until the copy is proceeded with', async ({ demo }) => {
  await page.goto(`${keyUrl}/setup/aws?with=have`);
  await page.getByLabel('Provider ARN').fill(demo.readyAccount.aliasArn);
  await next('Test');
  await page.goto(keyUrl);
  await expect(page.getByText('Scheduled', { exact: true }).first()).toBeVisible();
  await goToTab(page, 'Versions');
  await expect(page.getByText(demo.readyAccount.keyArn).first()).toBeVisible();
  await page.goto(`${keyUrl}/setup/review`);
  await expect(page.getByText(/Run Test Configuration again/).first()).toBeVisible();
  await page.goto(`${keyUrl}/setup/test`);
  await runTest();
  await next('When and what');
  await page.getByLabel('Enforcement Date').fill(inMinutes(2));
  await next('Review');
  await proceed();
  await expect(page.getByText('Scheduled', { exact: true }).first()).toBeVisible();
  await goToTab(page, 'Versions');
  await expect(page.getByText(demo.readyAccount.aliasArn).first()).toBeVisible();
});

test('at its date the key becomes active by itself, and the page says so without a reload', async () => {
  test.setTimeout(240_000);
  await expect(page.getByText('Active', { exact: true }).first()).toBeVisible({ timeout: 200_000 });
  await goToTab(page, 'Apps');
  await expect(page.getByRole('row', { name: /Lobby kiosk/ }).first()).toContainText('Version 1');
  await page.goto(`${keyUrl}/setup/connect`);
  await expect(page.getByText(/enforcement date has passed/).first()).toBeVisible();
});

test('a viewer of the same tenant sees it, and is refused the wizard', async ({ browser, demo }) => {
  const viewer = await (await browser.newContext({ baseURL: demo.url })).newPage();
  await signIn(viewer, demo, 'viewer@acme.example');
  await viewer.goto(keyUrl);
  await expect(viewer.getByText('Active', { exact: true }).first()).toBeVisible();
  await viewer.goto(`${keyUrl}/setup/provider`);
  await expect(viewer.getByText('Your role does not allow this.').first()).toBeVisible();
  await viewer.close();
});

test('another tenant’s administrator sees nothing of it', async ({ browser, demo }) => {
  const other = await (await browser.newContext({ baseURL: demo.url })).newPage();
  await signIn(other, demo, 'admin@globex.example');
  await other.goto(keyUrl);
  await expect(other.getByText('kiosk-only')).toHaveCount(0);
  await expect(other.getByText('Lobby kiosk')).toHaveCount(0);
  expect((await other.request.get(`/api/enterprise-keys/${keyUrl.split('/').at(-1)}`)).status()).toBe(404);
  await other.close();
});

async function next(heading: string): Promise<void> {
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  await expect(page.getByRole('heading', { name: heading, exact: true })).toBeFocused();
}

async function runTest(): Promise<void> {
  await page.getByRole('button', { name: 'Test Configuration' }).click();
  await expect(check(page, 'Context')).toContainText('Passed', { timeout: 60_000 });
}

async function proceed(): Promise<void> {
  await page.getByRole('button', { name: 'Proceed' }).click();
  await page.waitForURL(/\/enterprise-key\/[0-9a-f-]{36}$/);
}

/** What somebody in Berlin types for an instant that many minutes from now. */
function inMinutes(minutes: number): string {
  const at = new Date(Date.now() + minutes * 60_000);
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Berlin', dateStyle: 'short', timeStyle: 'short' })
    .format(at)
    .replace(' ', 'T');
}
