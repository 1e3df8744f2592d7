import { expect, test } from 'vitest';
import { sampleTransition } from '../key/sample-view.fixture.ts';
import { leftToMove, phaseSentence, standingOf, transitionTitle } from './transition-words.ts';

const failure = { code: 'key-outage', detail: 'AWS does not answer.' } as const;
const paused = { at: '2026-11-22T12:00:00.000Z', by: 'admin@acme.example' };

test('a key transition stands in one way at a time, and being paused counts most while it is open', () => {
  expect(standingOf(sampleTransition())).toBe('running');
  expect(standingOf(sampleTransition({ failure }))).toBe('stuck');
  expect(standingOf(sampleTransition({ failure, paused }))).toBe('paused');
  expect(standingOf(sampleTransition({ paused, finishedAt: '2026-11-22T12:00:00.000Z' }))).toBe('over');
  expect(standingOf(sampleTransition({ phase: 'testing', startedAt: null }))).toBe('waiting');
});

test('a transition counts as incomplete only once everything has been tried', () => {
  const dataKeys = { total: 20, done: 10, failed: 3, left: 7 };
  expect(standingOf(sampleTransition({ dataKeys }))).toBe('running');
  expect(standingOf(sampleTransition({ dataKeys, triedAt: '2026-11-22T12:00:00.000Z' }))).toBe('incomplete');
});

test('what is left counts what failed, too, and agrees with its number', () => {
  const one = sampleTransition({ dataKeys: { total: 20, done: 19, failed: 1, left: 0 } });
  expect(leftToMove(one)).toEqual({ text: '1 older data key', count: 1 });
  const both = sampleTransition({ records: { total: 100, done: 40, failed: 0, left: 60 } });
  expect(leftToMove(both)).toEqual({ text: '14 older data keys and 60 stored records', count: 74 });
  expect(leftToMove(sampleTransition({ dataKeys: { total: 1, done: 1, failed: 0, left: 0 } }))).toBeNull();
});

test('each kind has a title of its own for each way of standing', () => {
  expect(transitionTitle(sampleTransition())).toBe('Rotating, 11 of 11 apps and bots');
  expect(transitionTitle(sampleTransition({ failure }))).toBe('Rotation is stuck, 11 of 11 apps and bots');
  expect(transitionTitle(sampleTransition({ kind: 'activate', failure }))).toBe(
    'Activation failed, 11 of 11 apps and bots',
  );
  expect(transitionTitle(sampleTransition({ kind: 'revert', paused }))).toBe(
    'Return to the platform key paused, 11 of 11 apps and bots',
  );
});

test('one that has not begun counts nothing, rather than 0 of 0', () => {
  const apps = { total: 0, done: 0 };
  expect(transitionTitle(sampleTransition({ kind: 'activate', failure, apps }))).toBe('Activation failed');
});

test('once every data key has moved, a rotation only re-encrypts', () => {
  const dataKeys = { total: 20, done: 20, failed: 0, left: 0 };
  const records = { total: 100, done: 40, failed: 0, left: 60 };
  expect(transitionTitle(sampleTransition({ phase: 'reencrypting', dataKeys, records }))).toBe(
    'Rotated; re-encrypting stored records',
  );
});

test('a phase says where things go', () => {
  expect(phaseSentence(sampleTransition())).toContain('under the new version');
  expect(phaseSentence(sampleTransition({ kind: 'revert' }))).toContain('under the platform key');
});
