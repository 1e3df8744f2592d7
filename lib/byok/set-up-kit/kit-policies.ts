import { keyPolicy, permissionPolicy, trustedPrincipal, trustPolicy } from '../policies.ts';
import type { KitValues } from './kit-values.ts';

/** Stands where a format puts a reference of its own: a role or a CMK that it is still to make, a parameter. */
export type Placeholders = {
  /** Whom the role is to trust: `trustedBy` of the kit's values. */
  trusted: string;
  externalId: string;
  tenantId: string;
  roleArn: string;
  keyArn: string;
};

/** The three policies for this kit, from the one place where they are written. `partly` replaces values by a format's own. */
export function kitPolicies(values: KitValues, partly: Partial<Placeholders> & { accountId?: string }) {
  const { shape, dataKeyPair, partition } = values;
  const given = {
    externalId: values.externalId,
    tenantId: values.tenant.id,
    roleArn: values.role.arn,
    accountId: values.cmk?.accountId ?? values.role.accountId,
    ...partly,
    shape,
    dataKeyPair,
  };
  // A placeholder says nothing of its account, so whom to trust is settled before.
  const trusted = { serviceRoleArn: partly.trusted ?? trustedBy(values), externalId: given.externalId };
  return {
    trust: trustPolicy(trusted),
    key: keyPolicy({ ...given, partition, roleAccountId: partly.accountId ?? values.role.accountId }),
    permission: permissionPolicy({ ...given, keyArn: partly.keyArn ?? values.cmk?.arn ?? '' }),
  };
}

/** The service role, or its whole account. */
export function trustedBy({ serviceRoleArn, shape }: KitValues): string {
  return trustedPrincipal(serviceRoleArn, shape);
}

/** What the parameter that holds it is called in words. */
export function trustedWords({ shape }: KitValues): string {
  return shape.trustPrincipal === 'account'
    ? 'Account of the vendor that may assume your role.'
    : 'Role of the vendor that may assume yours.';
}

/** A policy in which every string that is a key of `references` has become what it stands for. */
export function withReferences(part: unknown, references: ReadonlyMap<string, unknown>): unknown {
  if (typeof part === 'string') return references.has(part) ? references.get(part) : part;
  if (Array.isArray(part)) return part.map((item) => withReferences(item, references));
  if (typeof part !== 'object' || part === null) return part;
  return Object.fromEntries(Object.entries(part).map(([name, value]) => [name, withReferences(value, references)]));
}
