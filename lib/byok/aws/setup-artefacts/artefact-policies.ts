import { keyPolicy, type PolicyDocument, permissionPolicy, trustPolicy } from '../policies.ts';
import { rolesBeside, servicesBeside } from '../standing-uses.ts';
import { type ArtefactValues, keysInUse } from './artefact-values.ts';

/** Stand in the policies where a format fills in what is known only when it is applied: the role's and the keys' ARNs. */
export const marks = { role: '@role@', keys: '@keys@' } as const;

/**
 * The policy of keys in the role's own account, whichever they are: a folder or a stack writes it on each key that it has, also on
 * one that is no longer the chosen one. So it is that account's, and names every role that uses a key there.
 */
export function keyPolicyHere(values: ArtefactValues, roleArn = values.role.arn): PolicyDocument {
  const { shape, dataKeyPair, partition, role, tenant } = values;
  return keyPolicy({
    partition,
    accountId: role.accountId,
    roleArn,
    roleAccountId: role.accountId,
    alsoRoleArns: rolesHere(values),
    tenantId: tenant.id,
    shape,
    dataKeyPair,
  });
}

/** Other roles by which keys of the role's account are in use. */
export function rolesHere({ inUse, role }: ArtefactValues): string[] {
  const here = inUse.filter(({ keyArn }) => keyArn.split(':')[4] === role.accountId);
  const roles = here.map(({ roleArn }) => roleArn);
  return [...new Set(roles)].filter((arn) => arn !== role.arn && arn !== '');
}

/**
 * The three policies for these artefacts, from the one place where they are written. `partly` replaces the key's ARN, or
 * puts a format's own mark there, which stands for all keys.
 */
export function artefactPolicies(values: ArtefactValues, partly: { keyArn?: string } = {}) {
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
      roleArn: role.arn,
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
