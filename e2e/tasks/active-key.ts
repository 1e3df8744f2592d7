import type { Page } from '@playwright/test';
import { expect } from '../fixtures.ts';
import { chooseTimeZone, haveRoleAndKey, next } from './wizard.ts';

type Wanted = {
  alias: string;
  accountId: string;
  keyArn: string;
  roleArn: string;
  /** Apps that are left out. */
  without?: readonly string[];
  /** Apps that are chosen, where all others are left out. */
  only?: readonly string[];
  /** "2036-03-30T09:00" in UTC; at once without it. */
  from?: string;
};

/** Connects a key through the wizard, as its administrator does, and answers with its page's address. */
export async function connectKey(page: Page, wanted: Wanted): Promise<string> {
  await reviewKey(page, wanted);
  await page.getByRole('button', { name: 'Proceed' }).click();
  await page.waitForURL(/\/enterprise-key\/[0-9a-f-]{36}$/);
  if (!wanted.from) await expectStatus(page, 'Active');
  return page.url();
}

/** The same up to Review: a draft in which everything is said and tested. */
export async function reviewKey(page: Page, wanted: Wanted): Promise<void> {
  await page.goto('/enterprise-key');
  await page.getByRole('button', { name: 'Create Key' }).click();
  await expect(page.getByRole('heading', { name: 'Provider', exact: true })).toBeFocused();
  await page.getByLabel('Alias').fill(wanted.alias);
  await next(page, 'AWS');
  await haveRoleAndKey(page, wanted);
  // Nothing but the ARNs says in which account it is.
  await expect(page.getByText(wanted.accountId, { exact: true }).first()).toBeVisible();
  await next(page, 'Test');
  await testConfiguration(page);
  await next(page, 'When and what');
  if (wanted.from) {
    await page.getByLabel('At a date and time').check();
    await page.getByLabel('Enforcement Date').fill(wanted.from);
    await chooseTimeZone(page, 'UTC');
  } else {
    await page.getByLabel('Now', { exact: true }).check();
  }
  if (wanted.only) await page.getByRole('button', { name: 'Deselect all matching' }).click();
  for (const name of wanted.only ?? []) await page.getByRole('checkbox', { name }).check();
  for (const name of wanted.without ?? []) await page.getByRole('checkbox', { name }).uncheck();
  await next(page, 'Review');
}

/** Runs the test on the screen to its end, where everything passes. */
export async function testConfiguration(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Test Configuration' }).click();
  await expect(check(page, 'Context')).toContainText('Passed', { timeout: 60_000 });
  await expect(page.getByText(/^Last tested/)).toBeVisible({ timeout: 30_000 });
}

/** Also where it is folded away. */
export function check(page: Page, name: string) {
  const heading = page.getByRole('heading', { name, exact: true, includeHidden: true });
  return page.getByRole('listitem', { includeHidden: true }).filter({ has: heading });
}

/** The badge on the key's page, which moves by itself. */
export async function expectStatus(page: Page, status: string): Promise<void> {
  await expect(page.getByText(status, { exact: true }).first()).toBeVisible({ timeout: 60_000 });
}
