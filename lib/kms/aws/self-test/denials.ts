/**
 * Denials that a missing permission does not explain: a statement that forbids, or a policy around the role that allows
 * less than the role's own. AWS names the policy in its message, and nowhere else.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
import { isStsDenial, type KeyDenial, type StsDenial } from '#lib/byok/aws/messages/denials.ts';
import type { KmsError } from '../../errors.ts';
import type { DeniedBy } from '../error-map.ts';

export type Denial = {
  cause: string;
  by: KeyDenial;
  /** Where to look for it in AWS. */
  target: 'principal' | 'key';
};

/** undefined where it just is not allowed: then the policy that allows it is the remedy. */
export function denialOf({ deniedBy, deniedExplicitly }: KmsError): Denial | undefined {
  if (deniedBy === undefined) return undefined;
  return around[deniedBy] ?? (deniedExplicitly ? forbidden[deniedBy] : undefined);
}

const around: Partial<Record<string, Denial>> = {
  'permissions-boundary': { cause: 'permissions-boundary', by: 'permissions-boundary', target: 'principal' },
  'session-policy': { cause: 'session-policy', by: 'session-policy', target: 'principal' },
  'organization-policy': { cause: 'organization-policy', by: 'organization-policy', target: 'principal' },
  'vpc-endpoint-policy': { cause: 'vpc-endpoint-policy', by: 'vpc-endpoint-policy', target: 'key' },
} satisfies Partial<Record<DeniedBy, Denial>>;

const forbidden: Partial<Record<string, Denial>> = {
  'identity-policy': { cause: 'explicit-deny', by: 'identity-policy', target: 'principal' },
  'resource-policy': { cause: 'explicit-deny', by: 'resource-policy', target: 'key' },
} satisfies Partial<Record<DeniedBy, Denial>>;

/** A denial of STS that names a policy: whose it is, and so who has to change something. undefined for a plain one. */
export function stsDenialOf({ failure, deniedBy }: KmsError): StsDenial | undefined {
  if (failure !== 'vendor-denied' && failure !== 'organization-denied') return undefined;
  return deniedBy !== undefined && isStsDenial(deniedBy) ? deniedBy : undefined;
}
