/** Takes pictures of what is on the screen, as several people's screens would show it, with what can be counted in each. */
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { expect } from '../fixtures.ts';
import { colourRules, findings, type Rules, tooWide } from '../tasks/inspect.ts';
import { type Chapter, keepShot, nameOf, shotsFolder } from './shots.ts';

const sizes = { 1280: { width: 1280, height: 900 }, 360: { width: 360, height: 780 } } as const;
type Look = `${'light' | 'dark'} ${keyof typeof sizes}`;

/** For the states in which everything is seen, and for those that are seen once. */
export const everyLook: readonly Look[] = ['light 1280', 'dark 1280', 'light 360', 'dark 360'];
export const twoLooks: readonly Look[] = ['light 1280', 'dark 360'];

type Subject = {
  chapter: Chapter;
  screen: string;
  state: string;
  looks?: readonly Look[];
};

/** The whole page, or the dialog that stands before it. */
export async function look(page: Page, { looks = twoLooks, ...subject }: Subject): Promise<void> {
  for (const one of looks) {
    const [colorScheme, width] = one.split(' ') as ['light' | 'dark', `${keyof typeof sizes}`];
    // A dialog has to do with a small telephone: its buttons are in view there, too.
    await page.setViewportSize({
      ...sizes[width],
      ...(width === '360' && subject.chapter === 'Dialogs' ? { height: 640 } : {}),
    });
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await expect.poll(() => page.evaluate(() => document.documentElement.dataset.theme)).toBe(colorScheme);
    // Of the same page in the other scheme nothing but colours can have changed.
    const rules = colorScheme === 'dark' && looks.includes(`light ${width}`) ? { only: colourRules } : {};
    await takePicture(page, { ...subject, look: one }, rules);
  }
  await page.setViewportSize(sizes[1280]);
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: null });
}

/** As the page stands, however it is shown now. */
export async function takePicture(
  page: Page,
  about: { chapter: Chapter; screen: string; state: string; look: string },
  rules: Rules = {},
): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  const dialog = page.getByRole('alertdialog').or(page.getByRole('dialog')).first();
  const isDialog = await dialog.isVisible();
  // What stands before a page is seen in its window; a page of its own is seen whole.
  await page.screenshot({
    path: join(shotsFolder(), `${nameOf(about)}.png`),
    fullPage: !isDialog,
    animations: 'disabled',
  });
  const subject = isDialog ? dialog : page.locator('main').or(page.locator('body')).last();
  const counted = await count(subject);
  keepShot({
    ...about,
    at: Date.now(),
    ...counted,
    height: isDialog ? counted.height : await page.evaluate(() => document.documentElement.scrollHeight),
    // A sheet is scrolled like the page beside it.
    notes: isDialog && about.chapter === 'Dialogs' ? await buttonsOutOfView(dialog) : [],
    faults: [
      ...(await findings(page, rules)),
      ...(await tooWide(page)).map((what) => `wider than its window: ${what}`),
    ],
  });
}

function count(subject: Locator): Promise<{ words: number; controls: number; height: number }> {
  return subject.evaluate((element: HTMLElement) => {
    const focusable = 'a[href], button, input, select, textarea, summary, [tabindex]';
    const controls = [...element.querySelectorAll<HTMLElement>(focusable)].filter(
      (one) => one.tabIndex >= 0 && !one.matches(':disabled') && one.checkVisibility({ visibilityProperty: true }),
    );
    const words = (text: string) => text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
    // biome-ignore lint/performance/useDomNodeTextContent: words that are folded away are read by nobody.
    const shown = words(element.innerText);
    // Of a list to choose from one entry is seen, until somebody opens it.
    const hidden = [...element.querySelectorAll('select')]
      .filter((one) => one.checkVisibility())
      .map((select) => {
        const all = [...select.options].map(({ text }) => words(text)).reduce((sum, more) => sum + more, 0);
        return all - words(select.selectedOptions[0]?.text ?? '');
      });
    return {
      words: shown - hidden.reduce((sum, more) => sum + more, 0),
      controls: controls.length,
      height: Math.round(Math.max(element.getBoundingClientRect().height, element.scrollHeight)),
    };
  });
}

/** Buttons that a dialog pushes off the screen, so that somebody has to scroll to them. */
async function buttonsOutOfView(dialog: Locator): Promise<string[]> {
  const out: string[] = [];
  for (const button of await dialog.getByRole('button').all()) {
    const name = (await button.textContent())?.trim() ?? '';
    const isInView = await button.evaluate((element) => {
      const { top, bottom, left, width } = element.getBoundingClientRect();
      const there = document.elementFromPoint(left + width / 2, (top + bottom) / 2);
      return top >= 0 && bottom <= innerHeight && (there === null || element.contains(there));
    });
    if (!isInView) out.push(`out of view: ${name}`);
  }
  return out;
}
