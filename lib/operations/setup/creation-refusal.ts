import 'server-only';
import { rulesOf } from '../../byok/connection.ts';
import { type ErrorCode, Refusal } from '../../byok/errors.ts';
import { failureWordsOf } from '../../byok/failure-words.ts';
import { message } from '../../byok/messages/catalogue.ts';
import type { Message } from '../../byok/messages/message.ts';
import { wordsOf } from '../../byok/messages/words.ts';
import { capital, type ProviderId, serviceName } from '../../byok/providers.ts';
import { KmsError } from '../../kms/errors.ts';

/** The provider did not create the key: why, and the one thing to change. Anything but a KmsError is thrown on. */
export function notCreated(provider: ProviderId, failure: unknown): Refusal {
  if (!(failure instanceof KmsError)) throw failure;
  const providerCode = failure.providerCode ?? null;
  const why = message('creation-refused', { provider, failure: failure.failure, providerCode });
  const known = rulesOf({ provider }).creationFailure(failure);
  return refusal(failure, wordsOf(why), known?.next ?? failureWordsOf(provider, failure.failure).next, why);
}

/** Nobody knows whether the provider made it. */
export function unknownWhetherCreated(provider: ProviderId, failure: unknown): Refusal {
  if (!(failure instanceof KmsError)) throw failure;
  return new Refusal('key-outage', {
    details: {
      reason: `${capital(serviceName(provider))} did not answer in time. Keyward does not know yet whether the key exists, and looks for it by its tag.`,
      next: 'Wait two minutes, then reload this page.',
      providerRequestIds: failure.requestIds,
    },
    cause: failure,
  });
}

/** An earlier creation could not be looked for, so that another one might be a second key. */
export function notLookedFor(provider: ProviderId, failure: unknown): Refusal {
  if (!(failure instanceof KmsError)) throw failure;
  const begun = `An earlier creation was not confirmed: Keyward does not know whether ${serviceName(provider)} created the key.`;
  const known = rulesOf({ provider }).lookFailure?.(failure);
  if (known) return refusal(failure, `${begun} ${known.meaning}`, known.next);
  const { meaning, next } = failureWordsOf(provider, failure.failure);
  return refusal(failure, `${begun} Keyward could not look for it: ${meaning}`, next);
}

function refusal(failure: KmsError, reason: string, next: string, why?: Message): Refusal {
  const code: ErrorCode = failure.class === 'transient' ? 'key-outage' : 'key-misconfigured';
  const details = { reason, next, providerRequestIds: failure.requestIds };
  return new Refusal(code, { details, ...(why ? { why } : {}), cause: failure });
}
