/** Looks at the page on the screen as different people's eyes and screens would. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect } from '../fixtures.ts';

const wide = { width: 1280, height: 800 };
/** 320 CSS pixels, as WCAG 2.2's criterion 1.4.10 (Reflow) has it. */
const narrow = { width: 320, height: 700 };
/** With this variable set to a folder, each state is kept there as pictures. */
const pictures = process.env.KEYWARD_E2E_PICTURES;

/**
 * axe finds nothing in light and dark, wide and narrow, and nothing has to be scrolled sideways at 320 px.
 */
export async function inspect(page: Page, state: string): Promise<void> {
  for (const [name, size] of Object.entries({ wide, narrow })) {
    await page.setViewportSize(size);
    // On narrow screens the same colours stand below each other: one look is enough.
    for (const colorScheme of size === wide ? (['light', 'dark'] as const) : (['light'] as const)) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await expect.poll(() => page.evaluate(() => document.documentElement.dataset.theme)).toBe(colorScheme);
      await keepPicture(page, `${state}-${name}-${colorScheme}`);
      expect(
        await findings(page, colorScheme === 'dark' ? { only: colourRules } : {}),
        `axe on “${state}”, ${name} and ${colorScheme}`,
      ).toEqual([]);
    }
    if (size === narrow) expect(await tooWide(page), `wider than 320 px on “${state}”`).toEqual([]);
  }
  await page.setViewportSize(wide);
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: null });
}

/**
 * Collects what the browser complains of: errors of scripts, refusals of the content security policy, failed requests.
 * @param expected words of complaints that belong to the task, such as the status of a page that is not there
 */
export function listenForComplaints(page: Page, expected: RegExp[] = []): string[] {
  const complaints: string[] = [];
  const add = (text: string) => {
    if (!expected.some((words) => words.test(text))) complaints.push(text);
  };
  page.on('pageerror', (error) => add(`${page.url()}: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning')
      add(`${page.url()}: ${message.text()} ${message.location().url}`);
  });
  return complaints;
}

/** Of axe's, all unless it is said. */
export type Rules = { only?: string[]; except?: string[] };

/** What depends on colours: of the same page in the other scheme nothing else can have changed. */
export const colourRules = ['color-contrast', 'link-in-text-block'];

/**
 * What axe finds. It is run in the page itself (the legacy mode): results are otherwise carried to a blank page and back for the sake
 * of frames of other origins, of which there are none. Of what passes it need not tell each node.
 */
export async function findings(page: Page, rules: Rules = {}): Promise<string[]> {
  expect(page.frames()).toHaveLength(1);
  const axe = new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).setLegacyMode();
  // Around what floats and is not modal: whoever tabs onto one is taken on at once, so that nobody is ever on it.
  axe.exclude('[data-base-ui-focus-guard]');
  if (rules.only) axe.withRules(rules.only);
  if (rules.except) axe.disableRules(rules.except);
  const { violations } = await axe.analyze();
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id}: ${help}: ${node.html.slice(0, 200)} ${node.failureSummary ?? ''}`),
  );
}

/** Nothing, or what sticks out at the right where the page as a whole is wider than the window. */
export function tooWide(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const sticking = [...document.querySelectorAll('body *')].filter(
      (element) => element.getBoundingClientRect().right > clientWidth + 0.5,
    );
    return [`${scrollWidth} px`, ...sticking.slice(0, 5).map((element) => element.outerHTML.slice(0, 160))];
  });
}

async function keepPicture(page: Page, name: string): Promise<void> {
  if (!pictures) return;
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
}
