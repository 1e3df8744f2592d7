import 'server-only';
import type { Config } from '../config/config.ts';
import { log } from '../config/log.ts';
import { regionOf, type ServicePrincipal } from '../config/service-principals.ts';
import { isSameRole, readVendorIdentity } from '../kms/aws/vendor-identity.ts';
import { InstallationRefused } from './check-installation.ts';

/** A role that customers are told to trust: by which name of the configuration, and where AWS can be asked about it. */
type Told = { name: string; roleArn: string; region?: string };

/**
 * Compares each role that customers are told to trust with who AWS says that we are there: with another one, these
 * customers' policies would name somebody else. Throws `InstallationRefused` where they differ; an AWS that does not
 * answer, or a demo, gets a line in the log instead.
 */
export async function checkServiceRole(
  config: Pick<Config, 'serviceRoleArn' | 'servicePrincipals' | 'mode'>,
): Promise<void> {
  const { serviceRoleArn, servicePrincipals, mode } = config;
  const general: Told[] = serviceRoleArn ? [{ name: 'KEYWARD_SERVICE_ROLE_ARN', roleArn: serviceRoleArn }] : [];
  const problems = await Promise.all([...general, ...servicePrincipals.map(toTold)].map(problemWith));
  const found = problems.filter((problem) => problem !== undefined);
  if (found.length === 0) return;
  if (mode === 'production') throw new InstallationRefused(`${found.join('\n')} Nothing was started.`);
  for (const sentence of found) log().error(sentence);
}

function toTold(principal: ServicePrincipal): Told {
  const region = regionOf(principal);
  const name = `KEYWARD_SERVICE_PRINCIPALS for ${principal.regions}`;
  return { name, roleArn: principal.roleArn, ...(region ? { region } : {}) };
}

/** Undefined where all is well, or where AWS does not say. */
async function problemWith({ name, roleArn, region }: Told): Promise<string | undefined> {
  let callerArn: string;
  try {
    callerArn = (await readVendorIdentity(region)).callerArn;
  } catch (error) {
    log().warn({ err: error }, `AWS does not say who we are, so ${name} could not be compared`);
    return undefined;
  }
  if (isSameRole(roleArn, callerArn)) return undefined;
  return `${name} names ${roleArn}, but the AWS credentials there are those of ${callerArn}: customers would trust somebody else.`;
}
