/**
 * Why a key was lost, and the one remedy of each cause, in the words of all: what a provider calls it is in its own rules
 * (`failure-words.ts` asks both). What was seen is a failure of kms-failure.ts, with the policy that the provider named.
 */
import { rulesOf } from './connection.ts';
import { formatInstant } from './format.ts';
import type { KmsFailureCode } from './kms-failure.ts';
import { isProvider } from './providers.ts';

export const lossCauses = {
  'key-disabled': {
    meaning: () => 'The key is disabled.',
    next: () => 'Enable the key in your key service.',
  },
  'deletion-scheduled': {
    meaning: ({ deletedOn }) =>
      `The key is scheduled for deletion${deletedOn ? ` on ${deletedOn}` : ''}. Once it is deleted, the data under it is lost.`,
    next: ({ deletedOn }) =>
      `Cancel the deletion in your key service${deletedOn ? ` before ${deletedOn}` : ''}, then check that the key is enabled.`,
  },
  'material-gone': {
    meaning: () => 'The key’s imported material has expired or was deleted.',
    next: () => 'Import the same key material again in your key service.',
  },
  'key-gone': {
    meaning: () => 'The key no longer exists in its location.',
    next: () => 'Look for the key in your key service. A deleted key and the data under it cannot be restored.',
  },
  'role-refused': {
    meaning: () => 'The key service no longer accepts the identity that Keyward was given.',
    next: () => 'Give Keyward access again, as shown in the hand-over.',
  },
  'role-gone': {
    meaning: () => 'The key service no longer knows the identity that Keyward uses.',
    next: () => 'Recreate that identity with its permissions, as shown in the hand-over.',
  },
  'access-key-inactive': {
    meaning: () => 'The key service does not know the credential: it is inactive or was deleted.',
    next: () => 'Activate the credential. If it was deleted, create another one and rotate to it.',
  },
  'access-key-secret-wrong': {
    meaning: () => 'The stored secret is not the one of this credential.',
    next: () => 'Create another credential and rotate to it.',
  },
  'permission-removed': {
    meaning: () => 'Nothing allows this call on the key any longer.',
    next: () => 'Give Keyward its permissions on the key again, as shown in the hand-over.',
  },
  'key-policy-changed': {
    meaning: () => 'The policy of the key no longer allows this call.',
    next: () => 'Save the policy of the key from the hand-over again.',
  },
  'permission-unclear': {
    meaning: () => 'The key service does not allow this call.',
    next: () => 'Give Keyward its permissions on the key again, and save the key’s policy from the hand-over again.',
  },
  'context-refused': {
    meaning: () => 'The policy of the key does not accept the encryption context of Keyward’s calls.',
    next: () =>
      'Save the policy of the key from the hand-over again: it has to accept your tenant ID as keyward:tenant.',
  },
  'denied-to-role': {
    meaning: () => 'A policy forbids this call for the identity that Keyward uses.',
    next: () => 'Remove the call from what that policy forbids, or exempt this key from it.',
  },
  'permissions-boundary': {
    meaning: () => 'The permission limit of the identity that Keyward uses does not include this call.',
    next: () => 'Allow the call within that limit, or remove the limit.',
  },
  'organization-policy': {
    meaning: () => 'A policy of your organization forbids this call.',
    next: () => 'Ask the administrators of your organization to allow it again.',
  },
  'session-policy': {
    meaning: () => 'A policy of Keyward’s own session does not include this call.',
    next: () => 'Send the request ID to the vendor’s support.',
  },
  'vpc-endpoint-policy': {
    meaning: () => 'A policy of the network that Keyward uses forbids this call.',
    next: () => 'Ask the owners of that network to allow it. Send the request ID to the vendor’s support.',
  },
} as const satisfies Record<string, LossWords>;

export type LossCause = keyof typeof lossCauses;
/** `deletedOn` as people read it. */
type LossFacts = { deletedOn?: string | undefined };
/** When the key is deleted: ISO 8601, or null where that is not known. */
export type KnownFacts = { deletedAt?: string | null };
type LossWords = { meaning(facts: LossFacts): string; next(facts: LossFacts): string };

/** What is known of a failed call; the policy as the provider named it. */
export type FailedCall = { failure: KmsFailureCode; deniedBy?: string | undefined; deniedExplicitly?: boolean };

/**
 * Of a denied call its provider tells which policy denied it, and what that means.
 * @returns undefined for a failure by which a key is not lost
 */
export function lossCauseOf(provider: string, call: FailedCall): LossCause | undefined {
  if (!Object.hasOwn(byFailure, call.failure)) return undefined;
  const cause = byFailure[call.failure as LosingFailure];
  if (cause !== 'by policy') return cause;
  return (isProvider(provider) ? rulesOf({ provider }).lossByPolicy?.(call) : undefined) ?? 'permission-unclear';
}

/** The words of a cause, with what is known of it. */
export function lossWords(cause: LossCause, { deletedAt }: KnownFacts = {}): { meaning: string; next: string } {
  const words: LossWords = lossCauses[cause];
  const facts = deletedAt ? { deletedOn: formatInstant(deletedAt) } : {};
  return { meaning: words.meaning(facts), next: words.next(facts) };
}

export function isLossCause(stored: string | null): stored is LossCause {
  return stored !== null && Object.hasOwn(lossCauses, stored);
}

/** Every failure that classify-loss.ts may call a revocation. */
export type LosingFailure = Extract<
  KmsFailureCode,
  | 'key-disabled'
  | 'pending-deletion'
  | 'pending-import'
  | 'key-not-found'
  | 'assume-role-denied'
  | 'unrecognized-client'
  | 'access-key-unknown'
  | 'access-key-secret-wrong'
  | 'access-denied'
>;

const byFailure = {
  'key-disabled': 'key-disabled',
  'pending-deletion': 'deletion-scheduled',
  'pending-import': 'material-gone',
  'key-not-found': 'key-gone',
  'assume-role-denied': 'role-refused',
  'unrecognized-client': 'role-gone',
  'access-key-unknown': 'access-key-inactive',
  'access-key-secret-wrong': 'access-key-secret-wrong',
  'access-denied': 'by policy',
} as const satisfies Record<LosingFailure, LossCause | 'by policy'>;
