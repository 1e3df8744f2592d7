import type { Locator, Page } from '@playwright/test';
import { expect } from '../fixtures.ts';

/** Presses Tab until the focus is where it is wanted, and fails where it never comes there. */
export async function tabTo(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  for (let presses = 0; presses < 80; presses++) {
    if (await hasFocus(target)) return;
    await page.keyboard.press(key);
  }
  await expect(target, 'reached by keyboard').toBeFocused();
}

/** Goes to a button or link and presses Enter. */
export async function pressOn(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeEnabled();
  await tabTo(page, target);
  await page.keyboard.press('Enter');
}

/** Goes to a field and types into it, over what stands there. */
export async function typeInto(page: Page, field: Locator, text: string): Promise<void> {
  await expect(field).toBeEnabled();
  await tabTo(page, field);
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type(text);
}

/** However often Tab is pressed, forward or back, the focus stays inside. */
export async function expectTrapped(page: Page, dialog: Locator): Promise<void> {
  await expect.poll(() => holdsFocus(dialog), 'the dialog takes the focus').toBe(true);
  for (const key of [...Array<string>(8).fill('Tab'), ...Array<string>(8).fill('Shift+Tab')]) {
    await page.keyboard.press(key);
    await expect.poll(() => holdsFocus(dialog), `after ${key} the focus is inside the dialog`).toBe(true);
  }
}

function hasFocus(target: Locator): Promise<boolean> {
  return target.evaluate((element) => element === document.activeElement);
}

function holdsFocus(dialog: Locator): Promise<boolean> {
  return dialog.evaluate((element) => element.contains(document.activeElement));
}
