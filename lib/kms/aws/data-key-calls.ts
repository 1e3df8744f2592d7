/** What both providers on KMS do with data keys, on top of the calls to one key. */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { type KmsFailureCode, kmsFailures } from '#lib/byok/kms-failure.ts';
import { KmsError } from '../errors.ts';
import {
  appIdOfProbe,
  type DataKeyIds,
  dataKeyBytes,
  encryptionContext,
  type UnwrappedDataKey,
  type WrappedDataKey,
} from '../provider.ts';
import { stateFailure } from './clarify-state.ts';
import { decrypt, describeKey, encrypt, generateDataKey, type KeyCaller } from './key-calls.ts';

export async function generateFor(caller: KeyCaller, ids: DataKeyIds): Promise<WrappedDataKey & { plaintext: Buffer }> {
  const { wrapped, plaintext } = await generateDataKey(caller, encryptionContext(ids));
  return { wrapped, plaintext, keyId: caller.keyArn, requestIds: caller.operation.requestIds };
}

/** A data key made here and wrapped by the key, where the customer's policies allow Encrypt and Decrypt only. */
export async function makeFor(caller: KeyCaller, ids: DataKeyIds): Promise<WrappedDataKey & { plaintext: Buffer }> {
  const plaintext = randomBytes(dataKeyBytes);
  try {
    return { ...(await wrapFor(caller, plaintext, ids)), plaintext };
  } catch (thrown) {
    plaintext.fill(0);
    throw thrown;
  }
}

export async function wrapFor(caller: KeyCaller, plaintext: Buffer, ids: DataKeyIds): Promise<WrappedDataKey> {
  // Only data keys are wrapped: 32 bytes.
  if (plaintext.length !== dataKeyBytes) throw new KmsError('wrong-length');
  const wrapped = await encrypt(caller, plaintext, encryptionContext(ids));
  return { wrapped, keyId: caller.keyArn, requestIds: caller.operation.requestIds };
}

export async function unwrapFor(caller: KeyCaller, wrapped: Buffer, ids: DataKeyIds): Promise<UnwrappedDataKey> {
  if (wrapped.length === 0) throw new KmsError('invalid-ciphertext');
  const plaintext = await decrypt(caller, wrapped, encryptionContext(ids));
  if (plaintext.length !== dataKeyBytes) {
    plaintext.fill(0);
    throw new KmsError('wrong-length', caller.operation);
  }
  return { plaintext, keyId: caller.keyArn, requestIds: caller.operation.requestIds };
}

/**
 * Describes the key, then sends random bytes there and back. Throws KmsError when anything is not as it has to be. With
 * `may`, a DescribeKey that is denied says nothing against the key; with `never`, it is not tried.
 */
export async function thereAndBack(
  caller: KeyCaller,
  tenantId: string,
  looks: 'must' | 'may' | 'never' = 'must',
): Promise<void> {
  const refused = looks === 'never' ? undefined : await stateOf(caller, looks === 'may');
  if (refused) throw new KmsError(refused, caller.operation);
  const context = encryptionContext({ tenantId, appId: appIdOfProbe });
  const sent = randomBytes(dataKeyBytes);
  const back = await decrypt(caller, await encrypt(caller, sent, context), context);
  const same = back.length === sent.length && timingSafeEqual(back, sent);
  if (!same) throw new KmsError('wrong-plaintext', caller.operation);
}

/** Describes the key as far as it may be: throws where its owner has taken it away, or AWS does not answer. */
export async function lookAtKey(caller: KeyCaller): Promise<string[]> {
  try {
    const key = await describeKey(caller);
    const { requestIds } = caller.operation;
    const refused = stateFailure(key);
    // Other states may pass, and some of them let the key be used: a call that needs it decides.
    if (refused && kmsFailures[refused].class === 'revoked')
      // No call was refused: what AWS said is the state itself.
      throw new KmsError(refused, {
        requestIds,
        keyDeletedAt: key.DeletionDate,
        providerCode: `KeyState ${key.KeyState}`,
      });
    return requestIds;
  } catch (thrown) {
    const denied = thrown instanceof KmsError && thrown.failure === 'access-denied';
    if (denied) return caller.operation.requestIds;
    throw thrown;
  }
}

async function stateOf(caller: KeyCaller, toleratesDenial: boolean): Promise<KmsFailureCode | undefined> {
  try {
    return stateFailure(await describeKey(caller));
  } catch (thrown) {
    const denied = thrown instanceof KmsError && thrown.failure === 'access-denied';
    if (denied && toleratesDenial) return undefined;
    throw thrown;
  }
}
