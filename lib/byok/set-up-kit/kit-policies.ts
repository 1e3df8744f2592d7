import { keyPolicy, permissionPolicy, trustPolicy } from '../policies.ts';
import { rolesBeside, servicesBeside } from '../standing-uses.ts';
import { type KitValues, keysInUse } from './kit-values.ts';

/** Stand in the policies where a format fills in what is known only when it is applied: the role's and the keys' ARNs. */
export const marks = { role: '@role@', keys: '@keys@' } as const;

/**
 * The three policies for this kit, from the one place where they are written. `partly` replaces ARNs by a format's own marks; one
 * for the key stands for all keys.
 */
export function kitPolicies(values: KitValues, partly: { roleArn?: string; keyArn?: string } = {}) {
  const { shape, dataKeyPair, partition, role, cmk, serviceRoleArn, externalId, inUse } = values;
  const choices = { tenantId: values.tenant.id, shape, dataKeyPair };
  return {
    trust: trustPolicy({
      serviceRoleArn,
      alsoServiceRoleArns: servicesBeside(inUse, role.arn, serviceRoleArn),
      externalId,
      shape,
    }),
    key: keyPolicy({
      partition,
      accountId: cmk?.accountId ?? role.accountId,
      roleArn: partly.roleArn ?? role.arn,
      roleAccountId: role.accountId,
      alsoRoleArns: rolesBeside(inUse, cmk?.arn ?? null, role.arn),
      ...choices,
    }),
    permission: permissionPolicy({
      keyArn: partly.keyArn ?? cmk?.arn ?? '',
      alsoKeyArns: partly.keyArn ? [] : keysInUse(values),
      ...choices,
    }),
  };
}
