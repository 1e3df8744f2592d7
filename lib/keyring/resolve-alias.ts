import 'server-only';
import { readConnection } from '../byok/connection.ts';
import { getConfig } from '../config/config.ts';
import { findVersion } from '../db/version-store.ts';
import { type AliasAnswer, keyServices } from '../kms/key-service.ts';
import { openSecret } from './secrets.ts';

/**
 * Where the alias of a key version leads now, asked with the version's own credentials and nothing from a cache. What a
 * caller learns changes nothing: the version stays with the key that it was pinned to.
 * @throws KmsError; Refusal `unknown-provider`
 */
export async function resolveAlias(versionId: string, alias: string, signal: AbortSignal): Promise<AliasAnswer> {
  const version = await findVersion(versionId);
  if (!version) throw new Error(`key version ${versionId} does not exist`);
  const connection = readConnection(version);
  const service = keyServices[connection.provider];
  if (!service.resolveAlias) throw new Error(`key version ${versionId} is of a provider without aliases`);
  const secret = version.secretId ? await openSecret(version.tenantId, version.secretId) : undefined;
  const limits = { totalTimeoutMs: getConfig().kmsTimeoutMs };
  return service.resolveAlias({ ...version, connection, secret }, alias, { limits, signal });
}
