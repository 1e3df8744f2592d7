import { expect, test } from 'vitest';
import { sampleMove } from '../key/sample-view.fixture.ts';
import { leftToMove, moveTitle, phaseSentence, standingOf } from './move-words.ts';

const failure = { code: 'key-outage', detail: 'AWS does not answer.' } as const;
const paused = { at: '2026-11-22T12:00:00.000Z', by: 'admin@acme.example' };

test('a move stands in one way at a time, and being paused counts most while it is open', () => {
  expect(standingOf(sampleMove())).toBe('running');
  expect(standingOf(sampleMove({ failure }))).toBe('stuck');
  expect(standingOf(sampleMove({ failure, paused }))).toBe('paused');
  expect(standingOf(sampleMove({ paused, finishedAt: '2026-11-22T12:00:00.000Z' }))).toBe('over');
  expect(standingOf(sampleMove({ phase: 'testing', startedAt: null }))).toBe('waiting');
});

test('something counts as left behind only once everything has been tried', () => {
  const dataKeys = { total: 20, done: 10, failed: 3, left: 7 };
  expect(standingOf(sampleMove({ dataKeys }))).toBe('running');
  expect(standingOf(sampleMove({ dataKeys, triedAt: '2026-11-22T12:00:00.000Z' }))).toBe('behind');
});

test('what is left counts what failed, too, and agrees with its number', () => {
  const one = sampleMove({ dataKeys: { total: 20, done: 19, failed: 1, left: 0 } });
  expect(leftToMove(one)).toEqual({ text: '1 older data key', count: 1 });
  const both = sampleMove({ records: { total: 100, done: 40, failed: 0, left: 60 } });
  expect(leftToMove(both)).toEqual({ text: '14 older data keys and 60 stored records', count: 74 });
  expect(leftToMove(sampleMove({ dataKeys: { total: 1, done: 1, failed: 0, left: 0 } }))).toBeNull();
});

test('each kind has a title of its own for each way of standing', () => {
  expect(moveTitle(sampleMove())).toBe('Rotating, 11 of 11 apps and bots');
  expect(moveTitle(sampleMove({ failure }))).toBe('Rotation is stuck, 11 of 11 apps and bots');
  expect(moveTitle(sampleMove({ kind: 'activate', failure }))).toBe('Activation failed, 11 of 11 apps and bots');
  expect(moveTitle(sampleMove({ kind: 'revert', paused }))).toBe(
    'Return to the platform key paused, 11 of 11 apps and bots',
  );
});

test('once every data key has moved, a rotation only re-encrypts', () => {
  const dataKeys = { total: 20, done: 20, failed: 0, left: 0 };
  const records = { total: 100, done: 40, failed: 0, left: 60 };
  expect(moveTitle(sampleMove({ phase: 'reencrypting', dataKeys, records }))).toBe(
    'Rotated; re-encrypting stored records',
  );
});

test('a phase says where things go', () => {
  expect(phaseSentence(sampleMove())).toContain('under the new version');
  expect(phaseSentence(sampleMove({ kind: 'revert' }))).toContain('under the platform key');
});
