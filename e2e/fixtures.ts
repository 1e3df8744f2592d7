/**
 * What every browser test knows of the demo that it runs against. Import `test` and `expect` from here.
 */
import { readFileSync } from 'node:fs';
import { test as base } from '@playwright/test';
import { readyFile } from './tasks/ready-file.ts';

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
      await use(JSON.parse(readFileSync(readyFile(), 'utf8')) as Demo);
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ demo }, use) => use(demo.url),
});
