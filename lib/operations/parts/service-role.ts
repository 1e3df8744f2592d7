import 'server-only';
import { getConfig } from '../../config/config.ts';
import { readServiceRoleArn } from '../../kms/vendor-identity.ts';

let asked: Promise<string> | undefined;

/** The role that customers trust: from the configuration, else from what AWS says we are. A failure is asked again. */
export function serviceRoleArn(): Promise<string> {
  const configured = getConfig().serviceRoleArn;
  if (configured) return Promise.resolve(configured);
  const answer = asked ?? askAws();
  asked = answer;
  answer.catch(() => {
    if (asked === answer) asked = undefined;
  });
  return answer;
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
