/** What a failure, or the loss of a key, means: in the words of the provider whose key it is, else in those of all. */
import { rulesOf } from './connection.ts';
import { type KmsFailureCode, kmsFailures } from './kms-failure.ts';
import { type KnownFacts, type LossCause, lossWords } from './loss-causes.ts';
import type { FailureWords } from './provider-rules.ts';
import { isProvider } from './providers.ts';

/** Of a provider that is not known: in the words of all. */
export function failureWordsOf(provider: string, failure: KmsFailureCode): FailureWords {
  return ownRules(provider)?.failureWords?.(failure) ?? kmsFailures[failure];
}

export function lossWordsOf(provider: string, cause: LossCause, facts: KnownFacts = {}): FailureWords {
  return ownRules(provider)?.lossWords?.(cause, facts) ?? lossWords(cause, facts);
}

function ownRules(provider: string) {
  return isProvider(provider) ? rulesOf({ provider }) : undefined;
}
