import { describe, expect, it } from 'vitest';
import type { ReportView } from '#lib/byok/setup-views.ts';
import type { CheckId, CheckResult, Outcome } from '#lib/byok/test-report.ts';
import {
  announcement,
  followTest,
  negativeChecks,
  noRun,
  outcomeWord,
  reportOf,
  summarize,
  type TestRun,
  type TestRunEvent,
} from './test-run.ts';

const result = (id: CheckId, outcome: Outcome, more: Partial<CheckResult> = {}): CheckResult => ({
  id,
  outcome,
  durationMs: 1,
  providerRequestIds: [],
  summary: '',
  details: [],
  ...more,
});
const check = (id: CheckId, outcome: Outcome): TestRunEvent => ({ type: 'check', result: result(id, outcome) });
const play = (...events: TestRunEvent[]): TestRun => events.reduce(followTest, noRun);
const done: TestRunEvent = { type: 'done', passed: false, warnings: [], pinnedKeyRef: null, facts: null };

describe('reportOf', () => {
  const stored = (requestId: string) => ({ requestId }) as ReportView;
  it('shows no report of an earlier test under the rows of this one', () => {
    const ended = play({ type: 'begin', before: 'r-1' }, check('format', 'passed'), done);
    expect(reportOf(ended, stored('r-1'))).toBeNull();
    expect(reportOf(ended, stored('r-2'))).toEqual(stored('r-2'));
    expect(reportOf(noRun, stored('r-1'))).toEqual(stored('r-1'));
    expect(reportOf(play({ type: 'begin' }, done), null)).toBeNull();
  });
});

describe('followTest', () => {
  it('adds a row as a check begins, and ends it in its place', () => {
    const run = play(
      { type: 'begin' },
      check('format', 'running'),
      check('format', 'passed'),
      check('region', 'running'),
    );
    expect(run.rows.map((row) => [row.result.id, row.result.outcome])).toEqual([
      ['format', 'passed'],
      ['region', 'running'],
    ]);
  });

  it('shows that AWS keeps us waiting, and forgets it when the check ends', () => {
    const waiting = play({ type: 'begin' }, check('key', 'running'), { type: 'waiting', id: 'key', attempt: 3 });
    expect(waiting.rows.map(outcomeWord)).toEqual(['Waiting for AWS (attempt 3)']);
    expect(followTest(waiting, check('key', 'passed')).rows.map(outcomeWord)).toEqual(['Passed']);
  });

  it('ends, and then no late event changes it', () => {
    const ended = play({ type: 'begin' }, check('format', 'passed'), done);
    expect(ended.phase).toBe('ended');
    expect(followTest(ended, check('region', 'failed'))).toBe(ended);
  });

  it('keeps the rows it has when the stream breaks', () => {
    const broken = play({ type: 'begin' }, check('format', 'passed'), { type: 'lost' });
    expect(broken).toMatchObject({ phase: 'broken', error: null });
    expect(broken.rows).toHaveLength(1);
  });

  it('keeps the error of a refused test', () => {
    const refused = play({ type: 'begin' }, { type: 'error', error: { code: 'forbidden', requestId: 'r-1' } });
    expect(refused.error).toEqual({ code: 'forbidden', requestId: 'r-1' });
  });

  it('begins anew with no rows', () => {
    expect(play({ type: 'begin' }, check('format', 'failed'), done, { type: 'begin' }).rows).toEqual([]);
  });
});

describe('summarize', () => {
  it('counts by outcome in a fixed order, and leaves out what there is none of', () => {
    const outcomes: Outcome[] = ['not-run', 'passed', 'failed', 'passed', 'not-run'];
    expect(summarize(outcomes.map((outcome) => ({ outcome })))).toBe('2 passed · 1 failed · 2 not run');
  });

  it('agrees with its number', () => {
    expect(summarize([{ outcome: 'warning' }])).toBe('1 warning');
    expect(summarize([{ outcome: 'warning' }, { outcome: 'warning' }, { outcome: 'skipped' }])).toBe(
      '2 warnings · 1 skipped',
    );
  });
});

describe('announcement', () => {
  it('is silent before the test, and does not repeat itself for each passed check', () => {
    expect(announcement(noRun)).toBe('');
    const first = play({ type: 'begin' }, check('format', 'passed'));
    expect(announcement(first)).toBe(announcement(followTest(first, check('region', 'passed'))));
  });

  it('names a failure at once and sums up at the end', () => {
    const failed = play({ type: 'begin' }, check('format', 'passed'), check('region', 'failed'));
    expect(announcement(failed)).toBe('Region: Failed.');
    expect(announcement(followTest(failed, done))).toBe('The test has ended: 1 passed · 1 failed.');
  });

  it('says that AWS keeps us waiting once, not at every attempt', () => {
    const waiting = play({ type: 'begin' }, check('key', 'running'), { type: 'waiting', id: 'key', attempt: 2 });
    expect(announcement(waiting)).toBe('Key: Waiting for AWS.');
    expect(announcement(followTest(waiting, { type: 'waiting', id: 'key', attempt: 3 }))).toBe('Key: Waiting for AWS.');
  });
});

it('names the checks whose denials in CloudTrail are ours, once they ran', () => {
  const results = [
    result('confused-deputy', 'passed', { negative: true }),
    result('key', 'passed'),
    result('context', 'not-run', { negative: true }),
  ];
  expect(negativeChecks(results)).toEqual(['confused-deputy']);
});
