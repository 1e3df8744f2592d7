import { describe, expect, it } from 'vitest';
import { enforcementInstant } from '#lib/byok/enforcement.ts';
import { toLocalDateTime } from './local-date-time.ts';

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
