import { expect, test } from 'vitest';
import type { ValidationView } from '#lib/byok/record-views.ts';
import { failureWords, outcomeBadge, runSummary } from './validation-words.ts';

type App = ValidationView['apps'][number];

const app = (changes: Partial<App> = {}): App => ({
  appId: 'app-1',
  name: 'Claims assistant',
  kind: 'bot',
  protectedBy: 'version 1',
  dataKey: 'none',
  tried: 5,
  opened: 5,
  failure: null,
  providerRequestIds: ['req-1'],
  durationMs: 40,
  ...changes,
});

const revoked = { code: 'key-revoked', detail: 'AWS says that the key is disabled.' } as const;
const run = (apps: App[]): ValidationView => ({ at: '2026-11-22T12:00:00.000Z', apps, health: null });

test('only an app whose tried records all opened is called opened', () => {
  expect(outcomeBadge(app())).toEqual({ tone: 'ok', label: 'Opened' });
  expect(outcomeBadge(app({ opened: 4 }))).toEqual({ tone: 'bad', label: 'Not all opened' });
  expect(outcomeBadge(app({ opened: 0, failure: revoked }))).toEqual({ tone: 'bad', label: 'Not opened' });
});

test('an app without records proves nothing', () => {
  expect(outcomeBadge(app({ tried: 0, opened: 0 }))).toEqual({ tone: 'idle', label: 'No records' });
  expect(runSummary(run([app({ tried: 0, opened: 0 })])).tone).toBe('idle');
});

test('an app that the run left out is not called opened', () => {
  expect(outcomeBadge(null)).toEqual({ tone: 'idle', label: 'Not part of this' });
});

test('an outage does not look like a revocation', () => {
  expect(outcomeBadge(app({ opened: 0, failure: { code: 'key-outage', detail: 'Timed out.' } })).tone).toBe('warn');
});

test('a failure says its cause, what it means and the next step', () => {
  expect(failureWords(revoked)).toBe(
    'AWS says that the key is disabled. The data stays encrypted, and the vendor cannot read it. Nothing is lost. Enable the key in AWS, or restore the permission, to make it readable again.',
  );
});

test('the run is good only when every app that holds records opened', () => {
  expect(runSummary(run([app(), app({ tried: 0, opened: 0 })]))).toEqual({
    tone: 'ok',
    text: '1 app or bot holds records; it could be opened.',
  });
  expect(runSummary(run([app(), app({ opened: 0, failure: revoked })]))).toEqual({
    tone: 'bad',
    text: '1 of 2 apps and bots could not be opened.',
  });
});

test('AWS is asked where no records are stored, and the run says what it said', () => {
  const empty = { tried: 0, opened: 0 };
  const unwrapped = app({ ...empty, dataKey: 'unwrapped' });
  expect(outcomeBadge(unwrapped)).toEqual({ tone: 'ok', label: 'Data key opened' });
  expect(runSummary(run([unwrapped, unwrapped]))).toEqual({
    tone: 'ok',
    text: 'AWS opened the current data key of 2 apps and bots. None holds records here.',
  });
  const lost = app({ ...empty, dataKey: 'not-unwrapped', failure: revoked });
  expect(outcomeBadge(lost)).toEqual({ tone: 'bad', label: 'Not opened' });
  expect(runSummary(run([unwrapped, lost]))).toMatchObject({
    tone: 'bad',
    text: '1 of 2 apps and bots could not be opened.',
  });
});
