/** For tests: policies as documents, so that two are alike which say the same in another order or form. */
import type { Customer } from '../../../../kms/testing/customer.ts';

type Json = Record<string, unknown>;

/** Lists of one are the item itself, lists are sorted, doubles gone, names in order. */
export function normalised(part: unknown): unknown {
  if (Array.isArray(part)) {
    const items = [
      ...new Map(part.map((item) => [JSON.stringify(normalised(item)), normalised(item)] as const)).values(),
    ];
    if (items.length === 1 && typeof items[0] !== 'object') return items[0];
    return items.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  }
  if (typeof part !== 'object' || part === null) return part;
  const entries = Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, inner]) => [name, normalised(inner)]));
}

/** What stands in the account now. `key` only where the key is in it. */
export async function policiesInAws(
  aws: Customer,
  { roleName, permissionName, keyArn }: { roleName: string; permissionName: string; keyArn: string | null },
): Promise<{ trust: unknown; permission: unknown; key: unknown }> {
  const { Role } = (await aws.iam('GetRole', { RoleName: roleName })) as { Role: Json };
  const permission = await aws.iam('GetRolePolicy', { RoleName: roleName, PolicyName: permissionName });
  const key = keyArn === null ? null : await aws.kms('GetKeyPolicy', { KeyId: keyArn, PolicyName: 'default' });
  return {
    trust: JSON.parse(decodeURIComponent(String(Role.AssumeRolePolicyDocument))),
    permission: JSON.parse(decodeURIComponent(String(permission.PolicyDocument))),
    key: key === null ? null : JSON.parse(String(key.Policy)),
  };
}
