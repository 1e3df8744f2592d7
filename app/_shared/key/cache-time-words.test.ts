import { expect, test } from 'vitest';
import { cacheTimeSentence, checkMinutes, copiesOf, leasesSentence, toMinutes, toSeconds } from './cache-time-words.ts';

test('says how long a copy may serve after the key was disabled', () => {
  expect(cacheTimeSentence(300)).toContain('cached data keys work for at most 5 minutes');
  expect(cacheTimeSentence(0)).toContain('at the next read');
});

test('counts leases that outlive a time that was shortened, and speaks of those alone', () => {
  expect(copiesOf({ cacheTtlSeconds: 60, leasesServeSeconds: 600 }).cacheTtlSeconds).toBe(600);
  expect(leasesSentence({ cacheTtlSeconds: 60, leasesServeSeconds: 600 })).toContain('work for up to 10 minutes more');
  expect(copiesOf({ cacheTtlSeconds: 60, leasesServeSeconds: 40 }).cacheTtlSeconds).toBe(60);
  expect(leasesSentence({ cacheTtlSeconds: 60, leasesServeSeconds: 40 })).toBe('');
  expect(leasesSentence({ cacheTtlSeconds: 60 })).toBe('');
});

test('takes 0 to 60 minutes, with a decimal point or comma', () => {
  for (const minutes of ['0', '5', ' 60 ', '0.5', '1,5']) expect(checkMinutes(minutes)).toBeNull();
  expect(checkMinutes('')).toBe('Enter the number of minutes.');
  expect(checkMinutes('61')).toBe('Enter at most 60 minutes.');
  for (const minutes of ['-1', 'five', '1e3', '60.005']) expect(checkMinutes(minutes)).not.toBeNull();
});

test('what is saved and shown again is what was typed', () => {
  for (const minutes of ['0', '1', '1.5', '60']) expect(toMinutes(toSeconds(minutes))).toBe(minutes);
  expect(toSeconds('0,5')).toBe(30);
});
