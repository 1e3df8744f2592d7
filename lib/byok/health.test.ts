import { expect, it } from 'vitest';
import { askAgainAfterMs, type Health, isOldFrom, nextHealth, type Observation } from './health.ts';

it.each<[Health, Observation['kind'], Health]>([
  ['not-yet-checked', 'answered', 'healthy'],
  ['not-yet-checked', 'outage', 'outage'],
  ['not-yet-checked', 'revoked', 'revoked'],
  ['healthy', 'answered', 'healthy'],
  ['healthy', 'outage', 'outage'],
  ['healthy', 'revoked', 'revoked'],
  ['outage', 'answered', 'healthy'],
  ['outage', 'outage', 'outage'],
  ['outage', 'revoked', 'revoked'],
  ['revoked', 'answered', 'degraded'],
  ['revoked', 'outage', 'revoked'],
  ['revoked', 'revoked', 'revoked'],
  ['degraded', 'answered', 'healthy'],
  ['degraded', 'outage', 'outage'],
  ['degraded', 'revoked', 'revoked'],
])('%s, then %s: %s', (now, kind, next) => {
  expect(nextHealth(now, { kind })).toBe(next);
});

it.each([
  [0, 120],
  [60, 120],
  [61, 122],
  [300, 600],
  [3600, 7200],
])('with a cache time of %i s an answer is old after %i s', (cacheTtlSeconds, seconds) => {
  const at = new Date('2026-11-22T12:00:00Z');
  expect(isOldFrom(at, cacheTtlSeconds).getTime() - at.getTime()).toBe(seconds * 1_000);
});

it('is asked for by an open page at most once per cache time, and never more often than the row allows', () => {
  expect([0, 10, 60, 3600].map(askAgainAfterMs)).toEqual([15_000, 15_000, 60_000, 3_600_000]);
});
