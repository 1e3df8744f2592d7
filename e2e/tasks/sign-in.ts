import type { Locator, Page } from '@playwright/test';
import type { Demo } from '../fixtures.ts';

/** Signs in as a person does, and waits for the page that the role lands on. */
export async function signIn(page: Page, demo: Demo, email: string): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password').fill(demo.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
}

/** Opens the menu of one's own account: theme, glossary, password, signing out. */
export async function openAccountMenu(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: /^Account: / }).click();
  return page.getByRole('menu');
}

export async function signOut(page: Page): Promise<void> {
  const menu = await openAccountMenu(page);
  await menu.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.waitForURL(/sign-in/);
}
