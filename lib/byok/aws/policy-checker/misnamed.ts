import { arnParts } from './patterns.ts';
import type { Principal } from './policy-shape.ts';
import { isUniqueId } from './principal-names.ts';
import type { Caller } from './request.ts';

export type Misnamed =
  | 'gone-principal'
  | 'session-named'
  | 'wrong-partition'
  | 'wrong-account'
  | 'role-spelt-otherwise';

/**
 * The role that is meant, named in a way by which AWS knows another one, or none. Names of roles are unique in an account
 * whatever their path and their capitals, so one that differs in nothing else is no other role: there is none.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export function misnamed({ type, name }: Principal, meant: Caller): Misnamed | undefined {
  if (type !== 'AWS' || name === meant.arn) return undefined;
  if (isUniqueId(name)) return 'gone-principal';
  const [, partition, service, , accountId, resource = ''] = arnParts(name);
  const session =
    service === 'sts' && resource.startsWith('assumed-role/') && resource.split('/')[1] === meant.roleName;
  if (session) return 'session-named';
  const role = resource.startsWith('role/') ? resource.split('/').at(-1) : undefined;
  if (role?.toLowerCase() !== meant.roleName.toLowerCase()) return undefined;
  if (partition !== meant.partition) return 'wrong-partition';
  return accountId === meant.accountId ? 'role-spelt-otherwise' : 'wrong-account';
}

/** Whether it can be nobody else who is meant: a role of that name in another account, or one that is gone, may be. */
export function isMeant(principal: Principal, meant: Caller): boolean {
  const how = misnamed(principal, meant);
  return how === 'session-named' || how === 'wrong-partition' || how === 'role-spelt-otherwise';
}
