/**
 * Denials that a missing permission does not explain: a statement that forbids, or a policy around the role that allows
 * less than the role's own. AWS names the policy in its message, and nowhere else.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
import type { DeniedBy, KmsError } from '../../errors.ts';

export type Denial = {
  cause: string;
  because: string;
  /** The one thing to change. */
  text: (action: string) => string;
  /** Where to look for it in AWS. */
  target: 'role' | 'key';
};

/** undefined where it just is not allowed: then the policy that allows it is the remedy. */
export function denialOf({ deniedBy, deniedExplicitly }: KmsError): Denial | undefined {
  if (deniedBy === undefined) return undefined;
  return around[deniedBy] ?? (deniedExplicitly ? forbidden[deniedBy] : undefined);
}

const around: Partial<Record<DeniedBy, Denial>> = {
  'permissions-boundary': {
    cause: 'permissions-boundary',
    because: 'The permissions boundary of the role does not include it.',
    text: (action) =>
      `Allow ${action} on the key in the permissions boundary of the role, or take the boundary off it.`,
    target: 'role',
  },
  'session-policy': {
    cause: 'session-policy',
    because: 'A session policy does not include it.',
    text: () => 'Tell the vendor’s support the AWS request ID: a session policy is the vendor’s.',
    target: 'role',
  },
  'organization-policy': {
    cause: 'organization-policy',
    because: 'A policy of your AWS organization forbids it.',
    text: (action) =>
      `Ask whoever manages your AWS organization to let the role call ${action}: a service control or resource control policy forbids it.`,
    target: 'role',
  },
  'vpc-endpoint-policy': {
    cause: 'vpc-endpoint-policy',
    because: 'The policy of a VPC endpoint on the vendor’s side forbids it.',
    text: () => 'The vendor has to mend this. Nothing is to be changed in your account.',
    target: 'key',
  },
};

const forbidden: Partial<Record<DeniedBy, Denial>> = {
  'identity-policy': {
    cause: 'explicit-deny',
    because: 'A statement with the effect Deny in a policy of the role forbids it.',
    text: (action) => `Take ${action} out of the Deny in the policies of the role, or narrow that statement.`,
    target: 'role',
  },
  'resource-policy': {
    cause: 'explicit-deny',
    because: 'A statement with the effect Deny in the key policy forbids it; it may demand another encryption context.',
    text: (action) =>
      `Take ${action} out of the Deny in the key policy, or let that statement except our encryption context.`,
    target: 'key',
  },
};
