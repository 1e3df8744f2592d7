import { type ErrorCode, Refusal } from '../../byok/errors.ts';
import { message } from '../../byok/messages/catalogue.ts';
import type { TransitionFailure } from '../../db/rewrap-store.ts';
import { refused } from '../../keyring/keyring.ts';
import { KmsError } from '../../kms/errors.ts';

/** Why a try failed, as it is written down and told. `provider`: in whose words, where the failure says nothing of it. */
export function explain(error: unknown, provider = 'platform'): TransitionFailure {
  if (error instanceof Refusal) {
    const { providerRequestIds } = error.details ?? {};
    return {
      code: error.code,
      // Never its words: what is written down has to be told again by later versions.
      message: error.why ?? null,
      providerRequestIds: Array.isArray(providerRequestIds) ? providerRequestIds : [],
    };
  }
  if (error instanceof KmsError)
    return {
      code: error.class === 'transient' ? 'key-outage' : 'key-misconfigured',
      message: message('kms-failure', { provider, failure: error.failure }),
      providerRequestIds: error.requestIds,
    };
  return { code: 'internal', message: message('our-fault'), providerRequestIds: [] };
}

export type KeyFailure = {
  /**
   * `outage`: nobody's decision, wait. `refused`: the key is asked no more in this pass. `one`: it concerns this data
   * key alone.
   */
  reach: 'outage' | 'refused' | 'one';
  refusal: Refusal;
};

/**
 * What a failed call to a wrapping key means for the data keys of a key transition. It is written down as the key's health, too.
 * @param versionId whose key was called; null for the platform key
 * @throws the signal's reason once it is aborted, and what was no failure of a key
 */
export async function classifyFailure(
  versionId: string | null,
  error: unknown,
  signal: AbortSignal,
): Promise<KeyFailure> {
  signal.throwIfAborted();
  const refusal: unknown = await refused(versionId, error).catch((thrown: unknown) => thrown);
  const reach = refusal instanceof Refusal ? reachByCode[refusal.code] : undefined;
  if (!(refusal instanceof Refusal) || !reach) throw refusal;
  return { reach, refusal };
}

const reachByCode: Partial<Record<ErrorCode, KeyFailure['reach']>> = {
  'key-revoked': 'refused',
  'key-misconfigured': 'refused',
  'unknown-provider': 'refused',
  'key-outage': 'outage',
  unavailable: 'outage',
  'cannot-open': 'one',
};
