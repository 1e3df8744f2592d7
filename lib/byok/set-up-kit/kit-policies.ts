import { keyPolicy, permissionPolicy, trustPolicy } from '../policies.ts';
import type { KitValues } from './kit-values.ts';

/** Stands where a format puts a reference of its own: a role or a CMK that it is still to make, a parameter. */
export type Placeholders = {
  serviceRoleArn: string;
  externalId: string;
  tenantId: string;
  roleArn: string;
  keyArn: string;
};

/** The three policies for this kit, from the one place where they are written. `partly` replaces values by a format's own. */
export function kitPolicies(values: KitValues, partly: Partial<Placeholders> & { accountId?: string }) {
  const given = {
    serviceRoleArn: values.serviceRoleArn,
    externalId: values.externalId,
    tenantId: values.tenant.id,
    roleArn: values.role.arn,
    accountId: values.cmk?.accountId ?? values.role.accountId,
    ...partly,
  };
  return {
    trust: trustPolicy(given),
    key: keyPolicy({ ...given, partition: values.partition }),
    permission: permissionPolicy({ ...given, keyArn: partly.keyArn ?? values.cmk?.arn ?? '' }),
  };
}

/** A policy in which every string that is a key of `references` has become what it stands for. */
export function withReferences(part: unknown, references: ReadonlyMap<string, unknown>): unknown {
  if (typeof part === 'string') return references.has(part) ? references.get(part) : part;
  if (Array.isArray(part)) return part.map((item) => withReferences(item, references));
  if (typeof part !== 'object' || part === null) return part;
  return Object.fromEntries(Object.entries(part).map(([name, value]) => [name, withReferences(value, references)]));
}
