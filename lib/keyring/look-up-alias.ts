import 'server-only';
import { known } from '../byok/connection-mode.ts';
import { getConfig } from '../config/config.ts';
import { findVersion } from '../db/version-store.ts';
import type { AliasAnswer } from '../kms/aws/look-up-alias.ts';
import { keyServices } from '../kms/key-service.ts';
import { openSecret } from './secrets.ts';

/**
 * Where the alias of a key version leads now, asked with the version's own credentials and nothing from a cache. What a
 * caller learns changes nothing: the version stays with the key that it was pinned to.
 * @throws KmsError; Refusal `unknown-provider`
 */
export async function lookUpAlias(versionId: string, aliasArn: string, signal: AbortSignal): Promise<AliasAnswer> {
  const found = await findVersion(versionId);
  if (!found) throw new Error(`key version ${versionId} does not exist`);
  const version = known(found);
  const secret = version.secretId ? await openSecret(version.tenantId, version.secretId) : undefined;
  const limits = { totalTimeoutMs: getConfig().kmsTimeoutMs };
  return keyServices[version.provider].lookUpAlias({ ...version, secret }, aliasArn, { limits, signal });
}
