import type { Locator, Page } from '@playwright/test';

/** Events that the history shows, by the words of their sentences. */
export function events(page: Page, words: RegExp | string): Locator {
  return page.getByRole('region', { name: 'Events' }).getByRole('listitem').filter({ hasText: words });
}
