import { describe, expect, it } from 'vitest';
import type { CheckResult } from '#lib/byok/test-report.ts';
import { groupsOf } from './check-groups-of.ts';
import { verdictOf } from './verdict.ts';

type Outcome = CheckResult['outcome'];
const rows = (...outcomes: Outcome[]) =>
  outcomes.map((outcome, at) => ({ result: { id: `check-${at}`, outcome } as unknown as CheckResult, attempt: null }));
const passed = Array<Outcome>(9).fill('passed');
const ended = { phase: 'ended', done: null } as const;
const form = { changed: false, description: 'Keyward calls AWS.' };

describe('the verdict of a test', () => {
  it.each<[string, Outcome[], string, string]>([
    ['all passed', [...passed, 'skipped'], 'ok', 'It works. 9 of 9 checks passed.'],
    ['one failed', ['passed', 'failed', 'not-run'], 'bad', 'One thing to fix. 1 of 3 checks failed.'],
    ['two failed', ['failed', 'failed', 'passed'], 'bad', '2 things to fix. 2 of 3 checks failed.'],
    ['a warning', ['passed', 'warning'], 'ok', 'It works, with one warning. 1 of 2 checks passed.'],
    ['ended early', ['passed', 'not-run'], 'warn', 'The test is not complete.'],
    ['none', [], 'idle', 'Not tested yet'],
  ])('%s', (_, outcomes, tone, title) => {
    expect(verdictOf(ended, null, rows(...outcomes), form)).toMatchObject({ tone, title });
  });

  it('says so where the key itself is still to be made', () => {
    const works = 'Everything but the key works';
    const { title } = verdictOf(ended, null, rows('passed', 'skipped'), { ...form, works });
    expect(title).toBe('Everything but the key works. 1 of 1 checks passed.');
  });

  it('never calls a test good that no longer counts', () => {
    const stale = { passed: true, stale: true };
    expect(verdictOf(ended, stale, rows(...passed), form).tone).toBe('warn');
    expect(verdictOf(ended, null, rows(...passed), { ...form, changed: true }).tone).toBe('warn');
    expect(verdictOf({ phase: 'running', done: null }, null, rows('passed'), form).tone).toBe('moving');
    expect(verdictOf({ phase: 'broken', done: null }, null, rows(...passed), form).tone).toBe('warn');
  });
});

describe('the groups of checks', () => {
  it('has what failed first, then warnings, what is not run, and what passed; each check once', () => {
    const groups = groupsOf(rows('passed', 'not-run', 'failed', 'warning', 'skipped', 'passed'));
    expect(groups.map(({ id, rows: own }) => [id, own.map(({ result }) => result.id)])).toEqual([
      ['failed', ['check-2']],
      ['warning', ['check-3']],
      ['not-run', ['check-1']],
      ['passed', ['check-0', 'check-5']],
      ['skipped', ['check-4']],
    ]);
  });
});
