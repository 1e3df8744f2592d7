import { describe, expect, it, vi } from 'vitest';
import { enforcementInstant } from '#lib/byok/enforcement.ts';
import { canonicalName, timeZoneChoices } from './time-zone-choices.ts';
import { timeZones } from './time-zones.ts';

vi.mock('server-only', () => ({}));

const zones = timeZones();
const now = new Date('2026-01-15T12:00:00Z');

describe('the list of time zones', () => {
  it('offers the own zone first, then UTC, each once', () => {
    const names = timeZoneChoices(zones, 'Europe/Berlin').map(({ value }) => value);
    expect(names.slice(0, 2)).toEqual(['Europe/Berlin', 'UTC']);
    expect(new Set(names).size).toBe(names.length);
    expect(timeZoneChoices(zones, 'UTC')[0]?.value).toBe('UTC');
  });

  it('has canonical names with their offsets, and is searched by the names of before, too', () => {
    const choices = timeZoneChoices(zones, 'Asia/Calcutta');
    expect(choices[0]).toMatchObject({ value: 'Asia/Kolkata', label: 'Asia/Kolkata (UTC+05:30)' });
    expect(choices.filter(({ value }) => value === 'Asia/Calcutta' || value === 'Europe/Kiev')).toEqual([]);
    expect(choices.find(({ words }) => words?.includes('Europe/Kiev'))?.value).toBe('Europe/Kyiv');
  });

  it('keeps a zone that it does not have: the own one, and one that was saved', () => {
    const choices = timeZoneChoices(zones, 'Etc/GMT+7', 'Antarctica/Nowhere');
    expect(choices.slice(0, 2).map(({ value }) => value)).toEqual(['Etc/GMT+7', 'Antarctica/Nowhere']);
    expect(canonicalName(zones, 'Antarctica/Nowhere')).toBe('Antarctica/Nowhere');
  });

  it('has no name that a date cannot be told in', () => {
    const refused = zones.filter(({ name }) => !enforcementInstant('2036-01-15T12:00', name, now).ok);
    expect(refused).toEqual([]);
  });
});
