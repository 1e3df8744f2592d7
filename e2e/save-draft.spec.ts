import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { createDraft } from './tasks/keys.ts';
import { makeTenant, type OwnTenant, removeTenant } from './tasks/own-tenant.ts';
import { signIn } from './tasks/sign-in.ts';

test.describe.configure({ mode: 'serial' });

let page: Page;
let tenant: OwnTenant;
const saved = () => page.getByText(/^Draft saved \d\d:\d\d$/);
const description = () => page.getByLabel('Description');

test.beforeAll(async ({ browser, demo }) => {
  tenant = await makeTenant('Langsam', ['Ledger']);
  page = await (await browser.newContext({ baseURL: demo.url })).newPage();
  await signIn(page, demo, tenant.admin);
  await createDraft(page);
  await page.getByLabel('Alias', { exact: true }).fill('Slow');
});
test.afterAll(async () => {
  await page?.context().close();
  await removeTenant('Langsam');
});

test('what is typed while a draft is being saved is not lost, and not called saved', async () => {
  await description().fill('first');
  const letGo = await holdSaves();
  await page.getByRole('button', { name: 'Save Draft' }).click();
  await expect(page.getByRole('button', { name: 'Save Draft' })).toHaveAttribute('aria-busy', 'true');
  await description().fill('second');
  await letGo();
  await expect(page.getByRole('button', { name: 'Save Draft' })).not.toHaveAttribute('aria-busy', 'true');
  await expect(description()).toHaveValue('second');
  await expect(saved()).toBeHidden();
  await page.getByRole('link', { name: 'Enterprise Key' }).first().click();
  await expect(page.getByRole('alertdialog')).toContainText('Leave without saving?');
  await page.getByRole('button', { name: 'Stay on this page' }).click();
});

test('Save Draft says so once all of it is saved, and a change takes the words away', async () => {
  await page.getByRole('button', { name: 'Save Draft' }).click();
  await expect(saved()).toBeVisible();
  await page.reload();
  await expect(description()).toHaveValue('second');
  await description().fill('third');
  await page.getByRole('button', { name: 'Save Draft' }).click();
  await expect(saved()).toBeVisible();
  await description().fill('fourth');
  await expect(saved()).toBeHidden();
  await description().fill('third');
  await expect(saved()).toBeVisible();
});

/** Holds back what is sent to save, until the answer is called. */
async function holdSaves(): Promise<() => Promise<void>> {
  const gate = Promise.withResolvers<void>();
  const hold = '**/setup/provider';
  await page.route(hold, async (route) => {
    if (route.request().method() === 'POST') await gate.promise;
    await route.continue();
  });
  return async () => {
    const answered = page.waitForResponse((response) => response.request().method() === 'POST');
    gate.resolve();
    await answered;
    await page.unroute(hold);
  };
}
