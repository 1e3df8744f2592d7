import 'server-only';
import type { SecretRow } from '../../db/secret-store.ts';
import { sealSecret } from '../../keyring/secrets.ts';

/**
 * Seals the secret among the values, where there is a new one: before the transaction, since the platform key may lie in a key
 * service. A row that is not inserted then is nowhere.
 */
export async function sealNewSecret(
  values: object,
  by: { tenantId: string; who: string },
): Promise<SecretRow | undefined> {
  const secret = 'secret' in values && typeof values.secret === 'string' ? values.secret.trim() : '';
  return secret === '' ? undefined : sealSecret(by.tenantId, secret, by.who);
}
