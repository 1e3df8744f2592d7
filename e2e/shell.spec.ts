import type { Page } from '@playwright/test';
import { type Demo, expect, test } from './fixtures.ts';
import { inspect, listenForComplaints } from './tasks/inspect.ts';
import { pressOn, tabTo } from './tasks/keyboard.ts';
import { createDraft, deleteDraft, keysOnList } from './tasks/keys.ts';
import { openAs, type Person } from './tasks/people.ts';
import { createToken, revokeToken } from './tasks/services.ts';
import { openAccountMenu, signIn, signOut } from './tasks/sign-in.ts';

test.describe.configure({ timeout: 120_000 });

let page: Page;
let complaints: string[];
test.afterEach(async () => {
  await page.context().close();
  expect(complaints).toEqual([]);
});

test('somebody chooses a theme, reads a word of the glossary, and signs out, without a mouse', async ({
  browser,
  demo,
}) => {
  page = await (await browser.newContext({ baseURL: demo.url })).newPage();
  complaints = listenForComplaints(page);
  await signIn(page, demo, 'viewer@acme.example');
  const account = page.getByRole('button', { name: 'Account: viewer@acme.example Viewer, read-only' });
  await tabTo(page, account);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menu')).toBeVisible();
  await inspect(page, 'account-menu');
  // What it hangs on is hidden on narrow screens.
  await page.keyboard.press('Escape');
  await expect(page.getByRole('menu')).toBeHidden();
  await pressOn(page, account);
  const dark = page.getByRole('group', { name: 'Theme' }).getByRole('menuitemradio', { name: 'Dark' });
  for (let presses = 0; presses < 6 && !(await isHighlighted(dark)); presses++) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(dark).toBeChecked();
  await page.keyboard.type('gl');
  await page.keyboard.press('Enter');
  const sheet = page.getByRole('dialog', { name: 'Glossary' });
  await expect(sheet.getByText('External ID', { exact: true })).toBeVisible();
  await expect(sheet.getByRole('link', { name: /^External IDs, by AWS/ })).toHaveAttribute(
    'href',
    /^https:\/\/docs\.aws/,
  );
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();
  await openAccountMenu(page);
  await page.getByRole('menuitemradio', { name: 'System' }).click();
  await page.keyboard.press('Escape');
  await signOut(page);
  await page.goto('/enterprise-key');
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
});

test('a key, an app and a page are found by keyboard, and what is of another tenant is not', async ({
  browser,
  demo,
}) => {
  await become(browser, demo, 'otherAdmin');
  await page.goto('/history');
  await page.getByRole('combobox', { name: 'Search', exact: true }).focus();
  await page.keyboard.press('ControlOrMeta+k');
  const field = page.getByRole('combobox', { name: 'Search keys, apps and pages' });
  await expect(field).toBeFocused();
  await expect(page.getByRole('option', { name: 'Enterprise Key' })).toBeVisible();
  await page.keyboard.type('kiosk');
  await expect(page.getByText('Nothing found for “kiosk”.')).toBeVisible();
  await field.fill('service desk');
  await expect(page.getByRole('option', { name: /^Service desk/ })).toBeVisible();
  await inspect(page, 'search');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/apps\/[0-9a-f-]{36}$/);
  await expect(page.getByRole('heading', { level: 1, name: 'Service desk' })).toBeVisible();
  await expect(page.getByRole('dialog', { name: 'Search' })).toBeHidden();
  await expect(page).toHaveTitle('Service desk · Apps · Globex · Keyward');
  await page.keyboard.press('ControlOrMeta+k');
  await expect(field).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('combobox', { name: 'Search', exact: true })).toBeFocused();
});

test('the vendor’s people find tenants, and a tenant’s title says which', async ({ browser, demo }) => {
  await become(browser, demo, 'support');
  await page.goto('/tenants');
  await page.getByRole('combobox', { name: 'Search', exact: true }).click();
  await page.getByRole('combobox', { name: 'Search tenants and pages' }).fill('GLOB');
  await page.getByRole('option', { name: /^Globex/ }).click();
  await page.waitForURL(/\/tenants\/[0-9a-f-]{36}$/);
  await expect(page).toHaveTitle('Globex · Tenants · Keyward');
});

test('leaving a changed form by the search asks first', async ({ browser, demo }) => {
  await become(browser, demo, 'otherAdmin');
  const draft = await createDraft(page);
  await page.getByLabel('Alias').fill('not saved yet');
  await page.keyboard.press('ControlOrMeta+k');
  await page.getByRole('option', { name: 'History' }).click();
  const dialog = page.getByRole('alertdialog');
  await expect(dialog).toBeVisible();
  await expect(page.getByRole('dialog', { name: 'Search' })).toBeHidden();
  // A dialog that waits for an answer is not searched away.
  await page.keyboard.press('ControlOrMeta+k');
  await expect(page.getByRole('dialog', { name: 'Search' })).toBeHidden();
  await dialog.getByRole('button', { name: 'Stay on this page' }).click();
  await expect(page.getByLabel('Alias')).toHaveValue('not saved yet');
  await page.getByRole('link', { name: 'History' }).click();
  await dialog.getByRole('button', { name: 'Leave without saving' }).click();
  await page.waitForURL(/\/history$/);
  await deleteDraft(page, draft);
});

test('a title names the key to its own tenant, and nothing of it to others', async ({ browser, demo }) => {
  await become(browser, demo, 'otherAdmin');
  const [keyId = ''] = await keysOnList(page);
  await expect(page).toHaveTitle('Enterprise Key · Globex · Keyward');
  const alias =
    (await page
      .getByRole('link', { name: /^Open / })
      .first()
      .textContent()) ?? '';
  const name = alias.replace(/^Open /, '');
  await page.goto(`/enterprise-key/${keyId}`);
  await expect(page).toHaveTitle(`${name} · Enterprise Key · Globex · Keyward`);
  await page.goto(`/enterprise-key/${keyId}/rotate`);
  await expect(page).toHaveTitle(`Rotate Key · ${name} · Enterprise Key · Globex · Keyward`);
  await page.context().close();
  await become(browser, demo, 'admin', [/status of 404/]);
  await page.goto(`/enterprise-key/${keyId}`);
  await expect(page).toHaveTitle('Page not found · Acme · Keyward');
  await page.context().close();
  await become(browser, demo, 'support');
  await page.goto(`/enterprise-key/${keyId}`);
  await expect(page).toHaveTitle('Enterprise Key · Keyward');
});

test('what was done is told by a toast, and that can be dismissed', async ({ browser, demo }) => {
  await become(browser, demo, 'operator');
  await createToken(page, { tenant: 'Globex', name: 'Short lived', actions: ['encrypt'] });
  await revokeToken(page, 'Short lived');
  const told = page.getByRole('region', { name: 'Notifications' }).getByText('The token “Short lived” was revoked.');
  await expect(told).toBeVisible();
  // The clock of a toast stands still while the pointer is on its button.
  await page.getByRole('button', { name: 'Dismiss' }).hover();
  await inspect(page, 'toast');
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await expect(told).toBeHidden();
});

async function become(
  browser: Parameters<typeof openAs>[0],
  demo: Demo,
  person: Person,
  expected: RegExp[] = [],
): Promise<void> {
  page = await openAs(browser, demo, person);
  complaints = listenForComplaints(page, expected);
}

function isHighlighted(item: ReturnType<Page['getByRole']>): Promise<boolean> {
  return item.evaluate((element) => element.hasAttribute('data-highlighted'));
}
