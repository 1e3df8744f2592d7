import 'server-only';
import { rulesOf } from '../../byok/connection.ts';
import { type ErrorCode, Refusal } from '../../byok/errors.ts';
import { kmsFailures } from '../../byok/kms-failure.ts';
import { message } from '../../byok/messages/catalogue.ts';
import type { Message } from '../../byok/messages/message.ts';
import { wordsOf } from '../../byok/messages/words.ts';
import type { ProviderId } from '../../byok/providers.ts';
import { KmsError } from '../../kms/errors.ts';

/** AWS did not create the key: why, and the one thing to change. Anything but a KmsError is thrown on. */
export function notCreated(provider: ProviderId, failure: unknown): Refusal {
  if (!(failure instanceof KmsError)) throw failure;
  const providerCode = failure.providerCode ?? null;
  const why = message('creation-refused', { provider, failure: failure.failure, providerCode });
  const known = rulesOf({ provider }).creationFailure(failure);
  return refusal(failure, wordsOf(why), known?.next ?? kmsFailures[failure.failure].next, why);
}

/** Nobody knows whether AWS made it. */
export function unknownWhetherCreated(failure: unknown): Refusal {
  if (!(failure instanceof KmsError)) throw failure;
  return new Refusal('key-outage', {
    details: {
      reason:
        'AWS did not answer in time, so it is not known yet whether it made the key. Keyward looks for it by its tag and takes it over when it finds it.',
      next: 'Wait two minutes, then look at this page again.',
      providerRequestIds: failure.requestIds,
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

function refusal(failure: KmsError, reason: string, next: string, why?: Message): Refusal {
  const code: ErrorCode = failure.class === 'transient' ? 'key-outage' : 'key-misconfigured';
  const details = { reason, next, providerRequestIds: failure.requestIds };
  return new Refusal(code, { details, ...(why ? { why } : {}), cause: failure });
}
