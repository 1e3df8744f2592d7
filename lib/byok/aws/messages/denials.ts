/**
 * Denials that a missing permission does not explain: a statement that forbids, or a policy around the role that allows less
 * than the role's own. https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
import type { Sentences } from '../../messages/message.ts';

/** Whose permissions they are. */
export type Principal = 'role' | 'user';

type Denial = {
  because(who: Principal): string;
  /** The one thing to change. */
  next(action: string, who: Principal): string;
};

const keyDenials = {
  'permissions-boundary': {
    because: (who) => `The permissions boundary of the ${who} does not include it.`,
    next: (action, who) =>
      `Allow ${action} on the key in the permissions boundary of the ${who}, or remove the boundary.`,
  },
  'session-policy': {
    because: () => 'A session policy does not include it.',
    next: () => 'Send the AWS request ID to the vendor’s support: a session policy is the vendor’s.',
  },
  'organization-policy': {
    because: () => 'A policy of your AWS organization forbids it.',
    next: (action, who) =>
      `A service control or resource control policy forbids it. Ask the administrators of your AWS organization to let the ${who} call ${action}.`,
  },
  'vpc-endpoint-policy': {
    because: () => 'The policy of a VPC endpoint on the vendor’s side forbids it.',
    next: () => 'Only the vendor can fix this. You don’t need to change anything in your account.',
  },
  'identity-policy': {
    because: (who) => `A Deny statement in a policy of the ${who} forbids it.`,
    next: (action, who) => `Remove ${action} from the Deny in the policies of the ${who}, or narrow that statement.`,
  },
  'resource-policy': {
    because: () => 'A Deny statement in the key policy forbids it. It may require another encryption context.',
    next: (action) =>
      `Remove ${action} from the Deny in the key policy, or exempt Keyward’s encryption context from it.`,
  },
} as const satisfies Record<string, Denial>;

/** The policy as AWS named it; of policies of the identity and of the key, a Deny in it. */
export type KeyDenial = keyof typeof keyDenials;

type StsDenialWords = { summary(roleName: string): string; next: string };

const vendors = 'You don’t need to change anything in your account. Send the AWS request ID to the vendor’s support.';

const stsDenials = {
  'identity-policy': {
    summary: (role) =>
      `The vendor’s own permissions do not let Keyward assume the role ${role}. Your trust policy is not the reason.`,
    next: `The vendor has to allow sts:AssumeRole on this role to its service role. ${vendors}`,
  },
  'permissions-boundary': {
    summary: (role) => `The permissions boundary of Keyward’s service role does not let it assume the role ${role}.`,
    next: `The vendor has to allow sts:AssumeRole in the boundary of its service role. ${vendors}`,
  },
  'session-policy': {
    summary: (role) => `The session policy of Keyward’s own session does not let it assume the role ${role}.`,
    next: `The vendor has to allow sts:AssumeRole in its session policy. ${vendors}`,
  },
  'vpc-endpoint-policy': {
    summary: (role) => `The policy of a VPC endpoint does not let the request to assume the role ${role} pass.`,
    next: `The owner of the VPC endpoint has to allow sts:AssumeRole in its policy. Requests start in the vendor’s network. ${vendors}`,
  },
  'organization-policy': {
    summary: (role) => `A policy of your AWS organization does not let Keyward assume the role ${role}.`,
    next: 'A resource control or service control policy forbids sts:AssumeRole. Ask the administrators of your AWS organization to exempt Keyward’s service role. You don’t need to change the role’s trust policy.',
  },
} as const satisfies Record<string, StsDenialWords>;

/** The policy as AWS named it. */
export type StsDenial = keyof typeof stsDenials;

export function isStsDenial(deniedBy: string): deniedBy is StsDenial {
  return Object.hasOwn(stsDenials, deniedBy);
}

type Denied = { action: string; who: Principal };
type DeniedBy = Denied & { by: KeyDenial };

export const denials = {
  'call-denied': ({ action, who }: Denied) => denied(action, who),
  'call-denied-by': ({ action, who, by }: DeniedBy) => `${denied(action, who)} ${keyDenials[by].because(who)}`,
  'except-from-denial': ({ action, who, by }: DeniedBy) => keyDenials[by].next(action, who),
  'assuming-denied-by': ({ by, roleName }: { by: StsDenial; roleName: string }) => stsDenials[by].summary(roleName),
  'allow-assuming': ({ by }: { by: StsDenial }) => stsDenials[by].next,
} satisfies Sentences;

function denied(action: string, who: Principal): string {
  return `AWS does not let the ${who} call ${action} on the key.`;
}
