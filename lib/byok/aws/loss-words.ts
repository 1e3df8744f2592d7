/** Why a key in AWS was lost, and the one remedy of each cause. AWS answers alike for some: their row says both, and which step is for which. */
import { formatInstant } from '../format.ts';
import type { KnownFacts, LossCause } from '../loss-causes.ts';
import type { FailureWords } from '../provider-rules.ts';

type LossFacts = { deletedOn?: string | undefined };
type LossWords = { meaning(facts: LossFacts): string; next(facts: LossFacts): string };

const words: Record<LossCause, LossWords> = {
  'key-disabled': {
    meaning: () => 'The key is disabled.',
    next: () => 'Enable the key in AWS KMS.',
  },
  'deletion-scheduled': {
    meaning: ({ deletedOn }) =>
      `The key is scheduled for deletion${deletedOn ? ` on ${deletedOn}` : ''}. Once it is deleted, the data under it is lost.`,
    // https://docs.aws.amazon.com/kms/latest/APIReference/API_CancelKeyDeletion.html
    next: ({ deletedOn }) =>
      `Cancel the deletion in AWS KMS${deletedOn ? ` before ${deletedOn}` : ''}, then enable the key. Cancelling leaves it disabled.`,
  },
  'material-gone': {
    meaning: () => 'The key’s imported material has expired or was deleted.',
    next: () => 'Import the same key material again in AWS KMS.',
  },
  'key-gone': {
    meaning: () => 'The key no longer exists in its account and region.',
    next: () => 'Look for the key in AWS KMS. A deleted key and the data under it cannot be restored.',
  },
  'role-refused': {
    meaning: () =>
      'AWS does not let Keyward assume the role. It was deleted, or its trust policy no longer names Keyward and your external ID.',
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-roles
    next: () =>
      'If the role exists, apply the trust policy from the hand-over. If it was deleted, recreate it with its policies, then save the key policy again.',
  },
  'role-gone': {
    meaning: () =>
      'AWS no longer knows the role’s session. The role was deleted, or its account no longer uses this region.',
    next: () => 'Recreate the role with its policies, then save the key policy again.',
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
    meaning: () => 'No policy of the role or user allows this call on the key any longer.',
    next: () =>
      'Apply the permission policy from the hand-over to the role or user again. Keep its encryption context unchanged.',
  },
  'key-policy-changed': {
    meaning: () => 'The key policy no longer allows this call to the role or user.',
    next: () =>
      'Save the key policy from the hand-over again. Do this also after recreating the role: the policy still names the old one.',
  },
  'permission-unclear': {
    meaning: () => 'The policies of the key, or those of the role or user, do not allow this call.',
    next: () =>
      'Apply the permission policy and the key policy from the hand-over again. Do this also after recreating the role.',
  },
  'context-refused': {
    meaning: () =>
      'A Deny in the key policy forbids this call: it does not accept the encryption context of Keyward’s calls.',
    next: () =>
      'Save the key policy from the hand-over again: its Deny has to exempt your tenant ID as keyward:tenant.',
  },
  'denied-to-role': {
    meaning: () => 'A Deny in a policy of the role or user forbids this call.',
    next: () => 'Remove the call from that Deny in IAM, or exempt this key from it.',
  },
  'permissions-boundary': {
    meaning: () => 'The permissions boundary of the role or user does not include this call.',
    next: () => 'Allow the call in the permissions boundary, or remove the boundary.',
  },
  'organization-policy': {
    meaning: () => 'A policy of your AWS organization forbids this call.',
    next: () => 'Ask the administrators of your AWS organization to allow it again.',
  },
  'session-policy': {
    meaning: () => 'A session policy does not include this call.',
    next: () => 'Send the AWS request ID to the vendor’s support.',
  },
  'vpc-endpoint-policy': {
    meaning: () => 'The policy of a VPC endpoint forbids this call.',
    next: () => 'Ask the owners of the VPC endpoint to allow it. Send the AWS request ID to the vendor’s support.',
  },
};

export function awsLossWords(cause: LossCause, { deletedAt }: KnownFacts = {}): FailureWords {
  const { meaning, next } = words[cause];
  const facts = deletedAt ? { deletedOn: formatInstant(deletedAt) } : {};
  return { meaning: meaning(facts), next: next(facts) };
}
