/**
 * Denials that a missing permission does not explain: a statement that forbids, or a policy around the role that allows
 * less than the role's own. AWS names the policy in its message, and nowhere else.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
import type { KmsError } from '../../errors.ts';
import type { DeniedBy } from '../error-map.ts';

export type Denial = {
  cause: string;
  because: (who: Principal) => string;
  /** The one thing to change. */
  text: (action: string, who: Principal) => string;
  /** Where to look for it in AWS. */
  target: 'principal' | 'key';
};

/** Whose permissions they are. */
export type Principal = 'role' | 'user';

/** undefined where it just is not allowed: then the policy that allows it is the remedy. */
export function denialOf({ deniedBy, deniedExplicitly }: KmsError): Denial | undefined {
  if (deniedBy === undefined) return undefined;
  return around[deniedBy] ?? (deniedExplicitly ? forbidden[deniedBy] : undefined);
}

const around: Partial<Record<string, Denial>> = {
  'permissions-boundary': {
    cause: 'permissions-boundary',
    because: (who) => `The permissions boundary of the ${who} does not include it.`,
    text: (action, who) =>
      `Allow ${action} on the key in the permissions boundary of the ${who}, or take the boundary off it.`,
    target: 'principal',
  },
  'session-policy': {
    cause: 'session-policy',
    because: () => 'A session policy does not include it.',
    text: () => 'Tell the vendor’s support the AWS request ID: a session policy is the vendor’s.',
    target: 'principal',
  },
  'organization-policy': {
    cause: 'organization-policy',
    because: () => 'A policy of your AWS organization forbids it.',
    text: (action, who) =>
      `Ask whoever manages your AWS organization to let the ${who} call ${action}: a service control or resource control policy forbids it.`,
    target: 'principal',
  },
  'vpc-endpoint-policy': {
    cause: 'vpc-endpoint-policy',
    because: () => 'The policy of a VPC endpoint on the vendor’s side forbids it.',
    text: () => 'The vendor has to mend this. Nothing is to be changed in your account.',
    target: 'key',
  },
} satisfies Partial<Record<DeniedBy, Denial>>;

const forbidden: Partial<Record<string, Denial>> = {
  'identity-policy': {
    cause: 'explicit-deny',
    because: (who) => `A statement with the effect Deny in a policy of the ${who} forbids it.`,
    text: (action, who) => `Take ${action} out of the Deny in the policies of the ${who}, or narrow that statement.`,
    target: 'principal',
  },
  'resource-policy': {
    cause: 'explicit-deny',
    because: () =>
      'A statement with the effect Deny in the key policy forbids it; it may demand another encryption context.',
    text: (action) =>
      `Take ${action} out of the Deny in the key policy, or let that statement except our encryption context.`,
    target: 'key',
  },
} satisfies Partial<Record<DeniedBy, Denial>>;

/** A denial of STS that names a policy: whose it is, and so who has to change something. undefined for a plain one. */
export function stsDenialOf({ failure, deniedBy }: KmsError): StsDenial | undefined {
  if (failure !== 'vendor-denied' && failure !== 'organization-denied') return undefined;
  return deniedBy === undefined ? undefined : atSts[deniedBy];
}

type StsDenial = { summary: (roleName: string) => string; text: string };

const vendors = 'Nothing is to be changed in your account. Tell the vendor’s support the AWS request ID.';

const atSts: Partial<Record<string, StsDenial>> = {
  'identity-policy': {
    summary: (role) =>
      `Our own permissions do not let us assume the role ${role}. Your trust policy is not the reason.`,
    text: `The vendor has to allow sts:AssumeRole on this role to its service role. ${vendors}`,
  },
  'permissions-boundary': {
    summary: (role) => `The permissions boundary of our service role does not let us assume the role ${role}.`,
    text: `The vendor has to allow sts:AssumeRole in the boundary of its service role. ${vendors}`,
  },
  'session-policy': {
    summary: (role) => `The session policy of our own session does not let us assume the role ${role}.`,
    text: `The vendor has to allow sts:AssumeRole in its session policy. ${vendors}`,
  },
  'vpc-endpoint-policy': {
    summary: (role) => `The policy of a VPC endpoint does not let the request to assume the role ${role} pass.`,
    text: `The owner of the VPC endpoint has to allow sts:AssumeRole in its policy. Requests start in the vendor’s network. ${vendors}`,
  },
  'organization-policy': {
    summary: (role) => `A policy of your AWS organization does not let us assume the role ${role}.`,
    text: 'Ask the administrators of your AWS organization to except our service role: a resource control or service control policy forbids sts:AssumeRole. The trust policy of the role need not change.',
  },
} satisfies Partial<Record<DeniedBy, StsDenial>>;
