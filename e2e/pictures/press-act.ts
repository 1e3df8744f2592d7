/** What can be done with a key, wherever it stands: on its page, in its menu, or on a page of its own below it. */
import type { Locator, Page } from '@playwright/test';
import { expect } from '../fixtures.ts';
import { pages } from './pages.ts';

/** The pages of a key that ask for nothing but the key, its own first. */
const below = pages
  .map(({ screen }) => /^\/enterprise-key\/\[keyId\](\/\w+)?$/.exec(screen))
  .flatMap((found) => (found ? [found[1] ?? ''] : []));

export async function pressAct(page: Page, keyUrl: string, name: string): Promise<void> {
  for (const path of below) {
    await page.goto(`${keyUrl}${path}`);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    const act = await findAct(page, name);
    if (act) return act.click();
  }
  throw new Error(`“${name}” stands on none of ${below.map((path) => `${keyUrl}${path}`).join(', ')}.`);
}

async function findAct(page: Page, name: string): Promise<Locator | undefined> {
  const button = page.getByRole('button', { name, exact: true }).first();
  if (await button.isVisible()) return button;
  const main = page.getByRole('main');
  for (const menu of await main.locator('[aria-haspopup="menu"]').all()) {
    await menu.click();
    const item = page.getByRole('menuitem', { name, exact: true });
    if (await item.isVisible()) return item;
    await page.keyboard.press('Escape');
  }
  return undefined;
}
