/** For tests: the vendor's identities in other regions and partitions, configured as a vendor would configure them. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  defaultVendorCredentials,
  VENDOR_ELSEWHERE,
  vendorRoleArn,
} from '../../../e2e/aws-simulator/world-defaults.ts';

/** Sets the SDK's own files and KEYWARD_SERVICE_PRINCIPALS. `close` takes both back. */
export function configureElsewhere() {
  const folder = mkdtempSync(join(tmpdir(), 'keyward-aws-'));
  const file = join(folder, 'credentials');
  const profiles = VENDOR_ELSEWHERE.map(({ profile, accountId }) => {
    const { accessKeyId, secretAccessKey } = defaultVendorCredentials(accountId);
    return `[${profile}]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`;
  });
  writeFileSync(file, profiles.join('\n'), { mode: 0o600 });
  const environment = {
    AWS_SHARED_CREDENTIALS_FILE: file,
    AWS_CONFIG_FILE: '/dev/null',
    KEYWARD_SERVICE_PRINCIPALS: VENDOR_ELSEWHERE.map(
      (one) => `${one.regions}=${vendorRoleArn(one)}@${one.profile}`,
    ).join(', '),
  };
  Object.assign(process.env, environment);
  return {
    principals: environment.KEYWARD_SERVICE_PRINCIPALS,
    close() {
      for (const name of Object.keys(environment)) delete process.env[name];
      rmSync(folder, { recursive: true });
    },
  };
}
