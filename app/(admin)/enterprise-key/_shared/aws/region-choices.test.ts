import { describe, expect, it } from 'vitest';
import { regionList } from '#lib/byok/aws/regions.ts';
import { regionRefusal } from '#lib/byok/region-rule.ts';
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
  it('says the vendor’s rule, and what it makes of another region', () => {
    expect(regionNote('eu-central-1', tenant)).toBe(
      'Your vendor’s rule: a key outside eu-central-1, where your data is stored, is allowed with a warning.',
    );
    expect(regionNote('us-east-1', tenant)).toContain('will warn');
    expect(regionNote('', { ...tenant, regionPolicy: 'refuse' })).toContain('has to be in eu-central-1');
  });

  it('only a rule that refuses refuses, and only another region', () => {
    expect(regionRefusal('us-east-1', tenant)).toBeNull();
    expect(regionRefusal('', { ...tenant, regionPolicy: 'refuse' })).toBeNull();
    expect(regionRefusal('eu-central-1', { ...tenant, regionPolicy: 'refuse' })).toBeNull();
    expect(regionRefusal('us-east-1', { ...tenant, regionPolicy: 'refuse' })).toContain('refuses a key in us-east-1');
  });
});
