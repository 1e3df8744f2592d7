/**
 * With an access key the credentials are the customer's own, at STS as at KMS: what AWS says about them is said about the
 * access key, and never about the vendor or a role's session.
 * https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html
 * https://docs.aws.amazon.com/kms/latest/APIReference/CommonErrors.html
 */
import type { KmsFailureCode } from '#lib/byok/kms-failure.ts';
import type { KmsError } from '../errors.ts';

/** AWS has one answer for an access key that is inactive, was deleted, or never was. */
const unknown: ReadonlySet<string> = new Set(['InvalidClientTokenId', 'UnrecognizedClientException']);
const unsigned: ReadonlySet<string> = new Set([
  'SignatureDoesNotMatch',
  'InvalidSignatureException',
  'IncompleteSignature',
  'IncompleteSignatureException',
]);
/** What the mapping by service has made of such an answer; a clock that is wrong, for one, it has told apart already. */
const aboutCredentials: ReadonlySet<KmsFailureCode> = new Set([
  'vendor-credentials',
  'unrecognized-client',
  'invalid-signature',
]);

const denied: ReadonlySet<KmsFailureCode> = new Set(['assume-role-denied', 'vendor-denied', 'organization-denied']);

/** Any other failure comes back as it is. */
export function asAccessKeyFailure(failure: KmsError): KmsError {
  if (denied.has(failure.failure)) return failure.as('access-denied');
  if (!aboutCredentials.has(failure.failure)) return failure;
  const name = failure.providerCode ?? '';
  if (unknown.has(name)) return failure.as('access-key-unknown');
  return unsigned.has(name) ? failure.as('access-key-secret-wrong') : failure;
}
