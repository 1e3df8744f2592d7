import { expect, test } from 'vitest';
import { sampleTransition } from '../key/sample-view.fixture.ts';
import { type PaceSample, paceWords, sampleOf, withSample } from './transition-pace.ts';

const start = Date.parse('2026-11-22T12:00:00.000Z');
const seen = (seconds: number, done: number, left: number): PaceSample => ({
  at: start + seconds * 1_000,
  phase: 'rewrapping',
  done,
  left,
});

test('each phase is measured in what it moves', () => {
  const transition = sampleTransition({ records: { total: 100, done: 40, failed: 1, left: 59 } });
  expect(sampleOf(transition, 0)).toMatchObject({ done: 6, left: 14 });
  expect(sampleOf({ ...transition, phase: 'reencrypting' }, 0)).toMatchObject({ done: 40, left: 59 });
  expect(sampleOf({ ...transition, phase: 'switching' }, 0)).toMatchObject({ done: 11, left: 0 });
  expect(sampleOf({ ...transition, phase: 'testing' }, 0)).toBeNull();
});

test('the pace is what was seen to move, not the average since the beginning', () => {
  const begun = new Date(start - 3_600_000).toISOString();
  expect(paceWords([seen(0, 100, 1_000), seen(10, 300, 800)], begun)).toBe(
    'about 20 data keys each second, about 40 seconds left',
  );
});

test('after a reload it is the average since the beginning', () => {
  const begun = new Date(start - 60_000).toISOString();
  expect(paceWords([seen(0, 120, 600)], begun)).toBe('about 2 data keys each second, about 5 minutes left');
});

test('slow work is counted by the minute', () => {
  expect(paceWords([seen(0, 0, 30), seen(20, 2, 28)], null)).toBe(
    'about 6 data keys each minute, about 5 minutes left',
  );
});

test('nothing is said where nothing moved, or nothing is left', () => {
  expect(paceWords([seen(0, 0, 30), seen(20, 0, 30)], null)).toBeNull();
  expect(paceWords([seen(0, 0, 30), seen(20, 30, 0)], null)).toBeNull();
  expect(paceWords([], null)).toBeNull();
});

test('another phase begins to be measured anew, and what is older than a minute is forgotten', () => {
  const samples = [seen(0, 1, 9), seen(50, 2, 8)];
  expect(withSample(samples, { ...seen(60, 0, 5), phase: 'reencrypting' })).toHaveLength(1);
  expect(withSample(samples, seen(80, 3, 7))).toEqual([seen(50, 2, 8), seen(80, 3, 7)]);
  expect(withSample(samples, null)).toEqual([]);
});
