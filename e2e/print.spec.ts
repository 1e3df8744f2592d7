import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { connectKey } from './tasks/active-key.ts';
import { awsAccount } from './tasks/aws-account.ts';
import { makeTenant, removeTenant } from './tasks/own-tenant.ts';
import { signIn } from './tasks/sign-in.ts';

test.describe.configure({ timeout: 180_000 });

const apps = Array.from({ length: 12 }, (_, n) => `Ledger ${n + 1}`);

test.afterAll(() => removeTenant('Auditee'));

test('an auditor prints the page of an active key with twelve apps on two sheets of A4', async ({ browser, demo }) => {
  const tenant = await makeTenant('Auditee', apps);
  const aws = awsAccount(demo);
  await aws.open();
  const roleArn = await aws.makeRole('Role', tenant);
  const keyArn = await aws.makeKey('Role', tenant);
  const page = await (await browser.newContext({ baseURL: demo.url })).newPage();
  await signIn(page, demo, tenant.admin);
  const keyUrl = await connectKey(page, { alias: 'audited', accountId: aws.accountId, keyArn, roleArn });
  await page.goto(keyUrl);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();

  // Printed as it was loaded: a page that was laid out for print before is not what a person prints.
  expect(await sheetsOf(page, { preferCSSPageSize: true })).toBeLessThanOrEqual(2);
  // Across, a sheet is as wide as a screen that has the navigation at its left.
  expect(await sheetsOf(page, { format: 'A4', landscape: true })).toBeLessThanOrEqual(2);

  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  expect(await page.evaluate(widthLeftOver)).toBe(0);
  for (const role of ['navigation', 'button'] as const) await expect(page.getByRole(role)).toHaveCount(0);
  await expect(page.getByText('Active', { exact: true }).first()).toBeVisible();
  // Paper is light, whatever the screen is.
  expect(await page.evaluate(() => getComputedStyle(document.body).color)).toBe('rgb(22, 24, 29)');
  await page.context().close();
});

/** How much narrower the page’s main part is than the sheet. */
function widthLeftOver(): number {
  const main = document.querySelector('main')?.getBoundingClientRect().width ?? 0;
  return document.documentElement.clientWidth - main;
}

async function sheetsOf(page: Page, paper: Parameters<Page['pdf']>[0]): Promise<number> {
  const pdf = (await page.pdf(paper)).toString('latin1');
  const sheets = pdf.match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0;
  expect(sheets).toBeGreaterThan(0);
  return sheets;
}
