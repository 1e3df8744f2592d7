/**
 * What every browser test knows of the demo that it runs against. Import `test` and `expect` from here.
 */
import { readFileSync } from 'node:fs';
import { test as base } from '@playwright/test';

export { expect } from '@playwright/test';

export interface Demo {
  url: string;
  /** Where /api/v1 is served by itself, with streams and leases. */
  dataPlaneUrl: string;
  /** The simulated AWS: its page is the customer's, its admin interface lies under /_sim. */
  simulatorUrl: string;
  /** E-mail addresses; all have the same password. */
  accounts: string[];
  password: string;
  /** Bearer tokens for /api/v1, one per tenant. */
  tokens: { tenant: string; token: string }[];
  readyAccount: { roleArn: string; keyArn: string; aliasArn: string };
}

export const test = base.extend<object, { demo: Demo }>({
  demo: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from this pattern.
    async ({}, use) => {
      const file = process.env.KEYWARD_E2E_READY;
      if (!file) throw new Error('There is no demo: run the tests with the configuration at the root.');
      await use(JSON.parse(readFileSync(file, 'utf8')) as Demo);
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ demo }, use) => use(demo.url),
});
