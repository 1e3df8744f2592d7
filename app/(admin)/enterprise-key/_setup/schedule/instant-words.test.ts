import { describe, expect, it } from 'vitest';
import { aheadWords, ambiguousNote, describeInstant } from './instant-words.ts';

const now = new Date('2026-01-15T12:00:00Z');

describe('aheadWords', () => {
  it.each([
    ['2026-01-18T13:00:00Z', 'in 3 days'],
    ['2026-01-18T11:59:50Z', 'in 3 days'],
    ['2026-01-15T14:10:00Z', 'in 2 hours'],
    ['2026-01-15T12:01:00Z', 'in 1 minute'],
    ['2026-01-15T12:00:20Z', 'in less than a minute'],
    ['2026-01-15T11:50:00Z', '10 minutes ago'],
  ])('%s is %s', (instant, words) => {
    expect(aheadWords(instant, now)).toBe(words);
  });
});

describe('describeInstant', () => {
  it('names day, time and zone', () => {
    expect(describeInstant('2026-12-01T08:00:00Z', 'UTC')).toBe('Tue, 1 December 2026, 08:00 UTC');
    expect(describeInstant('2026-12-01T08:00:00Z', 'Europe/Berlin')).toContain('1 December 2026, 09:00');
  });

  it('falls back to UTC for a zone that is not known', () => {
    expect(describeInstant('2026-12-01T08:00:00Z', 'Nowhere/Town')).toBe('Tue, 1 December 2026, 08:00 UTC');
  });
});

it('names the hour that comes twice', () => {
  expect(ambiguousNote('2026-10-25T02:30', 'Europe/Berlin')).toMatch(
    /^02:30 comes twice on this day in Europe\/Berlin/,
  );
});
