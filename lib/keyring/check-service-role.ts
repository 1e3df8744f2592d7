import 'server-only';
import type { Config } from '../config/config.ts';
import { log } from '../config/log.ts';
import { isSameRole, readVendorIdentity } from '../kms/vendor-identity.ts';
import { InstallationRefused } from './check-installation.ts';

/**
 * Compares the role that customers are told to trust with who AWS says that we are: with another one, every customer's
 * policy would name somebody else. Throws `InstallationRefused` where they differ; an AWS that does not answer, or
 * a demo, gets a line in the log instead.
 */
export async function checkServiceRole({ serviceRoleArn, mode }: Config): Promise<void> {
  if (!serviceRoleArn) return;
  let callerArn: string;
  try {
    callerArn = (await readVendorIdentity()).callerArn;
  } catch (error) {
    log().warn({ err: error }, 'AWS does not say who we are, so KEYWARD_SERVICE_ROLE_ARN could not be compared');
    return;
  }
  if (isSameRole(serviceRoleArn, callerArn)) return;
  const sentence = `KEYWARD_SERVICE_ROLE_ARN names ${serviceRoleArn}, but the AWS credentials are those of ${callerArn}: customers would trust somebody else.`;
  if (mode === 'production') throw new InstallationRefused(`${sentence} Nothing was started.`);
  log().error(sentence);
}
