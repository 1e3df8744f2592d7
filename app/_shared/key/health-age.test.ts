import { expect, it } from 'vitest';
import { ageWords } from '#components/ui/relative-words.ts';
import { msUntilNextCheck } from '../../(admin)/enterprise-key/_key-page/polling.ts';
import { isOld } from './health-age.ts';

const at = Date.parse('2026-11-22T12:00:00Z');
const health = { state: 'healthy', old: false, oldFrom: new Date(at + 600_000).toISOString() } as const;

it('is old from its instant on, by the reader’s clock once there is one', () => {
  expect(isOld(health, at + 599_000)).toBe(false);
  expect(isOld(health, at + 600_000)).toBe(true);
  expect(isOld(health, null)).toBe(false);
  expect(isOld({ ...health, old: true }, null)).toBe(true);
});

it('never makes a revocation look like nothing', () => {
  expect(isOld({ ...health, state: 'revoked', old: true }, at + 3_600_000)).toBe(false);
  expect(isOld({ ...health, state: 'outage', old: true }, at + 3_600_000)).toBe(true);
});

it('says how long nothing was asked', () => {
  expect(ageWords(at, at + 23 * 60_000)).toBe('23 min');
  expect(ageWords(at, at + 3 * 3_600_000)).toBe('3 h');
});

it('has a page ask once the last answer is older than the cache time, whatever the reader’s clock says', () => {
  expect(msUntilNextCheck(at, 60_000, at + 10_000)).toBe(50_000);
  expect(msUntilNextCheck(at, 60_000, at + 90_000)).toBe(1_000);
  expect(msUntilNextCheck(at + 3_600_000, 60_000, at)).toBe(60_000);
});
