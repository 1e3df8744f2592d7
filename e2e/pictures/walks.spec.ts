import type { Browser, BrowserContextOptions, Page } from '@playwright/test';
import type { Demo } from '../fixtures.ts';
import { colourRules, type Rules } from '../tasks/inspect.ts';
import { openAs } from '../tasks/people.ts';
import { takePicture } from './look.ts';
import { type PageToSee, pages } from './pages.ts';
import { expect, test } from './test.ts';
import { type Acme, acme } from './world.ts';

let world: Acme;

test.beforeAll(async ({ browser, demo }) => {
  test.setTimeout(240_000);
  world = await acme(browser, demo);
});

for (const one of pages) {
  test(`200 % zoom: ${one.screen}`, async ({ browser, demo }) => {
    // What a window of 1280 x 900 shows at 200 %.
    const page = await openWith(browser, demo, one, { viewport: { width: 640, height: 450 }, deviceScaleFactor: 2 });
    await walked(page, one, '200 % zoom');
  });

  test(`reduced motion: ${one.screen}`, async ({ browser, demo }) => {
    const page = await openWith(browser, demo, one, { reducedMotion: 'reduce' });
    expect(await page.evaluate(movesLongerThan, 100), 'nothing moves').toEqual([]);
    await walked(page, one, 'reduced motion');
  });

  test(`forced colours: ${one.screen}`, async ({ browser, demo }) => {
    const page = await openWith(browser, demo, one, { forcedColors: 'active', colorScheme: 'dark' });
    // The colours are the system's: axe would judge those that nobody sees.
    await walked(page, one, 'forced colours', { except: colourRules });
  });

  test(`keyboard: ${one.screen}`, async ({ browser, demo }) => {
    const page = await openWith(browser, demo, one, {});
    const unreached = await tabThrough(page);
    expect(unreached, 'reached by Tab, and seen').toEqual([]);
    await walked(page, one, 'keyboard');
  });
}

async function walked(page: Page, { screen }: PageToSee, state: string, rules: Rules = {}): Promise<void> {
  await takePicture(page, { chapter: 'Walks', screen, state, look: state }, rules);
  await page.context().close();
}

async function openWith(
  browser: Browser,
  demo: Demo,
  { person, path }: PageToSee,
  options: BrowserContextOptions,
): Promise<Page> {
  const storageState = person === 'nobody' ? {} : { storageState: await sessionOf(browser, demo, person) };
  const viewport = { width: 1280, height: 900 };
  const context = await browser.newContext({ baseURL: demo.url, viewport, ...options, ...storageState });
  const page = await context.newPage();
  const answer = await page.goto(path(world));
  expect(answer?.status()).toBe(200);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  return page;
}

async function sessionOf(browser: Browser, demo: Demo, person: Exclude<PageToSee['person'], 'nobody'>) {
  const page = await openAs(browser, demo, person);
  const state = await page.context().storageState();
  await page.context().close();
  return state;
}

/** What moves now, and takes longer than so many milliseconds or never ends. */
function movesLongerThan(ms: number): string[] {
  return document.getAnimations().flatMap(({ effect, playState }) => {
    const timing = effect?.getComputedTiming();
    const isLong = Number(timing?.duration) > ms || timing?.iterations === Number.POSITIVE_INFINITY;
    const target = effect instanceof KeyframeEffect ? effect.target?.outerHTML.slice(0, 120) : '';
    return playState === 'running' && isLong ? [`${timing?.duration} ms: ${target}`] : [];
  });
}

/** Presses Tab through the page, to the last control and back to the middle. @returns what was not reached, or not seen */
async function tabThrough(page: Page): Promise<string[]> {
  const wanted = await page.evaluate(markControls);
  const reached = new Set<string>();
  const unseen: string[] = [];
  for (let presses = 0; presses < 2 * wanted.length + 40 && reached.size < wanted.length; presses++) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(whereTheFocusIs);
    if (!at) continue;
    reached.add(at.control);
    if (!at.seen) unseen.push(`not seen with the focus: ${at.html}`);
  }
  const left = wanted.filter(({ control }) => !reached.has(control)).map(({ html }) => `not reached: ${html}`);
  for (let presses = 0; presses < wanted.length / 2; presses++) await page.keyboard.press('Shift+Tab');
  return [...left, ...unseen];
}

/** Numbers what can have the focus in the page's main part; of radio buttons one stands for its group. */
function markControls(): { control: string; html: string }[] {
  const focusable = 'main :is(a[href], button, input, select, textarea, summary, [tabindex])';
  const groups = new Set<string>();
  return [...document.querySelectorAll<HTMLElement>(focusable)].flatMap((one, index) => {
    if (one.tabIndex < 0 || one.matches(':disabled') || !one.checkVisibility({ visibilityProperty: true })) return [];
    if (one instanceof HTMLInputElement && one.type === 'radio') {
      const group = `${one.form?.id} ${one.name}`;
      for (const same of document.querySelectorAll<HTMLInputElement>(`input[name="${CSS.escape(one.name)}"]`))
        same.dataset.walked = `radio ${group}`;
      if (groups.has(group)) return [];
      groups.add(group);
    } else {
      one.dataset.walked = String(index);
    }
    return [{ control: one.dataset.walked ?? '', html: one.outerHTML.slice(0, 160) }];
  });
}

function whereTheFocusIs(): { control: string; html: string; seen: boolean } | null {
  const { activeElement: at } = document;
  if (!(at instanceof HTMLElement) || !at.dataset.walked) return null;
  const { top, bottom, left, right } = at.getBoundingClientRect();
  // Of what is larger than the window a part is enough.
  const seen = bottom > 0 && top < innerHeight && right > 0 && left < innerWidth;
  return { control: at.dataset.walked, html: at.outerHTML.slice(0, 160), seen };
}
