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
    testTimeout: 30_000,
    hookTimeout: 60_000,
    pool: 'forks',
    maxWorkers: 2,
  },
});
