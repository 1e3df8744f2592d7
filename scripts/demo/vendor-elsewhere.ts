import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { VENDOR_ELSEWHERE, vendorRoleArn } from '../../e2e/aws-simulator/world-defaults.ts';
import type { DemoSecrets } from './secrets.ts';

/**
 * The vendor's roles in other regions and partitions, as a vendor sets them up: a profile per account in the AWS
 * configuration's own file, and which regions each is for.
 * https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html
 */
export function configureElsewhere(folder: string, { simulatorElsewhere }: DemoSecrets): Record<string, string> {
  const file = join(folder, 'aws-credentials');
  const profiles = VENDOR_ELSEWHERE.flatMap(({ profile, accountId }) => {
    const own = simulatorElsewhere[accountId];
    if (!own) return [];
    return `[${profile}]\naws_access_key_id = ${own.accessKeyId}\naws_secret_access_key = ${own.secretAccessKey}\n`;
  });
  writeFileSync(file, profiles.join('\n'), { mode: 0o600 });
  const principals = VENDOR_ELSEWHERE.map((one) => `${one.regions}=${vendorRoleArn(one)}@${one.profile}`);
  return {
    AWS_SHARED_CREDENTIALS_FILE: file,
    KEYWARD_SERVICE_PRINCIPALS: principals.join(', '),
  };
}
