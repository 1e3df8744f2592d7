import { describe, expect, it } from 'vitest';
import type { ReportView } from '#lib/byok/setup-views.ts';
import type { CheckId, CheckResult, Outcome } from '#lib/byok/test-report.ts';
import { followRun, noRun, type RunEvent } from './streamed-run.ts';
import { announcement, outcomeWord, reportOf, summarize, type TestRun } from './test-run.ts';

type Event = RunEvent<string | null, CheckResult, NonNullable<TestRun['done']>>;
const check = (id: CheckId, outcome: Outcome): Event => ({
  type: 'check',
  result: { id, outcome, durationMs: 1, providerRequestIds: [], summary: '', details: [] },
});
const play = (...events: Event[]): TestRun => events.reduce<TestRun>(followRun, noRun);
const begin: Event = { type: 'begin', about: null };
const done: Event = { type: 'done', passed: false, warnings: [], pinnedKeyRef: null, facts: null };

describe('reportOf', () => {
  const stored = (requestId: string) => ({ requestId }) as ReportView;
  it('shows no report of an earlier test under the rows of this one', () => {
    const ended = play({ type: 'begin', about: 'r-1' }, check('format', 'passed'), done);
    expect(reportOf(ended, stored('r-1'))).toBeNull();
    expect(reportOf(ended, stored('r-2'))).toEqual(stored('r-2'));
    expect(reportOf(noRun, stored('r-1'))).toEqual(stored('r-1'));
    expect(reportOf(play(begin, done), null)).toBeNull();
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
    const first = play(begin, check('format', 'passed'));
    expect(announcement(first)).toBe(announcement(followRun(first, check('region', 'passed'))));
  });

  it('names a failure at once and sums up at the end', () => {
    const failed = play(begin, check('format', 'passed'), check('region', 'failed'));
    expect(announcement(failed)).toBe('Region: Failed.');
    expect(announcement(followRun(failed, done))).toBe('The test has finished: 1 passed · 1 failed.');
  });

  it('says that AWS keeps us waiting once, not at every attempt', () => {
    const waiting = play(begin, check('key', 'running'), { type: 'waiting', id: 'key', attempt: 2 });
    expect(announcement(waiting)).toBe('Key: Waiting for AWS.');
    expect(announcement(followRun(waiting, { type: 'waiting', id: 'key', attempt: 3 }))).toBe('Key: Waiting for AWS.');
  });
});

it('says on a row how it ended, and that nothing can be told', () => {
  const words = (['passed', 'unknown', 'not-run'] as const).map((outcome) =>
    outcomeWord({ result: { id: 'key', outcome }, attempt: null }),
  );
  expect(words).toEqual(['Passed', 'Not known', 'Not run']);
});
