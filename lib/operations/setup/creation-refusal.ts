import 'server-only';
import { type ErrorCode, Refusal } from '../../byok/errors.ts';
import { kmsFailures } from '../../byok/kms-failure.ts';
import { KmsError } from '../../kms/errors.ts';

/** AWS did not create the key: why, and the one thing to change. Anything but a KmsError is thrown on. */
export function notCreated(failure: unknown): Refusal {
  if (!(failure instanceof KmsError)) throw failure;
  const { meaning, next } = kmsFailures[failure.failure];
  const known = wordsFor(failure);
  const reason = known?.reason ?? `AWS did not create the key: ${meaning}`;
  return refusal(failure, reason, known?.next ?? next);
}

function wordsFor({ failure, awsErrorName }: KmsError): { reason: string; next: string } | undefined {
  if (failure === 'access-denied') {
    return {
      reason: 'AWS does not let us create a key: kms:CreateKey or kms:TagResource is not permitted.',
      next: 'Add the statements that Connect shows to the permission policy, then try again.',
    };
  }
  if (awsErrorName === 'MalformedPolicyDocumentException') {
    return {
      reason:
        'AWS did not accept the key’s policy. A role or user that was made a moment ago may not be known to AWS KMS yet.',
      next: 'Try again in a minute. If it stays, allow kms:PutKeyPolicy in the permission policy for this moment.',
    };
  }
  return undefined;
}

/** Nobody knows whether AWS made it. */
export function unknownWhetherCreated(failure: unknown): Refusal {
  if (!(failure instanceof KmsError)) throw failure;
  return new Refusal('key-outage', {
    details: {
      reason:
        'AWS did not answer in time, so it is not known yet whether it made the key. Keyward looks for it by its tag and takes it over when it finds it.',
      next: 'Wait two minutes, then look at this page again.',
      awsRequestIds: failure.requestIds,
    },
    cause: failure,
  });
}

/** An earlier creation could not be looked for, so that another one might be a second key. */
export function notLookedFor(failure: unknown): Refusal {
  if (!(failure instanceof KmsError)) throw failure;
  const { meaning, next } = kmsFailures[failure.failure];
  const begun = 'A key was begun to be created before, and it is not known whether AWS made it.';
  return failure.failure === 'access-denied'
    ? refusal(
        failure,
        `${begun} To look for it, kms:ListKeys is not permitted.`,
        'Add the statements that Connect shows to the permission policy, then try again.',
      )
    : refusal(failure, `${begun} It could not be looked for: ${meaning}`, next);
}

function refusal(failure: KmsError, reason: string, next: string): Refusal {
  const code: ErrorCode = failure.class === 'transient' ? 'key-outage' : 'key-misconfigured';
  return new Refusal(code, { details: { reason, next, awsRequestIds: failure.requestIds }, cause: failure });
}
