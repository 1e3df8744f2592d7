import { defineConfig } from '@playwright/test';
import usual from '../../playwright.config.ts';

// One file, one walk, on a build of its own that the walk makes first.
export default defineConfig({
  ...usual,
  testDir: '.',
  testIgnore: [],
  globalSetup: undefined,
  workers: 1,
  outputDir: '../../test-results',
});
