import { PARTITIONS } from '../regions.ts';
import type { Caller } from '../world/callers.ts';
import type { StoredPolicy } from '../world/types.ts';
import { own } from '../world/world.ts';
import { PolicyError } from './policy-error.ts';

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html */
export type PolicyPrincipal =
  | { kind: 'everyone' }
  /** An account: whoever of it its own administrators allow. */
  | { kind: 'account'; accountId: string; partition?: string }
  /** A role or a user. */
  | { kind: 'entity'; arn: string }
  /** One session of a role, by name. */
  | { kind: 'session'; arn: string }
  /** An AWS service. None ever calls here, so it is known and matches nobody. */
  | { kind: 'service' };

/** How a principal element meets a caller: what else has to allow the request depends on it. */
export type PrincipalMatch = 'none' | 'account' | 'entity' | 'session';

export const SESSION_ARN = new RegExp(
  `^arn:(?:${PARTITIONS}):sts::(\\d{12}):assumed-role/([\\w+=,.@-]{1,64})/[\\w+=,.@-]{2,64}$`,
);
const ROOT_ARN = new RegExp(`^arn:(${PARTITIONS}):iam::(\\d{12}):root$`);
const ENTITY_ARN = new RegExp(`^arn:(?:${PARTITIONS}):iam::\\d{12}:(role|user)/(?:[\\x21-\\x7e]+/)?[\\w+=,.@-]{1,64}$`);

/** @throws PolicyError */
export function parsePrincipals(element: unknown, where: string): PolicyPrincipal[] {
  if (element === '*') return [{ kind: 'everyone' }];
  if (typeof element !== 'object' || element === null || Array.isArray(element)) {
    throw new PolicyError(`${where}: Principal must be "*" or an object.`);
  }
  const principals = Object.entries(element).flatMap(([type, value]) =>
    (Array.isArray(value) ? value : [value]).map((name) => parsePrincipal(type, name, where)),
  );
  if (principals.length === 0) throw new PolicyError(`${where}: Principal is empty.`);
  return principals;
}

export function matchPrincipal(principal: PolicyPrincipal, policy: StoredPolicy, caller: Caller): PrincipalMatch {
  switch (principal.kind) {
    case 'everyone':
      return 'entity';
    case 'account':
      return principal.accountId === caller.accountId ? 'account' : 'none';
    case 'entity':
      return own(policy.principalIds, principal.arn) !== caller.principalId
        ? 'none'
        : caller.kind === 'user'
          ? 'session'
          : 'entity';
    case 'session':
      return principal.arn === caller.arn ? 'session' : 'none';
    case 'service':
      return 'none';
  }
}

function parsePrincipal(type: string, name: unknown, where: string): PolicyPrincipal {
  if (typeof name !== 'string') throw new PolicyError(`${where}: a principal must be a string.`);
  if (type === 'Service' && /^[a-z0-9.-]+\.amazonaws\.com$/.test(name)) return { kind: 'service' };
  if (type !== 'AWS') {
    throw new PolicyError(`${where}: SimulatorUnsupported: the AWS simulator knows no principals of type ${type}.`);
  }
  if (name === '*') return { kind: 'everyone' };
  if (/^\d{12}$/.test(name)) return { kind: 'account', accountId: name };
  const [, partition, accountId] = ROOT_ARN.exec(name) ?? [];
  if (partition && accountId) return { kind: 'account', accountId, partition };
  if (ENTITY_ARN.test(name) && !/[*?]/.test(name)) return { kind: 'entity', arn: name };
  if (SESSION_ARN.test(name)) return { kind: 'session', arn: name };
  throw invalidPrincipal(name);
}

export function invalidPrincipal(principal: string): PolicyError {
  return new PolicyError(`Invalid principal in policy: "AWS":"${principal}"`);
}
