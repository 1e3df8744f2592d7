import { expect, it } from 'vitest';
import { type Health, nextHealth, type Observation } from './health.ts';

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
