import { expect, it } from 'vitest';
import { type Check, runChecks, totalLine } from './runner.ts';
import { countPlaywright, countVitest } from './tests.ts';

const quiet = { log: () => undefined, now: () => 0 };
const check = (passed: number, failed: number): Check => ({ name: 'a step', run: async () => ({ passed, failed }) });
const broken: Check = { name: 'broken', run: () => Promise.reject(new Error('no such program')) };

it('adds up what the steps ran', async () => {
  expect(await runChecks([check(3, 0), check(4, 2)], quiet)).toEqual({ passed: 7, failed: 2 });
});

it('adds up steps that run at the same time, and counts one of them that ran nothing', async () => {
  expect(await runChecks([[check(3, 0), check(0, 0)], check(1, 1)], quiet)).toEqual({ passed: 4, failed: 2 });
});

it('counts a step that ran nothing as a failure', async () => {
  expect(await runChecks([check(3, 0), check(0, 0)], quiet)).toEqual({ passed: 3, failed: 1 });
});

it('counts no steps at all as a failure', async () => {
  expect(await runChecks([], quiet)).toEqual({ passed: 0, failed: 1 });
});

it('counts a step that broke as a failure, and runs the others', async () => {
  expect(await runChecks([broken, check(1, 0)], quiet)).toEqual({ passed: 1, failed: 1 });
});

it('ends with the line that others read', () => {
  expect(totalLine({ passed: 12, failed: 1 })).toBe('12 passed, 1 failed');
});

it('counts a test file that did not load, and no test that was skipped', () => {
  const report = {
    numPassedTests: 5,
    numFailedTests: 1,
    numPendingTests: 9,
    testResults: [
      { status: 'passed', assertionResults: [{ status: 'passed' }] },
      { status: 'failed', assertionResults: [{ status: 'failed' }] },
      { status: 'failed', assertionResults: [] },
    ],
  };
  expect(countVitest(report)).toEqual({ passed: 5, failed: 2 });
  expect(countVitest({})).toEqual({ passed: 0, failed: 0 });
});

it('counts flaky browser tests and errors outside of tests as failures', () => {
  expect(countPlaywright({ stats: { expected: 4, unexpected: 1, flaky: 1, skipped: 3 }, errors: [{}] })).toEqual({
    passed: 4,
    failed: 3,
  });
  expect(countPlaywright({})).toEqual({ passed: 0, failed: 0 });
});
