import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

// `server-only` throws outside React Server Components; its own empty.js is what a server build resolves it to.
const serverOnly = fileURLToPath(new URL('./node_modules/server-only/empty.js', import.meta.url));

export default defineConfig({
  resolve: { alias: { 'server-only': serverOnly } },
  test: {
    include: [
      'lib/**/*.test.ts',
      'components/**/*.test.ts?(x)',
      'scripts/**/*.test.ts',
      'e2e/**/*.test.ts',
      'app/**/*.test.ts?(x)',
    ],
    globalSetup: ['lib/db/testing/global-setup.ts'],
    // What is logged on purpose in a test is noise in its report; a test of the log makes a log of its own.
    env: { KEYWARD_LOG_LEVEL: 'silent' },
    testTimeout: 30_000,
    hookTimeout: 60_000,
    pool: 'forks',
    maxWorkers: 2,
  },
});
