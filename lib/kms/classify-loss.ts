/**
 * What a failed call to a key means for whoever needs that key: taken away by its owner, or only out of reach.
 */
import type { KmsFailureCode } from '#lib/byok/kms-failure.ts';
import type { KmsError } from './errors.ts';

export type Loss = 'revoked' | 'outage' | 'misconfigured' | 'integrity';

export function classifyLoss(
  error: Pick<KmsError, 'class' | 'failure'>,
  context: {
    /** Whether this key version has ever served; before that, a refusal is a mistake in the set-up. */
    everWorked: boolean;
    /** Whether it may be the vendor's own fault, as the provider says that denied: `Denials` of key-service.ts. */
    isOurs: boolean;
  },
): Loss {
  switch (error.class) {
    case 'integrity':
      return 'integrity';
    case 'transient':
    case 'limit':
    case 'expired-token':
      return 'outage';
    case 'revoked':
    case 'misconfigured':
      return context.everWorked ? refusalAfterSuccess(error.failure, context.isOurs) : 'misconfigured';
  }
}

function refusalAfterSuccess(failure: KmsFailureCode, isOurs: boolean): Loss {
  if (isOurs) return 'outage';
  switch (failure) {
    case 'key-disabled':
    case 'pending-deletion':
    case 'pending-import':
    case 'key-not-found':
    case 'access-denied':
    case 'assume-role-denied':
    case 'unrecognized-client':
    // AWS names the customer's organization: the vendor's identity cannot be the reason.
    case 'organization-denied':
    // Said of the customer's own credentials: nothing of the vendor's can be the reason.
    case 'access-key-unknown':
    case 'access-key-secret-wrong':
      return 'revoked';
    default:
      return 'misconfigured';
  }
}
