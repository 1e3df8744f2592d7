import { defineConfig, devices } from '@playwright/test';
import { workers } from './e2e/tasks/ready-file.ts';
import { findChromium } from './scripts/checks/browser.ts';

// The tasks of a file one after the other, and two files at a time: each against a demo of its own on the production build,
// which `global-setup` starts.
export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  // Suites of their own: `npm run test:second-provider`, on a build of its own, and `npm run pictures`.
  testIgnore: ['second-provider/**', 'pictures/**'],
  globalSetup: './e2e/global-setup.ts',
  workers,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: true,
  reporter: 'list',
  outputDir: 'test-results',
  use: {
    ...devices['Desktop Chrome'],
    // A trace takes a sixth of the time of every test, for the few that fail: `--trace retain-on-failure` asks for it.
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: findChromium(),
      args: ['--no-sandbox', '--disable-quic', '--disable-background-networking'],
    },
  },
});
