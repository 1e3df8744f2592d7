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
    `Version ${number}, which is not active any more: ${say(what)}`,
  'vendor-denied': ({ provider, deniedBy }: { provider: string; deniedBy: string | null }) =>
    `${capital(serviceName(provider))} ${providerWords(provider).vendorDenied} (${deniedBy ?? 'no policy named'}). Keys are out of reach until this is fixed; none is called revoked.`,
  'alias-drift': ({ pinnedKeyRef, ...drift }: Drift & { pinnedKeyRef: string }) =>
    `${driftSentence(drift)} Data stays under ${pinnedKeyRef} until the key is rotated.`,
  'alias-back': () => 'The alias leads to the active key again.',
  'access-taken-away': () => 'Access to the key was found to be taken away while this call was under way.',
  'other-data-key': () => 'The key service gave back another data key than the one that was wrapped.',
  'unknown-connection': (stored: { provider: string; authMode: string }) => unknownWords(stored),

  'check-failed': ({ check, summary }: { check: string; summary: Message }, say: Say) =>
    `${checkName(check)}: ${say(summary)}`,
  'not-run-after': ({ check }: { check: string }) => `Not run, because “${checkName(check)}” failed. Fix that first.`,
  'test-not-ended': () => 'The test did not come to its end.',

  'apps-keep-changing': () => 'The apps were changed by somebody else each time they were to be switched.',
  'data-keys-keep-changing': () => 'The data keys were changed by somebody else each time they were to be rewrapped.',
  'records-keep-changing': () => 'The records were changed by somebody else each time they were to be rewritten.',
  'written-meanwhile': () => 'Something was written meanwhile; it is moved with the next try.',
  'data-keys-left-behind': ({ reason, count, total }: FailedDataKey, say: Say) =>
    `${reason ? `${say(reason)} ` : ''}${countOf(count, 'data key')} of ${formatCount(total)} could not be moved.`,
  'records-do-not-open': ({ count, recordId }: { count: number; recordId: string }) =>
    plural(
      count,
      `Record ${recordId} does not open; it is left as it is. Every other record was rewritten.`,
      `${formatCount(count)} records do not open, ${recordId} among them; they are left as they are. Every other record was rewritten.`,
    ),
  'our-fault': () => 'Something went wrong on our side; it is tried again by itself.',

  'creation-refused': ({ provider, failure, providerCode }: CreationRefused) =>
    providerRules[provider].creationFailure({ failure, providerCode: providerCode ?? undefined })?.reason ??
    `${capital(serviceName(provider))} did not create the key: ${failureWordsOf(provider, failure).meaning}`,
  'creation-not-made': (of: OfProvider) => `${capital(serviceOf(of))} shows no key with its tag: it was not made.`,
  'creation-many-keys': ({ keys, ...of }: OfProvider & { keys: number }) =>
    unclear(of, `the account has more than ${keys} keys in this region.`),
  'creation-look-denied': (of: OfProvider) => unclear(of, 'looking for it was not permitted.'),
  'creation-nobody-to-ask': (of: OfProvider) =>
    unclear(of, 'the configuration that it was for has been changed or deleted.'),
  'creation-no-answer': (of: OfProvider) => unclear(of, `${serviceOf(of)} did not answer for a day.`),
  'creation-unknown-connection': (of: OfProvider) =>
    unclear(of, 'this version of Keyward does not know how the configuration that it was for is connected.'),
  'creation-for-deleted-key': (of: OfProvider) => whenMade(of, 'the enterprise key that it was for had been deleted.'),
  'creation-for-unknown-connection': (of: OfProvider) =>
    whenMade(of, 'this version of Keyward did not know how the configuration is connected.'),
  'creation-not-awaited': (of: OfProvider) => whenMade(of, 'the configuration did not wait for it any more.'),
  'creation-unnamed': () => 'No enterprise key of yours names it any more.',
  'creation-gone': (of: OfProvider) => `Gone, as ${serviceOf(of)} says.`,
  'creation-gone-by-word': ({ by }: { by: string }) => `Gone, as ${by} says.`,

  // Short answers in the history.
  'this-key': () => 'this key',
  'every-key': () => 'every enterprise key, those to come included',
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
  return `It is not known whether ${serviceOf(of)} made this key: ${why} Look for it by its tag.`;
}

function whenMade(of: OfProvider, what: string): string {
  return `When ${serviceOf(of)} had made it, ${what}`;
}
