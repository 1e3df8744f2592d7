/**
 * What a failed call to a key means for whoever needs that key: taken away by its owner, or only out of reach.
 */
import type { KmsFailureCode } from '#lib/byok/kms-failure.ts';
import type { KmsError } from './errors.ts';

export type Loss = 'revoked' | 'outage' | 'misconfigured' | 'integrity';

/** A denial is believed only while the vendor's own identity answered within this time. */
const vendorAnswerMs = 60_000;

/** Denials that a fault on the vendor's side looks exactly like. */
const needVendorAnswer: ReadonlySet<KmsFailureCode> = new Set([
  'access-denied',
  'assume-role-denied',
  'unrecognized-client',
]);

export function classifyLoss(
  error: Pick<KmsError, 'class' | 'failure'>,
  context: {
    /** Whether this key version has ever served; before that, a refusal is a mistake in the set-up. */
    everWorked: boolean;
    /** When GetCallerIdentity last answered with the vendor's own credentials. */
    vendorAnsweredAt?: Date | undefined;
    now: Date;
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
      return context.everWorked ? refusalAfterSuccess(error.failure, context) : 'misconfigured';
  }
}

function refusalAfterSuccess(
  failure: KmsFailureCode,
  context: { vendorAnsweredAt?: Date | undefined; now: Date },
): Loss {
  if (needVendorAnswer.has(failure)) {
    const age = context.vendorAnsweredAt
      ? context.now.getTime() - context.vendorAnsweredAt.getTime()
      : Number.POSITIVE_INFINITY;
    return age <= vendorAnswerMs ? 'revoked' : 'outage';
  }
  switch (failure) {
    case 'key-disabled':
    case 'pending-deletion':
    case 'pending-import':
    case 'key-not-found':
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
