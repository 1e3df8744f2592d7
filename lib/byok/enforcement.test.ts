import { describe, expect, it } from 'vitest';
import { enforcementInstant } from './enforcement.ts';

const now = new Date('2026-03-01T00:00:00Z');

describe('enforcementInstant', () => {
  it.each([
    ['2026-12-01T09:00', 'UTC', '2026-12-01T09:00:00.000Z'],
    ['2026-12-01T09:00', 'Europe/Berlin', '2026-12-01T08:00:00.000Z'],
    ['2026-07-01T09:00', 'America/New_York', '2026-07-01T13:00:00.000Z'],
  ])('%s in %s is %s', (local, zone, at) => {
    expect(enforcementInstant(local, zone, now)).toEqual({ ok: true, at, note: null });
  });

  it('takes the earlier of an hour that comes twice, and says so', () => {
    expect(enforcementInstant('2026-10-25T02:30', 'Europe/Berlin', now)).toEqual({
      ok: true,
      at: '2026-10-25T00:30:00.000Z',
      note: 'ambiguous-hour',
    });
  });

  it('refuses an hour that daylight saving skips', () => {
    expect(enforcementInstant('2026-03-29T02:30', 'Europe/Berlin', now)).toMatchObject({
      ok: false,
      field: 'localDateTime',
    });
  });

  it.each([
    ['2026-02-01T09:00', 'UTC', 'localDateTime'],
    ['', 'UTC', 'localDateTime'],
    ['2126-12-01T09:00', 'UTC', 'localDateTime'],
    ['2026-12-01T09:00', 'Mars/Olympus', 'timeZone'],
  ])('refuses %j in %s', (local, zone, field) => {
    expect(enforcementInstant(local, zone, now)).toMatchObject({ ok: false, field });
  });
});
