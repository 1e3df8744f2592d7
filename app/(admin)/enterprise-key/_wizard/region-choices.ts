import type { SelectGroup } from '#components/form/select-field.tsx';
import { type Partition, partitions, regionList } from '#lib/byok/regions.ts';
import type { SetupView } from '#lib/byok/views.ts';

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

/** What it means that a region was chosen which is, or is not, the one where the tenant's data lies. */
export function regionNote(region: string, tenant: Omit<SetupView['tenant'], 'id'>): string {
  const home = `${tenant.name}’s data lies in ${tenant.homeRegion}.`;
  if (region === '' || region === tenant.homeRegion) return `${home} Keep the key in the same region.`;
  return tenant.regionPolicy === 'refuse'
    ? `${home} Your organisation’s policy refuses a key in any other region: the test will fail.`
    : `${home} A key elsewhere makes that data depend on two regions; the test will warn of it.`;
}
