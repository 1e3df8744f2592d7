/**
 * Roles of the vendor that customers of certain regions trust in place of KEYWARD_SERVICE_ROLE_ARN: a vendor may work from
 * one account per region, and roles cannot be assumed across partitions.
 */
import { parseRoleArn } from '../../byok/aws/arn.ts';
import { type Region, regionList } from '../../byok/aws/regions.ts';
import { includesRegion } from '../../byok/aws/service-roles.ts';
import type { Environment } from '../environment.ts';

export type ServicePrincipal = {
  /** A region, or the beginning of several: `eu-*`, `us-gov-*`. */
  regions: string;
  roleArn: string;
  /**
   * The profile of the AWS configuration files that has its credentials; without one the SDK's default chain has them.
   * https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html
   */
  profile: string | undefined;
};

/** `eu-*=arn:aws:iam::444455556666:role/Keyward@europe, cn-*=…`; undefined where the text is anything else. */
export function readServicePrincipals(text: string): ServicePrincipal[] | undefined {
  const read = text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => {
      const [, regions, roleArn = '', profile] = /^([a-z0-9-]+\*?)=(arn:[^@\s]+?)(?:@([\w.-]+))?$/.exec(part) ?? [];
      return regions && parseRoleArn(roleArn).ok ? { regions, roleArn, profile } : undefined;
    });
  return read.every((one) => one !== undefined) ? read : undefined;
}

/** The first whose regions include this one. */
export function servicePrincipalOf(
  principals: readonly ServicePrincipal[],
  region: string,
): ServicePrincipal | undefined {
  return principals.find(({ regions }) => includesRegion(regions, region));
}

/**
 * The profile with the vendor's own credentials for this region. Read from the environment alone: whoever makes a client need
 * not have a whole configuration.
 */
export function vendorProfileOf(region: string, env: Environment = process.env): string | undefined {
  const principals = readServicePrincipals(env.KEYWARD_SERVICE_PRINCIPALS ?? '') ?? [];
  return servicePrincipalOf(principals, region)?.profile;
}

/** A region in which the identity of a principal can be asked for; undefined where it names none that there is. */
export function regionOf({ regions }: ServicePrincipal): Region | undefined {
  return regionList.find(({ id }) => includesRegion(regions, id))?.id;
}
