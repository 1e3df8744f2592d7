/** Import `test` and `expect` from here: a state that is not reached stands on the sheet, with why. */
import { test as base } from '../fixtures.ts';
import { keepMissing } from './shots.ts';

export { expect } from '../fixtures.ts';

export const test = base.extend<{ noted: undefined }>({
  noted: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from this pattern.
    async ({}, use, info) => {
      await use(undefined);
      if (info.status === info.expectedStatus) return;
      const why = (info.error?.message ?? info.status ?? '').replace(colours, '');
      keepMissing({ chapter: 'Missing', screen: info.titlePath.slice(1).join(': '), at: Date.now(), why });
    },
    { auto: true },
  ],
});

const colours = new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, 'g');
