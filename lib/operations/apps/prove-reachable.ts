import 'server-only';
import { Refusal } from '../../byok/errors.ts';
import { listWrappedSamples } from '../../db/version-store.ts';
import { freshSource } from '../../keyring/keyring.ts';

/**
 * Unwraps a real data key of each version of a key that wraps any, past every cache and with the role assumed anew.
 * @param purpose how the sentence of a refusal goes on: "so …"
 * @returns the provider's request IDs
 * @throws Refusal with the code of why the key cannot be reached
 */
export async function proveReachable(
  keyId: string,
  purpose: string,
  only: { versionId?: string | null; appIds?: string[] } = {},
): Promise<string[]> {
  const source = freshSource();
  try {
    for (const { tenantId, appId, dataKeyId } of await listWrappedSamples(keyId, only))
      await source.byId({ tenantId, appId }, dataKeyId);
    return source.providerRequestIds;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { cause } = error.details ?? {};
    const reason = `The key cannot be reached now, so ${purpose}${typeof cause === 'string' ? ` ${cause}` : ''}`;
    throw new Refusal(error.code, { details: { ...error.details, reason }, cause: error });
  } finally {
    source.close();
  }
}
