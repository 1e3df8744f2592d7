import 'server-only';
import { readConnection } from '../byok/connection.ts';
import { getConfig } from '../config/config.ts';
import { findVersion, type VersionConnection } from '../db/version-store.ts';
import { keyServices } from '../kms/key-service.ts';
import type { KmsProvider } from '../kms/provider.ts';
import { budgetOf } from './budget.ts';
import { recordUse } from './last-use.ts';
import { closePlatformKey, platformKey } from './platform-key.ts';
import { openSecret } from './secrets.ts';

/** The scope under which data keys of the platform key are cached, and the one that never has an epoch. */
export const platformScope = 'platform';

const holder = globalThis as typeof globalThis & { keywardProviders?: Map<string, Promise<KmsProvider>> };

/** The wrapping key of a key version, or the platform key for null. One instance per version and process. */
export function providerFor(versionId: string | null): Promise<KmsProvider> {
  if (versionId === null) return platformKey();
  holder.keywardProviders ??= new Map();
  const known = holder.keywardProviders.get(versionId);
  if (known) return known;
  const made = makeProvider(versionId);
  holder.keywardProviders.set(versionId, made);
  made.catch(() => holder.keywardProviders?.delete(versionId));
  return made;
}

/** Lets go of a version's client and its credentials: the next call assumes the role anew. */
export async function dropProvider(versionId: string): Promise<void> {
  const known = holder.keywardProviders?.get(versionId);
  holder.keywardProviders?.delete(versionId);
  (await known?.catch(() => undefined))?.close();
}

export async function closeProviders(): Promise<void> {
  const all = [...(holder.keywardProviders?.values() ?? [])];
  holder.keywardProviders = undefined;
  for (const provider of all) (await provider.catch(() => undefined))?.close();
  await closePlatformKey();
}

/**
 * An instance of its own, with no client and no credential from a cache. Close it after use.
 * @throws Refusal `unknown-provider`, before anything is asked or opened: a row that this version does not know is our fault,
 * neither an outage of its key nor a revocation
 */
export async function connect(
  version: Omit<VersionConnection, 'health' | 'keyId' | 'number' | 'isCurrent'>,
  revision: string,
): Promise<KmsProvider> {
  const { id, tenantId, secretId } = version;
  const connection = readConnection(version);
  const secret = secretId ? await openSecret(tenantId, secretId) : undefined;
  const provider = keyServices[connection.provider].connect(
    { ...version, connection, secret },
    {
      revision,
      limits: { totalTimeoutMs: getConfig().kmsTimeoutMs },
      onThrottled: () => budgetOf(id).stepBack(),
    },
  );
  return noting(provider, () => recordUse(id));
}

/** The same provider, of whose answers somebody takes note: the last use of a version is known whoever used it. */
function noting(provider: KmsProvider, onAnswer: () => void): KmsProvider {
  const noted = async <T>(answer: Promise<T>): Promise<T> => {
    const result = await answer;
    onAnswer();
    return result;
  };
  return {
    kind: provider.kind,
    keyId: provider.keyId,
    generateDataKey: (ids, signal) => noted(provider.generateDataKey(ids, signal)),
    wrap: (plaintext, ids, signal) => noted(provider.wrap(plaintext, ids, signal)),
    unwrap: (wrapped, ids, signal) => noted(provider.unwrap(wrapped, ids, signal)),
    probe: (signal) => provider.probe(signal),
    look: (signal) => provider.look(signal),
    close: () => provider.close(),
  };
}

async function makeProvider(versionId: string): Promise<KmsProvider> {
  const version = await findVersion(versionId);
  if (!version) throw new Error(`key version ${versionId} does not exist`);
  return connect(version, versionId);
}
