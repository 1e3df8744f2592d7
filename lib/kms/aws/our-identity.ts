/** Who we are to customers in AWS: the role that they let in. */
import type { OurIdentity, Ours } from '#lib/byok/provider-rules.ts';
import { servicePrincipalOf } from '#lib/config/aws/service-principals.ts';
import { getConfig } from '#lib/config/config.ts';
import { readServiceRoleArn } from './vendor-identity.ts';

let asked: Promise<string> | undefined;

/** For customers with a key in this region. */
export async function ourIdentity(region: string): Promise<Ours> {
  const identity = await serviceRoleArn(region);
  return { identity, account: identity.split(':')[4] ?? '' };
}

/** Of every region, first match first. Without one of its own a region has the one for all. */
export async function ourIdentities(): Promise<OurIdentity[]> {
  const own = getConfig().servicePrincipals.map(({ regions, roleArn }) => ({ locations: regions, identity: roleArn }));
  return [...own, { locations: '*', identity: await serviceRoleArn('') }];
}

/**
 * The role that customers with a key in this region trust: from the configuration, else from what AWS says we are. A failure
 * is asked again. It may be of another partition than the region: then none is configured there, and a test says so.
 */
function serviceRoleArn(region: string): Promise<string> {
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

async function askAws(): Promise<string> {
  const roleArn = await readServiceRoleArn();
  if (!roleArn)
    throw new Error('KEYWARD_SERVICE_ROLE_ARN is not set, and the AWS credentials in use are not those of a role');
  return roleArn;
}
