import { describe, expect, it } from 'vitest';
import { regionList } from '#lib/byok/regions.ts';
import { regionGroups, regionNote } from './region-choices.ts';

const tenant = { name: 'Acme', homeRegion: 'eu-central-1', regionPolicy: 'warn' as const };

describe('regionGroups', () => {
  it('offers the home region first, and every known region exactly once', () => {
    const groups = regionGroups(tenant);
    expect(groups[0]?.options.map((option) => option.value)).toEqual(['eu-central-1']);
    const offered = groups.flatMap((group) => group.options.map((option) => option.value));
    expect(offered.toSorted()).toEqual(regionList.map((region) => region.id as string).toSorted());
  });

  it('keeps partitions apart', () => {
    const china = regionGroups(tenant).find((group) => group.label === 'AWS China');
    expect(china?.options.every((option) => option.value.startsWith('cn-'))).toBe(true);
    expect(china?.options).toHaveLength(2);
  });
});

describe('regionNote', () => {
  it('says what the tenant’s policy makes of another region', () => {
    expect(regionNote('eu-central-1', tenant)).toContain('same region');
    expect(regionNote('us-east-1', tenant)).toContain('will warn');
    expect(regionNote('us-east-1', { ...tenant, regionPolicy: 'refuse' })).toContain('will fail');
  });
});
