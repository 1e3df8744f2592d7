/** Goes to a page and takes its pictures, where it is that page which comes. */
import type { Browser } from '@playwright/test';
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
};

export async function seePage(
  browser: Browser,
  demo: Demo,
  { screen, path, person }: PageToSee,
  world: World,
  { chapter, state, looks = everyLook, as }: Seen,
): Promise<void> {
  const who = as ?? person;
  const page =
    who === 'nobody'
      ? await (await browser.newContext({ baseURL: demo.url })).newPage()
      : await openAs(browser, demo, who);
  const address = path(world);
  const answer = await page.goto(address);
  expect(answer?.status(), `${address} is answered`).toBe(200);
  expect(new URL(page.url()).pathname, 'it leads nowhere else').toBe(address);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  const refusals = page.getByRole('alert').filter({ hasText: 'Request ID' });
  const unexpected = as ? refusals.filter({ hasNotText: errorWords.forbidden.title }) : refusals;
  await expect(unexpected, 'nothing is refused').toHaveCount(0);
  await look(page, { chapter, screen, state, looks });
  await page.context().close();
}
