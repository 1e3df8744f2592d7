import { defineConfig } from '@playwright/test';
import usual from '../../playwright.config.ts';

// `npm run pictures`: each file on a demo of its own, as the browser tests are, and at the end a sheet of all that was seen.
export default defineConfig({
  ...usual,
  testDir: '.',
  testIgnore: [],
  globalSetup: '../global-setup.ts',
  globalTeardown: './finish.ts',
  timeout: 240_000,
  outputDir: '../../test-results',
});
