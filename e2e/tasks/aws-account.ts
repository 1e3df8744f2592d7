/** What the AWS administrator of any customer does in the simulated AWS: keys, roles, and the policies that we ask for. */
import { randomInt } from 'node:crypto';
import { keyPolicy, permissionPolicy, policyText, trustPolicy } from '../../lib/byok/aws/policies.ts';
import { VENDOR_ROLE_ARN } from '../aws-simulator/world-defaults.ts';
import type { Demo } from '../fixtures.ts';
import { simulatedAws } from './simulated-aws.ts';

export const region = 'us-east-1';

export type Tenant = { id: string; externalId: string };
export type AwsAccount = ReturnType<typeof awsAccount>;

/** An account that nobody has used before, so that a test can be run again on the same demo. */
export function awsAccount(demo: Demo, accountId = `7777${randomInt(10 ** 8)}`.padEnd(12, '0')) {
  const { post, put } = simulatedAws(demo);
  const iam = (action: string, input: object) => post(`accounts/${accountId}/iam/${action}`, input);
  const kms = (action: string, input: object) => post(`accounts/${accountId}/kms/${region}/${action}`, input);
  const roleArn = (name: string) => `arn:aws:iam::${accountId}:role/${name}`;
  return {
    accountId,
    open: () => post('accounts', { accountId }),
    /** A role that trusts us with this tenant's external ID, and may use nothing yet. */
    async makeRole(name: string, tenant: Tenant): Promise<string> {
      const trust = policyText(trustPolicy({ serviceRoleArn: VENDOR_ROLE_ARN, externalId: tenant.externalId }));
      await iam('CreateRole', { RoleName: name, AssumeRolePolicyDocument: trust });
      return roleArn(name);
    },
    /** A key that this role may use for this tenant's data, and the role's permission for it; `more` goes to CreateKey. */
    async makeKey(roleName: string, tenant: Tenant, more: object = {}): Promise<string> {
      const policy = keyPolicy({ partition: 'aws', accountId, roleArn: roleArn(roleName), tenantId: tenant.id });
      const { KeyMetadata } = await kms('CreateKey', { Policy: policyText(policy), ...more });
      const { Arn: keyArn } = KeyMetadata as { Arn: string };
      const permission = policyText(permissionPolicy({ keyArn, tenantId: tenant.id }));
      await iam('PutRolePolicy', { RoleName: roleName, PolicyName: 'Keyward', PolicyDocument: permission });
      return keyArn;
    },
    /** A further inline policy of the role. */
    permit: (roleName: string, name: string, statements: readonly object[]) =>
      iam('PutRolePolicy', {
        RoleName: roleName,
        PolicyName: name,
        PolicyDocument: policyText({ Version: '2012-10-17', Statement: statements }),
      }),
    tagKey: (keyArn: string, key: string, value: string) =>
      kms('TagResource', { KeyId: keyArn, Tags: [{ TagKey: key, TagValue: value }] }),
    /** Imported material comes, until this instant, or goes. */
    importMaterial: (keyArn: string, validTo: Date) =>
      put('key-material', { keyArn, present: true, validTo: validTo.toISOString() }),
    removeMaterial: (keyArn: string) => put('key-material', { keyArn, present: false }),
    connectKeyStore: (keyArn: string, connected: boolean) => put('key-store-connection', { keyArn, connected }),
    disableKey: (keyArn: string) => kms('DisableKey', { KeyId: keyArn }),
    enableKey: (keyArn: string) => kms('EnableKey', { KeyId: keyArn }),
  };
}
