import type { Partition } from '../regions.ts';
import type { StoredPolicy } from '../world/types.ts';
import { findAccount, findEntityByArn, findRole, type World } from '../world/world.ts';
import { parsePolicy } from './document.ts';
import { invalidPrincipal, SESSION_ARN } from './principals.ts';

/**
 * Resolves every principal that a trust or key policy names and notes its unique ID. AWS refuses a policy that names a role
 * or user that does not exist, or is in another partition. https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-overview.html
 * @throws PolicyError
 */
export function storePolicy(
  world: World,
  text: string,
  kind: 'trust' | 'key',
  partition: Partition = 'aws',
): StoredPolicy {
  const principalIds: Record<string, string> = {};
  for (const principal of parsePolicy(text, kind).flatMap((statement) => statement.principals)) {
    if (principal.kind === 'account' && !isAccountOf(world, principal, partition))
      throw invalidPrincipal(principal.accountId);
    if (principal.kind === 'session' && !roleOfSession(world, principal.arn)) throw invalidPrincipal(principal.arn);
    if (principal.kind !== 'entity') continue;
    const entity = findEntityByArn(world, principal.arn);
    if (!entity || principal.arn.split(':')[1] !== partition) throw invalidPrincipal(principal.arn);
    principalIds[principal.arn] = entity.id;
  }
  return { text, principalIds };
}

/**
 * The policy as AWS shows it: a role or user that was deleted since, and perhaps made again under the same name, appears as
 * the unique ID that it had. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function showPolicy(world: World, policy: StoredPolicy): string {
  let text = policy.text;
  for (const [arn, id] of Object.entries(policy.principalIds)) {
    if (findEntityByArn(world, arn)?.id !== id) text = text.replaceAll(JSON.stringify(arn), JSON.stringify(id));
  }
  return text;
}

/** By its number alone an account of the policy's own partition is meant. */
function isAccountOf(world: World, named: { accountId: string; partition?: string }, partition: Partition): boolean {
  const account = findAccount(world, named.accountId);
  return (
    account !== undefined && (account.partition ?? 'aws') === partition && (named.partition ?? partition) === partition
  );
}

function roleOfSession(world: World, arn: string) {
  const [, accountId = '', roleName = ''] = SESSION_ARN.exec(arn) ?? [];
  return findRole(world, accountId, roleName);
}
