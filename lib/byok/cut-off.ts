/**
 * What it means for a rotation that a version of the key cannot be unwrapped with any more while data hangs on it. From the
 * rotation on its data is to be moved, and until then read: both need the version, not only the new one.
 */
import { type KmsFailureCode, kmsFailures } from './kms-failure.ts';

/** What a policy that names the new key or role alone makes of the others: it can be given back, so it has to be. */
const byPolicy: ReadonlySet<KmsFailureCode> = new Set(['access-denied', 'assume-role-denied', 'unrecognized-client']);

/**
 * `failed`: the rotation is not accepted. `warning`: it may be, acknowledged; nothing that can be done about it is undone by
 * rotating, and whoever has lost an old key for good is not to be kept from a new one.
 */
export function cutOffMeans(active: boolean, failure: KmsFailureCode): 'failed' | 'warning' {
  // A key that is gone cannot be given back, and a data key that is damaged says nothing of the others.
  if (failure === 'key-not-found' || kmsFailures[failure].class === 'integrity') return 'warning';
  return active || byPolicy.has(failure) ? 'failed' : 'warning';
}
