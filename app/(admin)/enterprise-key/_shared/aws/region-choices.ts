import type { SelectGroup } from '#components/form/select-field.tsx';
import { type Partition, partitions, regionList } from '#lib/byok/aws/regions.ts';
import { ruleWords } from '#lib/byok/region-rule.ts';
import type { SetupView } from '#lib/byok/setup-views.ts';

const partitionNames = {
  aws: 'AWS',
  'aws-us-gov': 'AWS GovCloud (US)',
  'aws-cn': 'AWS China',
} as const satisfies Record<Partition, string>;

/** The tenant's home region first, then all others by partition. */
export function regionGroups(tenant: Pick<SetupView['tenant'], 'name' | 'homeRegion'>): SelectGroup[] {
  const options = (wanted: (region: (typeof regionList)[number]) => boolean) =>
    regionList.filter(wanted).map(({ id, name }) => ({ value: id, label: `${id} · ${name}` }));
  return [
    { label: `Home region of ${tenant.name}`, options: options(({ id }) => id === tenant.homeRegion) },
    ...partitions.map((partition) => ({
      label: partitionNames[partition],
      options: options((region) => region.partition === partition && region.id !== tenant.homeRegion),
    })),
  ].filter((group) => group.options.length > 0);
}

/** The vendor's rule, and what it means for the region that was chosen; where the rule refuses it, regionRefusal says so. */
export function regionNote(region: string, tenant: Omit<SetupView['tenant'], 'id'>): string {
  const rule = ruleWords(tenant);
  if (region === '' || region === tenant.homeRegion) return rule;
  return `${rule} A key elsewhere makes your data depend on two regions. The test will warn you.`;
}
