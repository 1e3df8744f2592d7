/** Goes to a page and takes its pictures, where it is that page which comes. */
import type { Browser, Page } from '@playwright/test';
import { errorWords } from '../../lib/byok/errors.ts';
import { type Demo, expect } from '../fixtures.ts';
import { openAs, type Person } from '../tasks/people.ts';
import { everyLook, look } from './look.ts';
import type { PageToSee, World } from './pages.ts';
import type { Chapter } from './shots.ts';

type Seen = {
  chapter: Chapter;
  state: string;
  looks?: typeof everyLook;
  /** Somebody else than whom the page is for: refused it may be, for the role. */
  as?: Person;
  /** Where somebody is signed in already; it stays open. */
  on?: Page;
};

export async function seePage(
  browser: Browser,
  demo: Demo,
  { screen, path, person }: PageToSee,
  world: World,
  { chapter, state, looks = everyLook, as, on }: Seen,
): Promise<void> {
  const page = on ?? (await openFor(browser, demo, as ?? person));
  const address = path(world);
  const answer = await page.goto(address);
  expect(answer?.status(), `${address} is answered`).toBe(200);
  expect(new URL(page.url()).pathname, 'it leads nowhere else').toBe(address);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  const refusals = page.getByRole('alert').filter({ hasText: 'Request ID' });
  const unexpected = as ? refusals.filter({ hasNotText: errorWords.forbidden.title }) : refusals;
  await expect(unexpected, 'nothing is refused').toHaveCount(0);
  await look(page, { chapter, screen, state, looks });
  if (!on) await page.context().close();
}

async function openFor(browser: Browser, demo: Demo, who: PageToSee['person']): Promise<Page> {
  if (who !== 'nobody') return openAs(browser, demo, who);
  return (await browser.newContext({ baseURL: demo.url })).newPage();
}
