/** What the AWS administrator of a customer in any partition does in the simulated AWS, by the very policies that the console shows. */
import { randomInt } from 'node:crypto';
import type { Demo } from '../fixtures.ts';
import { simulatedAws } from './simulated-aws.ts';

export type PartitionAccount = ReturnType<typeof accountIn>;

/** An account that nobody has used before, in the partition of this region. */
export function accountIn(demo: Demo, region: string) {
  const accountId = `6666${randomInt(10 ** 8)}`.padEnd(12, '0');
  const partition = region.startsWith('us-gov-') ? 'aws-us-gov' : region.startsWith('cn-') ? 'aws-cn' : 'aws';
  const { post } = simulatedAws(demo);
  const iam = (action: string, input: object) => post(`accounts/${accountId}/iam/${action}`, input);
  const kms = (action: string, input: object) => post(`accounts/${accountId}/kms/${region}/${action}`, input);
  return {
    accountId,
    partition,
    iam,
    kms,
    open: () => post('accounts', { accountId, partition }),
    /** A role with this trust policy; answers its ARN. */
    async makeRole(trust: string, RoleName = 'BYOK_Role'): Promise<string> {
      await iam('CreateRole', { RoleName, AssumeRolePolicyDocument: trust });
      return `arn:${partition}:iam::${accountId}:role/${RoleName}`;
    },
    /** A key with this policy; answers its ARN. */
    async makeKey(policy: string): Promise<string> {
      const { KeyMetadata } = await kms('CreateKey', { Policy: policy });
      return (KeyMetadata as { Arn: string }).Arn;
    },
    permit: (PolicyDocument: string, RoleName = 'BYOK_Role') =>
      iam('PutRolePolicy', { RoleName, PolicyName: 'Keyward', PolicyDocument }),
    /** Answers the alias' ARN. */
    async pointAlias(name: string, keyArn: string): Promise<string> {
      const input = { AliasName: name, TargetKeyId: keyArn.slice(keyArn.lastIndexOf('/') + 1) };
      await kms('CreateAlias', input).catch(() => kms('UpdateAlias', input));
      return `arn:${partition}:kms:${region}:${accountId}:${name}`;
    },
  };
}
