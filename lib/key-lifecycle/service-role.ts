import 'server-only';
import type { ServiceRole } from '../byok/service-roles.ts';
import { getConfig } from '../config/config.ts';
import { servicePrincipalOf } from '../config/service-principals.ts';
import { readServiceRoleArn } from '../kms/aws/vendor-identity.ts';

let asked: Promise<string> | undefined;

/**
 * The role that customers with a key in this region trust: from the configuration, else from what AWS says we are. A failure
 * is asked again. It may be of another partition than the region: then none is configured there, and a test says so.
 */
export function serviceRoleArn(region: string): Promise<string> {
  const { servicePrincipals, serviceRoleArn: general } = getConfig();
  const configured = servicePrincipalOf(servicePrincipals, region)?.roleArn ?? general;
  if (configured) return Promise.resolve(configured);
  const answer = asked ?? askAws();
  asked = answer;
  answer.catch(() => {
    if (asked === answer) asked = undefined;
  });
  return answer;
}

/** The roles of every region, first match first. Without one of its own a region has the one for all. */
export async function serviceRoles(): Promise<ServiceRole[]> {
  const own = getConfig().servicePrincipals.map(({ regions, roleArn }) => ({ regions, roleArn }));
  return [...own, { regions: '*', roleArn: await serviceRoleArn('') }];
}

/** The vendor's own AWS account, from its role's ARN. */
export function accountOf(roleArn: string): string {
  return roleArn.split(':')[4] ?? '';
}

async function askAws(): Promise<string> {
  const roleArn = await readServiceRoleArn();
  if (!roleArn)
    throw new Error('KEYWARD_SERVICE_ROLE_ARN is not set, and the AWS credentials in use are not those of a role');
  return roleArn;
}
