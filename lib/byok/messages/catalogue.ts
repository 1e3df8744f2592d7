/**
 * The sentences that are stored, or that several screens share: each by its code, with its arguments by name. A code that was
 * stored once stays, and so do the names of its arguments. What a provider alone can say is in its own catalogue
 * (ProviderRules.messages).
 */

import { providerRules } from '#providers/rules.ts';
import { type AliasWatch, driftSentence } from '../alias-watch.ts';
import { checkName } from '../checks.ts';
import { unknownWords } from '../connection-mode.ts';
import { failureWordsOf, lossWordsOf } from '../failure-words.ts';
import { countOf, formatCount, plural } from '../format.ts';
import type { KmsFailureCode } from '../kms-failure.ts';
import type { LossCause } from '../loss-causes.ts';
import { capital, firstProvider, type ProviderId, providerWords, serviceName } from '../providers.ts';
import type { Argument, ArgumentsOf, Message, Say, Sentences } from './message.ts';

export const catalogue = {
  said: ({ text }: { text: string }) => text,

  'key-lost': ({ cause, deletedAt, ...of }: OfProvider & { cause: LossCause; deletedAt: string | null }) =>
    lossWordsOf(providerOf(of), cause, { deletedAt }).meaning,
  'kms-failure': ({ failure, ...of }: OfProvider & { failure: KmsFailureCode }) =>
    failureWordsOf(providerOf(of), failure).meaning,
  'key-lost-next': ({ cause, ...of }: OfProvider & { cause: LossCause }) => lossWordsOf(providerOf(of), cause).next,
  'kms-failure-next': ({ failure, ...of }: OfProvider & { failure: KmsFailureCode }) =>
    failureWordsOf(providerOf(of), failure).next,
  'key-answers': () => 'The key answers again.',
  'of-older-version': ({ number, what }: { number: number; what: Message }, say: Say) =>
    `Version ${number}, which is no longer active: ${say(what)}`,
  'vendor-denied': ({ provider, deniedBy }: { provider: string; deniedBy: string | null }) =>
    `${capital(serviceName(provider))} ${providerWords(provider).vendorDenied} (${deniedBy ?? 'no policy named'}). No key can be reached until this is fixed. This is not a revocation.`,
  'alias-drift': ({ pinnedKeyRef, ...drift }: Drift & { pinnedKeyRef: string }) =>
    `${driftSentence(drift)} Data stays under ${pinnedKeyRef} until the key is rotated.`,
  'alias-back': () => 'The alias leads to the active key again.',
  'access-taken-away': () => 'Access to the key was denied during this call.',
  'other-data-key': () => 'The key service returned a different data key from the one that was wrapped.',
  'unknown-connection': (stored: { provider: string; authMode: string }) => unknownWords(stored),

  'check-failed': ({ check, summary }: { check: string; summary: Message }, say: Say) =>
    `${checkName(check)}: ${say(summary)}`,
  'not-run-after': ({ check }: { check: string }) => `Not run, because “${checkName(check)}” failed. Fix that first.`,
  'test-not-ended': () => 'The test did not finish.',

  'apps-keep-changing': () => 'Someone else changed the apps each time Keyward tried to switch them.',
  'data-keys-keep-changing': () => 'Someone else changed the data keys each time Keyward tried to rewrap them.',
  'records-keep-changing': () => 'Someone else changed the records each time Keyward tried to rewrite them.',
  'written-meanwhile': () => 'New data was written meanwhile. The next try moves it.',
  'data-keys-left-behind': ({ reason, count, total }: FailedDataKey, say: Say) =>
    `${reason ? `${say(reason)} ` : ''}${countOf(count, 'data key')} of ${formatCount(total)} could not be moved.`,
  'records-do-not-open': ({ count, recordId }: { count: number; recordId: string }) =>
    plural(
      count,
      `Record ${recordId} cannot be decrypted and was left as it is. Every other record was rewritten.`,
      `${formatCount(count)} records cannot be decrypted, ${recordId} among them. They were left as they are. Every other record was rewritten.`,
    ),
  'our-fault': () => 'Something went wrong in Keyward. It tries again automatically.',

  'creation-refused': ({ provider, failure, providerCode }: CreationRefused) =>
    providerRules[provider].creationFailure({ failure, providerCode: providerCode ?? undefined })?.reason ??
    `${capital(serviceName(provider))} did not create the key: ${failureWordsOf(provider, failure).meaning}`,
  'creation-not-made': (of: OfProvider) => `${capital(serviceOf(of))} shows no key with its tag: it was not created.`,
  'creation-many-keys': ({ keys, ...of }: OfProvider & { keys: number }) =>
    unclear(of, `the account has more than ${keys} keys in this region.`),
  'creation-look-denied': (of: OfProvider) => unclear(of, 'Keyward has no permission to look for it.'),
  'creation-nobody-to-ask': (of: OfProvider) =>
    unclear(of, 'the configuration that it was for has been changed or deleted.'),
  'creation-no-answer': (of: OfProvider) => unclear(of, `${serviceOf(of)} did not answer for a day.`),
  'creation-unknown-connection': (of: OfProvider) =>
    unclear(of, 'this version of Keyward does not know how the configuration that it was for is connected.'),
  'creation-for-deleted-key': (of: OfProvider) => whenMade(of, 'the enterprise key that it was for had been deleted.'),
  'creation-for-unknown-connection': (of: OfProvider) =>
    whenMade(of, 'this version of Keyward did not know how the configuration is connected.'),
  'creation-not-awaited': (of: OfProvider) => whenMade(of, 'the configuration was no longer waiting for it.'),
  'creation-unnamed': () => 'None of your enterprise keys uses it any longer.',
  'creation-gone': (of: OfProvider) => `Gone, according to ${serviceOf(of)}.`,
  'creation-gone-by-word': ({ by }: { by: string }) => `Gone, according to ${by}.`,

  // Short answers in the history.
  'this-key': () => 'this key',
  'every-key': () => 'every enterprise key, including future ones',
  'when-revoked': () => 'when it is revoked',
  'asked-now': () => 'asked now',
  'answer-shared': () => 'shared',
  'platform-key': () => 'Platform key',
  'key-version': ({ alias, version }: { alias: string; version: number }) => `${alias}, version ${version}`,
} satisfies Sentences;

