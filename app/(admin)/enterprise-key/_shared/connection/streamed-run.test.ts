import { describe, expect, it } from 'vitest';
import type { StepStatus, VerificationEvent, VerifiedRow } from '#lib/byok/checklist.ts';
import type { CheckResult, TestEvent } from '#lib/byok/test-report.ts';
import { followRun, noRun, type RunEvent, type StreamedRow, type StreamedRun, storedRows } from './streamed-run.ts';
import { outcomeWord } from './test-run.ts';

const result = <O extends VerifiedRow['outcome']>(id: string, outcome: O) => ({
  id,
  outcome,
  durationMs: 1,
  providerRequestIds: [],
  summary: '',
  details: [],
});
const outcomesOf = (rows: StreamedRow[]) => rows.map(({ result: { id, outcome } }) => [id, outcome]);

/** The same stream twice: as a test, begun after an earlier report, and as the verification of a step. */
type Test = Extract<TestEvent, { type: 'done' }>;
type Verification = Extract<VerificationEvent, { type: 'done' }>;
const test = { about: 'r-1', done: { type: 'done', passed: false, warnings: [], pinnedKeyRef: null, facts: null } };
const verification = { about: 'role', done: { type: 'done', status: 'failed' satisfies StepStatus } };

describe.each([
  { name: 'a test', ...(test as { about: string; done: Test | Verification }) },
  { name: 'a verification', ...(verification as { about: string; done: Test | Verification }) },
])('$name as the screen follows it', ({ about, done }) => {
  type Run = StreamedRun<string, CheckResult | VerifiedRow, Test | Verification>;
  type Event = RunEvent<string, CheckResult | VerifiedRow, Test | Verification>;
  const begin: Event = { type: 'begin', about };
  const check = (id: string, outcome: VerifiedRow['outcome']): Event => ({
    type: 'check',
    result: result(id, outcome),
  });
  const play = (...events: Event[]): Run => events.reduce<Run>(followRun, noRun);

  it('knows what it was begun for', () => {
    expect(play().about).toBeNull();
    expect(play(begin)).toMatchObject({ about, phase: 'running', rows: [], done: null });
  });

  it('adds a row as a check begins, and ends it in its place', () => {
    const { rows } = play(begin, check('format', 'running'), check('format', 'passed'), check('region', 'running'));
    expect(outcomesOf(rows)).toEqual([
      ['format', 'passed'],
      ['region', 'running'],
    ]);
  });

  it('shows that AWS keeps us waiting, on that row alone, and forgets it when the check ends', () => {
    const asked: Event = { type: 'waiting', id: 'key', attempt: 3 };
    const waiting = play(begin, check('format', 'passed'), check('key', 'running'), asked);
    expect(waiting.rows.map(outcomeWord)).toEqual(['Passed', 'Waiting for AWS (attempt 3)']);
    expect(followRun(waiting, check('key', 'passed')).rows.map(outcomeWord)).toEqual(['Passed', 'Passed']);
  });

  it('ends with what it is worth, and then no late event changes it', () => {
    const ended = play(begin, check('format', 'passed'), done);
    expect(ended).toMatchObject({ phase: 'ended', done });
    expect(followRun(ended, check('region', 'failed'))).toBe(ended);
    expect(followRun(ended, { type: 'lost' })).toBe(ended);
  });

  it('keeps the rows it has when the stream breaks', () => {
    const broken = play(begin, check('format', 'passed'), { type: 'lost' });
    expect(broken).toMatchObject({ phase: 'broken', error: null, done: null });
    expect(outcomesOf(broken.rows)).toEqual([['format', 'passed']]);
  });

  it('keeps the error of a refusal', () => {
    const error = { code: 'forbidden', requestId: 'r-9' } as const;
    expect(play(begin, { type: 'error', error })).toMatchObject({ phase: 'broken', error });
  });

  it('begins anew with nothing of the one before', () => {
    const again = play(begin, check('format', 'failed'), done, { type: 'begin', about: 'another' });
    expect(again).toEqual({ phase: 'running', about: 'another', rows: [], done: null, error: null });
  });
});

it('shows what is stored as rows that have ended, and none where nothing is', () => {
  expect(storedRows([result('key', 'passed')]).map(outcomeWord)).toEqual(['Passed']);
  expect(storedRows(undefined)).toEqual([]);
});
