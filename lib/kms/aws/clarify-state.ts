/**
 * KMSInvalidState says that a key's state does not allow a call, not which state: DescribeKey is asked before anything
 * is made of it. On a custom key store it is a general failure.
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html
 */
import type { KeyMetadata } from '@aws-sdk/client-kms';
import type { KmsFailureCode } from '#lib/byok/kms-failure.ts';
import { KmsError } from '../errors.ts';
import { describeKey, type KeyCaller } from './key-calls.ts';

/** Any other failure comes back as it is. */
export async function clarifyState(caller: KeyCaller, failure: KmsError): Promise<KmsError> {
  if (failure.providerCode !== 'KMSInvalidStateException') return failure;
  try {
    const key = await describeKey(caller);
    return failure.as(stateFailure(key) ?? 'key-state-unclear', caller.operation.requestIds, key.DeletionDate);
  } catch (thrown) {
    // Not allowed to look: AWS's message is all there is. No answer: it proves nothing.
    const denied = thrown instanceof KmsError && thrown.class !== 'transient';
    return failure.as(denied ? failure.failure : 'key-state-unclear', caller.operation.requestIds);
  }
}

/** Why a key in this state cannot be used; undefined when it can. */
export function stateFailure(key: KeyMetadata): KmsFailureCode | undefined {
  switch (key.KeyState) {
    case 'Enabled':
      return undefined;
    case 'Disabled':
      return 'key-disabled';
    case 'PendingDeletion':
    case 'PendingReplicaDeletion':
      return 'pending-deletion';
    case 'PendingImport':
      return 'pending-import';
    default:
      return key.CustomKeyStoreId ? 'custom-key-store' : 'key-unavailable';
  }
}
