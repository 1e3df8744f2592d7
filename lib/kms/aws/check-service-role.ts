import { regionOf, type ServicePrincipal } from '#lib/config/aws/service-principals.ts';
import type { Config } from '#lib/config/config.ts';
import { log } from '#lib/config/log.ts';
import { isSameRole, readVendorIdentity } from './vendor-identity.ts';

/** A role that customers are told to trust: by which name of the configuration, and where AWS can be asked about it. */
type Told = { name: string; roleArn: string; region?: string };

/**
 * Compares each role that customers are told to trust with who AWS says that we are there. An AWS that does not answer gets a line
 * in the log instead. @returns a sentence for each that differs
 */
export async function serviceRoleProblems(
  config: Pick<Config, 'serviceRoleArn' | 'servicePrincipals'>,
): Promise<string[]> {
  const { serviceRoleArn, servicePrincipals } = config;
  const general: Told[] = serviceRoleArn ? [{ name: 'KEYWARD_SERVICE_ROLE_ARN', roleArn: serviceRoleArn }] : [];
  const problems = await Promise.all([...general, ...servicePrincipals.map(toTold)].map(problemWith));
  return problems.filter((problem) => problem !== undefined);
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
    log().warn({ err: error }, `AWS does not say which role Keyward has, so ${name} could not be checked`);
    return undefined;
  }
  if (isSameRole(roleArn, callerArn)) return undefined;
  return `${name} names ${roleArn}, but the AWS credentials belong to ${callerArn}. Customers would trust the wrong role.`;
}
