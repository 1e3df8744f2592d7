/**
 * Why a key was lost, and the one remedy of each cause. AWS answers alike for some of them: their row says both, and which
 * of the two steps is for which. What was seen is a failure of kms-failure.ts, with the policy that AWS named.
 */
import { formatInstant } from './format.ts';
import type { KmsFailureCode } from './kms-failure.ts';

export const lossCauses = {
  'key-disabled': {
    meaning: () => 'The key is disabled.',
    next: () => 'Enable the key in AWS KMS.',
  },
  'deletion-scheduled': {
    meaning: ({ deletedOn }) =>
      `The key is scheduled for deletion${deletedOn ? ` on ${deletedOn}` : ''}. Once it is deleted, the data under it is lost.`,
    // https://docs.aws.amazon.com/kms/latest/APIReference/API_CancelKeyDeletion.html
    next: ({ deletedOn }) =>
      `Cancel the deletion in AWS KMS${deletedOn ? ` before ${deletedOn}` : ''}, then enable the key: cancelling leaves it disabled.`,
  },
  'material-gone': {
    meaning: () => 'The key’s imported material has expired or was deleted.',
    next: () => 'Import the same key material again in AWS KMS.',
  },
  'key-gone': {
    meaning: () => 'The key no longer exists in its account and region.',
    next: () => 'Look for the key in AWS KMS. A key that was deleted cannot be restored, nor can the data under it.',
  },
  'role-refused': {
    meaning: () =>
      'AWS does not let us assume the role: it was deleted, or its trust policy no longer names us and your external ID.',
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-roles
    next: () =>
      'If the role was deleted, create it again with its policies, then save the key policy again: to AWS the new role is another one. If the role exists, apply the trust policy from the hand-over.',
  },
  'role-gone': {
    meaning: () => 'AWS no longer knows the role’s session: the role was deleted, or its account has left this region.',
    next: () =>
      'Create the role again with its policies, then save the key policy again: to AWS the new role is another one.',
  },
  'access-key-inactive': {
    meaning: () => 'AWS does not know the access key: it is inactive or was deleted.',
    next: () =>
      'Activate the access key in IAM. If it was deleted, create another one for the same user and rotate to it.',
  },
  'access-key-secret-wrong': {
    meaning: () => 'The stored secret access key is not the one of this access key ID.',
    next: () => 'Create another access key for the same user in IAM and rotate to it.',
  },
  'permission-removed': {
    meaning: () => 'No policy of the role or user allows this call on the key any more.',
    next: () =>
      'Apply the permission policy from the hand-over to the role or user again, with its encryption context as it stands there.',
  },
  'key-policy-changed': {
    meaning: () => 'The key policy no longer allows this call to the role or user.',
    next: () =>
      'Save the key policy from the hand-over again, also if the role was deleted and made again: the policy still names the old one.',
  },
  'permission-unclear': {
    meaning: () => 'The policies of the key, or those of the role or user, do not allow this call.',
    next: () =>
      'Apply the permission policy and the key policy from the hand-over again. Save the key policy, too, if the role was deleted and made again.',
  },
  'context-refused': {
    meaning: () =>
      'A Deny in the key policy forbids this call: it does not admit the encryption context that each call carries.',
    next: () =>
      'Save the key policy from the hand-over again: its Deny has to except your tenant ID as keyward:tenant.',
  },
  'denied-to-role': {
    meaning: () => 'A Deny in a policy of the role or user forbids this call.',
    next: () => 'Take the call out of that Deny in IAM, or except this key from it.',
  },
  'permissions-boundary': {
    meaning: () => 'The permissions boundary of the role or user does not include this call.',
    next: () => 'Allow the call in the permissions boundary, or take the boundary off.',
  },
  'organization-policy': {
    meaning: () => 'A policy of your AWS organization forbids this call.',
    next: () => 'Ask the people who manage your AWS organization to allow it again.',
  },
  'session-policy': {
    meaning: () => 'A session policy does not include this call.',
    next: () => 'Tell the vendor’s support the AWS request ID.',
  },
  'vpc-endpoint-policy': {
    meaning: () => 'The policy of a VPC endpoint forbids this call.',
    next: () => 'Ask the people who own the VPC endpoint to allow it. Tell the vendor’s support the AWS request ID.',
  },
} as const satisfies Record<string, LossWords>;

export type LossCause = keyof typeof lossCauses;
/** `deletedOn` as people read it. */
type LossFacts = { deletedOn?: string | undefined };
/** When the key is deleted: ISO 8601, or null where that is not known. */
export type KnownFacts = { deletedAt?: string | null };
type LossWords = { meaning(facts: LossFacts): string; next(facts: LossFacts): string };

/** What is known of a failed call; the policy as AWS named it in its message. */
export type FailedCall = { failure: KmsFailureCode; deniedBy?: string | undefined; deniedExplicitly?: boolean };

/** @returns undefined for a failure by which a key is not lost */
export function lossCauseOf(call: FailedCall): LossCause | undefined {
  const cause: LossCause | 'by policy' | undefined = Object.hasOwn(byFailure, call.failure)
    ? byFailure[call.failure as LosingFailure]
    : undefined;
  return cause === 'by policy' ? byPolicy(call) : cause;
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

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html */
function byPolicy({ deniedBy, deniedExplicitly = false }: FailedCall): LossCause {
  switch (deniedBy) {
    case 'identity-policy':
      return deniedExplicitly ? 'denied-to-role' : 'permission-removed';
    case 'resource-policy':
      return deniedExplicitly ? 'context-refused' : 'key-policy-changed';
    case 'permissions-boundary':
    case 'organization-policy':
    case 'session-policy':
    case 'vpc-endpoint-policy':
      return deniedBy;
    default:
      return 'permission-unclear';
  }
}
