import type { Page } from '@playwright/test';
import { expect } from '../fixtures.ts';

export type KeyTab = 'Overview' | 'Apps' | 'Versions' | 'Validation' | 'Settings' | 'History';

/** From one tab of a key's page to another, by its link. */
export async function goToTab(page: Page, name: KeyTab): Promise<void> {
  const tab = page.getByRole('navigation', { name: 'Sections of this key' }).getByRole('link', { name });
  await tab.click();
  await expect(tab).toHaveAttribute('aria-current', 'page');
}

/** Chooses something from the menu beside the key's name. */
export async function chooseAction(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name, exact: true }).click();
}
