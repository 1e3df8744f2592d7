/** The wizard's steps, as an administrator goes through them. */
import type { Locator, Page } from '@playwright/test';
import { expect } from '../fixtures.ts';

/** Goes on, and waits for the step of this title. */
export async function next(page: Page, title: string): Promise<void> {
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  await expect(page.getByRole('heading', { name: title, exact: true, level: 2 })).toBeFocused();
}

/** In the step AWS: role and key are there. */
export async function haveRoleAndKey(page: Page, names: { keyArn: string; roleArn: string }): Promise<void> {
  await page.getByLabel('I have role and key already').check();
  await page.getByLabel('Provider ARN').fill(names.keyArn);
  await page.getByLabel('Role ARN').fill(names.roleArn);
}

/** In the step AWS: role and key are set up, with their places entered. */
export async function setThemUp(
  page: Page,
  place: { accountId: string; region?: string; roleName?: string },
): Promise<void> {
  await page.getByLabel('Set them up with me').check();
  if (place.region) await page.getByLabel('AWS Region').selectOption(place.region);
  await page.getByLabel('AWS Account ID').fill(place.accountId);
  if (place.roleName) await page.getByLabel('Role Name').fill(place.roleName);
  await expect(guideStep(page, '1. IAM')).toBeVisible();
}

export function guideStep(page: Page, name: string): Locator {
  return page.getByRole('region', { name });
}

/** Opens one of the three steps, where it is folded. */
export async function openStep(page: Page, name: string): Promise<Locator> {
  const step = guideStep(page, name);
  if (
    !(await step
      .locator('details')
      .first()
      .evaluate((details) => (details as HTMLDetailsElement).open))
  )
    await step.getByRole('heading', { name }).first().click();
  await expect(step.getByRole('button', { name: /^Verify/ })).toBeVisible();
  return step;
}

/** A policy of the guide as it is to be pasted, also where its step is folded. */
export async function policyShown(page: Page, name: string): Promise<string> {
  const shown = page.getByRole('region', { name, exact: true, includeHidden: true });
  await expect(shown.first()).toBeAttached();
  return (await shown.first().textContent()) ?? '';
}

/** Opens a sheet of Advanced. */
export async function openSheet(
  page: Page,
  name: 'Policy options' | 'Check a policy' | 'Limit by address',
): Promise<Locator> {
  await page.getByRole('button', { name, exact: true }).click();
  const sheet = page.getByRole('dialog', { name });
  await expect(sheet).toBeVisible();
  return sheet;
}

/** Unfolds what is folded under these words. */
export async function unfold(page: Page | Locator, words: string | RegExp): Promise<void> {
  const fold = page
    .locator('details')
    .filter({ has: ('mouse' in page ? page : page.page()).locator('summary', { hasText: words }) })
    .last();
  if (!(await fold.evaluate((details) => (details as HTMLDetailsElement).open)))
    await fold.locator('summary').first().click();
}

/** In When and what. */
export async function chooseTimeZone(page: Page, name: string): Promise<void> {
  const field = page.getByRole('combobox', { name: 'Time Zone' });
  await field.fill(name);
  await page.getByRole('option', { name: `${name} (UTC` }).click();
}