/** Whose key it is: its provider may have words of its own. A message that is made names it; one out of the database may not. */
type OfProvider = { provider?: string };
type Drift = Pick<AliasWatch, 'state' | 'leadsTo'>;
type FailedDataKey = { reason: Message | null; count: number; total: number };
type CreationRefused = { provider: ProviderId; failure: KmsFailureCode; providerCode: string | null };

export type MessageCode = keyof typeof catalogue;

/** What a new message is made of: its provider has to be named where one may be. */
type Given<A extends unknown[]> = {
  [N in keyof A]: 'provider' extends keyof A[N] ? A[N] & { provider: string } : A[N];
};

/** A message of this catalogue; the compiler knows its arguments. */
export function message<C extends MessageCode>(code: C, ...[args]: Given<ArgumentsOf<(typeof catalogue)[C]>>): Message {
  return { code, args: (args ?? {}) as Record<string, Argument> };
}

/** Stored messages that name none are of when there was no other than the first. */
function providerOf({ provider = firstProvider }: OfProvider): string {
  return provider;
}

function serviceOf(of: OfProvider): string {
  return serviceName(providerOf(of));
}

function unclear(of: OfProvider, why: string): string {
  return `Keyward does not know whether ${serviceOf(of)} created this key: ${why} Look for it by its tag.`;
}

function whenMade(of: OfProvider, what: string): string {
  return `By the time ${serviceOf(of)} had created it, ${what}`;
}
