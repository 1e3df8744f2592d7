/**
 * The test runners, with the numbers that they report: an exit code alone would not say that anything ran.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { build, isCurrent } from '../steps.ts';
import { runNode } from './command.ts';
import type { Check, Counts } from './runner.ts';

const require = createRequire(import.meta.url);

export const unitAndIntegrationCheck: Check = {
  name: 'unit and integration tests',
  run: () =>
    vitest([
      '--project=unit',
      '--project=programs',
      '--project=integration',
      '--project=attacks',
      '--project=second-provider',
    ]),
};

/** What asks for no database: the fast check. */
export const unitCheck: Check = {
  name: 'unit tests',
  run: () => vitest(['--project=unit']),
};

export const browserTestsCheck: Check = {
  name: 'browser tests, against the production build',
  run: async () => {
    if (!isCurrent(build)) throw new Error('There is no production build of these sources, so nothing was tested.');
    return playwright([]);
  },
};

/** The browser tests of the configuration at the root, or of the one that is named. */
export function playwright(what: readonly string[]): Promise<Counts> {
  const cli = join(dirname(require.resolve('@playwright/test/package.json')), 'cli.js');
  return withReport(async (file) => {
    const env = { PLAYWRIGHT_JSON_OUTPUT_NAME: file, NO_COLOR: '1' };
    const { code } = await runNode({ args: [cli, 'test', '--reporter=list,json', ...what], env, loud: true });
    return { code, counts: countPlaywright };
  });
}

/** All tests, or those of the files, folders and projects (`--project=unit`) that are named. */
export function vitest(what: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Counts> {
  const cli = join(dirname(require.resolve('vitest/package.json')), 'vitest.mjs');
  return withReport(async (file) => {
    const args = [cli, 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`, ...what];
    const { code } = await runNode({ args, env: { NO_COLOR: '1', ...environment }, loud: true });
    return { code, counts: countVitest };
  });
}

/** Failed files that did not even load hold no failed test; skipped tests count for nothing. */
export function countVitest(report: unknown): Counts {
  const {
    numPassedTests = 0,
    numFailedTests = 0,
    testResults = [],
  } = report as {
    numPassedTests?: number;
    numFailedTests?: number;
    testResults?: { status: string; assertionResults: { status: string }[] }[];
  };
  const unloaded = testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  );
  return { passed: numPassedTests, failed: numFailedTests + unloaded.length };
}

/** A flaky test has failed once, and errors outside of tests are failures. */
export function countPlaywright(report: unknown): Counts {
  const { stats, errors = [] } = report as {
    stats?: { expected: number; unexpected: number; flaky: number };
    errors?: unknown[];
  };
  if (!stats) return { passed: 0, failed: 0 };
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length };
}

interface Outcome {
  code: number;
  counts: (report: unknown) => Counts;
}

/** The numbers of the report; a runner that failed for any other reason has failed once more. */
async function withReport(run: (file: string) => Promise<Outcome>): Promise<Counts> {
  const folder = mkdtempSync(join(tmpdir(), 'keyward-report-'));
  const file = join(folder, 'report.json');
  try {
    const { code, counts } = await run(file);
    const result = existsSync(file) ? counts(JSON.parse(readFileSync(file, 'utf8'))) : { passed: 0, failed: 0 };
    return code !== 0 && result.failed === 0 ? { ...result, failed: 1 } : result;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
