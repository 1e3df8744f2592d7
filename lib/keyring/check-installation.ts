import 'server-only';
import { verifyPassword } from '../auth/password.ts';
import type { Config } from '../config/config.ts';
import { log } from '../config/log.ts';
import { defaultDemoPassword } from '../config/schema.ts';
import { checkDatabase } from '../db/check-database.ts';
import { databaseUrl, isDatabaseDown } from '../db/client.ts';
import { bindPlatformKey, readInstallation } from '../db/installation-store.ts';
import { findPersonByEmail } from '../db/person-store.ts';
import { providerFor } from './providers.ts';

/** This database and this configuration do not belong together; the message is a sentence for whoever starts us. */
export class InstallationRefused extends Error {
  override name = 'InstallationRefused';
}

/** Who the demo signs in with: the accounts that must not have its password anywhere else. */
export const demoAccounts = [
  'admin@acme.example',
  'viewer@acme.example',
  'admin@globex.example',
  'support@vendor.example',
  'operator@vendor.example',
] as const;

/**
 * Throws `DatabaseRefused` where the database cannot be reached or is not fit for us, and `InstallationRefused` where it is a
 * demo's while we are not (or the other way round), was made with another platform key, or still has an account with the
 * demo's password. The first start binds the database to its platform key.
 */
export async function checkInstallation(config: Config): Promise<void> {
  const excess = await checkDatabase({ url: databaseUrl(), ownerMayServe: config.mode === 'demo' });
  for (const sentence of excess) log().warn(sentence);
  const installation = await readInstallation().catch((error: unknown) => {
    throw new InstallationRefused(
      isDatabaseDown(error)
        ? 'The database does not answer. Nothing was started.'
        : 'The database does not belong to this version: run `npm run migrate`. Nothing was started.',
      { cause: error },
    );
  });
  if (config.mode === 'production' && installation?.demo) {
    throw new InstallationRefused('The database belongs to a demo. Production needs its own. Nothing was started.');
  }
  if (config.mode === 'demo' && !installation?.demo) {
    throw new InstallationRefused('The database does not belong to a demo. Nothing was started.');
  }
  if (config.mode === 'production') await refuseDemoPassword(config);
  const { keyId } = await providerFor(null);
  if (!(await bindPlatformKey(keyId))) {
    throw new InstallationRefused(
      'The database was created with another platform key. This KEYWARD_ROOT_KEY (or platform KMS key) cannot decrypt its data. Nothing was started.',
    );
  }
}

async function refuseDemoPassword({ demoPassword }: Config): Promise<void> {
  for (const email of demoAccounts) {
    const person = await findPersonByEmail(email);
    if (!person) continue;
    for (const password of new Set([demoPassword, defaultDemoPassword])) {
      if (!(await verifyPassword(person.passwordHash, password))) continue;
      throw new InstallationRefused(
        `The account ${email} still has the demo’s password. Change it or remove the account. Nothing was started.`,
      );
    }
  }
}
