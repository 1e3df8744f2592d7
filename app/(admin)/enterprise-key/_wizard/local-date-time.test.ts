import { describe, expect, it } from 'vitest';
import {
  describeInstant,
  relativeWords,
  resolveLocalDateTime,
  timeZoneChoices,
  toLocalDateTime,
} from './local-date-time.ts';

const now = new Date('2026-01-15T12:00:00Z');

describe('resolveLocalDateTime', () => {
  it('gives the instant of a local time', () => {
    expect(resolveLocalDateTime('2026-12-01T09:00', 'Europe/Berlin', now)).toEqual({
      ok: true,
      instant: '2026-12-01T08:00:00Z',
      note: null,
    });
  });

  it('refuses an hour that daylight saving skips, and names the time to take instead', () => {
    const resolved = resolveLocalDateTime('2026-03-29T02:30', 'Europe/Berlin', now);
    expect(resolved).toMatchObject({ ok: false, field: 'localDateTime' });
    expect(resolved.ok === false && resolved.message).toContain('There is no 02:30 on this day in Europe/Berlin');
    expect(resolved.ok === false && resolved.message).toContain('Choose 03:30');
  });

  it('takes the earlier one of an hour that comes twice, and says so', () => {
    const resolved = resolveLocalDateTime('2026-10-25T02:30', 'Europe/Berlin', now);
    expect(resolved).toMatchObject({ ok: true, instant: '2026-10-25T00:30:00Z' });
    expect(resolved.ok && resolved.note).toContain('02:30 comes twice');
    expect(resolved.ok && resolved.note).toContain('UTC+02:00, not UTC+01:00');
  });

  it.each([
    ['2026-01-15T12:00', 'UTC'],
    ['2026-01-15T12:59', 'Europe/Berlin'],
    ['2019-05-01T00:00', 'Asia/Tokyo'],
  ])('refuses the past and the present: %s in %s', (local, zone) => {
    expect(resolveLocalDateTime(local, zone, now)).toMatchObject({ ok: false, field: 'localDateTime' });
  });

  it.each(['', 'tomorrow', '2026-13-01T09:00', '2026-02-30T09:00', '2026-12-01'])(
    'refuses “%s” as no date',
    (local) => {
      expect(resolveLocalDateTime(local, 'UTC', now)).toEqual({
        ok: false,
        field: 'localDateTime',
        message: 'Enter a date and a time.',
      });
    },
  );

  it.each(['', 'Nowhere/Town'])('refuses “%s” as no time zone', (zone) => {
    expect(resolveLocalDateTime('2026-12-01T09:00', zone, now)).toMatchObject({ ok: false, field: 'timeZone' });
  });
});

describe('toLocalDateTime', () => {
  it('gives back what was typed', () => {
    expect(toLocalDateTime('2026-12-01T08:00:00.000Z', 'Europe/Berlin')).toBe('2026-12-01T09:00');
  });

  it.each([
    [null, 'UTC'],
    ['2026-12-01T08:00:00Z', 'Nowhere/Town'],
  ])('is empty for %s in %s', (instant, zone) => {
    expect(toLocalDateTime(instant, zone)).toBe('');
  });
});

describe('words for an instant', () => {
  it.each([
    ['2026-01-18T13:00:00Z', 'in 3 days'],
    ['2026-01-15T14:10:00Z', 'in 2 hours'],
    ['2026-01-15T12:01:00Z', 'in 1 minute'],
    ['2026-01-15T12:00:20Z', 'in less than a minute'],
    ['2026-01-15T11:50:00Z', '10 minutes ago'],
  ])('%s is %s', (instant, words) => {
    expect(relativeWords(instant, now)).toBe(words);
  });

  it('names day, time and zone', () => {
    expect(describeInstant('2026-12-01T08:00:00Z', 'UTC')).toBe('Tue, 1 December 2026, 08:00 UTC');
    expect(describeInstant('2026-12-01T08:00:00Z', 'Europe/Berlin')).toContain('1 December 2026, 09:00');
  });
});

it('offers the own zone first, then UTC, each once', () => {
  const choices = timeZoneChoices('Europe/Berlin');
  expect(choices.slice(0, 2)).toEqual(['Europe/Berlin', 'UTC']);
  expect(new Set(choices).size).toBe(choices.length);
  expect(timeZoneChoices('UTC')[0]).toBe('UTC');
});
