/**
 * Which of the vendor's roles customers of a region trust. A vendor may work from one account per region, and has to from
 * one per partition: roles cannot be assumed across.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
import { parseRoleArn } from './arn.ts';
import { isKnownRegion, type Partition, partitionOf } from './regions.ts';

/** `regions`: one, or the beginning of several (`us-gov-*`); `*` is all that no other one names. First match first. */
export type ServiceRole = { regions: string; roleArn: string };

export type ServiceRoleChoice = {
  roleArn: string;
  /** It is for this region, or for some, and not the one for all. */
  own: boolean;
  /** The region's partition, where our role is not in it: then no role there can trust us. */
  missingIn: Partition | null;
};

/** Undefined for a region that is not known, or where nothing is configured for it. */
export function serviceRoleFor(roles: readonly ServiceRole[], region: string): ServiceRoleChoice | undefined {
  const found = roles.find(({ regions }) => includesRegion(regions, region));
  if (!found || !isKnownRegion(region)) return undefined;
  const partition = partitionOf(region);
  const role = parseRoleArn(found.roleArn);
  const missing = role.ok && role.value.partition !== partition;
  return { roleArn: found.roleArn, own: found.regions !== '*', missingIn: missing ? partition : null };
}

export function includesRegion(regions: string, region: string): boolean {
  return regions.endsWith('*') ? region.startsWith(regions.slice(0, -1)) : region === regions;
}
