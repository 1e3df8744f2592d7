import { describe, expect, it } from 'vitest';
import { enforcementInstant } from '#lib/byok/enforcement.ts';
import { aheadWords, ambiguousNote, describeInstant, toLocalDateTime } from './instant-words.ts';

const now = new Date('2026-01-15T12:00:00Z');

describe('toLocalDateTime', () => {
  it.each([
    ['2026-12-01T09:00', 'Europe/Berlin'],
    ['2026-07-04T23:59', 'America/New_York'],
    ['2026-03-01T00:00', 'Asia/Kathmandu'],
    ['2026-10-25T02:30', 'Europe/Berlin'],
  ])('gives back what was typed: %s in %s', (local, zone) => {
    const chosen = enforcementInstant(local, zone, now);
    expect(chosen.ok && toLocalDateTime(chosen.at, zone)).toBe(local);
  });

  it.each([
    [null, 'UTC'],
    ['2026-12-01T08:00:00Z', 'Nowhere/Town'],
    ['2026-12-01T08:00:00Z', ''],
  ])('is empty for %s in “%s”', (instant, zone) => {
    expect(toLocalDateTime(instant, zone)).toBe('');
  });
});

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
