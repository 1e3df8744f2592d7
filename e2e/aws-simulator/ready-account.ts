import { callIamAsRoot, callKmsAsRoot, ensureAccount } from './administrator.ts';
import { AwsError } from './errors.ts';
import { defaultKeyPolicy } from './kms/key-policies.ts';
import { type Partition, partitionOfRegion, REGIONS } from './regions.ts';
import type { Simulator } from './simulator.ts';
import { findRole, own } from './world/world.ts';
import { vendorRoleArnIn } from './world-defaults.ts';

export interface ReadyAccountRequest {
  accountId: string;
  region: string;
  roleName: string;
  aliasName: string;
  serviceRoleArn: string;
}

export interface ReadyAccount {
  accountId: string;
  region: string;
  roleArn: string;
  keyArn: string;
  keyId: string;
  aliasArn: string;
}

const DEFAULTS = { roleName: 'BYOK_Role', aliasName: 'alias/byok-prod' };

/**
 * A customer's account with a role and a key that work, made by somebody in a hurry: the trust policy asks for no external
 * ID and no policy asks for an encryption context. What is there already is left as it is, so calling again changes nothing.
 * @throws AwsError
 */
export async function makeReadyAccount(simulator: Simulator, input: Record<string, unknown>): Promise<ReadyAccount> {
  const { accountId, region, roleName, aliasName, serviceRoleArn } = parse(input);
  const { world } = simulator;
  const partition = partitionOfRegion(region);
  ensureAccount(simulator, accountId, undefined, partition);
  const roleArn = `arn:${partition}:iam::${accountId}:role/${roleName}`;
  const roleIsNew = !findRole(world, accountId, roleName);
  if (roleIsNew) {
    const trust = { Effect: 'Allow', Principal: { AWS: serviceRoleArn }, Action: 'sts:AssumeRole' };
    await callIamAsRoot(simulator, accountId, 'CreateRole', {
      RoleName: roleName,
      AssumeRolePolicyDocument: policy([trust]),
    });
  }
  const aliasArn = `arn:${partition}:kms:${region}:${accountId}:${aliasName}`;
  if (!own(world.state.aliases, aliasArn)) {
    const created = await callKmsAsRoot(simulator, accountId, region, 'CreateKey', {
      Description: 'Bring your own key',
      Policy: keyPolicy(accountId, roleArn, partition),
    });
    const { KeyId: TargetKeyId } = created.KeyMetadata as { KeyId: string };
    await callKmsAsRoot(simulator, accountId, region, 'CreateAlias', { AliasName: aliasName, TargetKeyId });
  }
  const keyArn = own(world.state.aliases, aliasArn)?.targetKeyArn ?? '';
  if (roleIsNew) {
    await callIamAsRoot(simulator, accountId, 'PutRolePolicy', {
      RoleName: roleName,
      PolicyName: 'BYOK_Policy',
      PolicyDocument: permissionPolicy(keyArn),
    });
  }
  return { accountId, region, roleArn, keyArn, keyId: keyArn.split('/').at(-1) ?? '', aliasArn };
}

const ON_THE_KEY = [
  'kms:DescribeKey',
  'kms:Encrypt',
  'kms:Decrypt',
  'kms:GenerateDataKey',
  'kms:GenerateDataKeyPair',
  'kms:GetKeyRotationStatus',
  'kms:ListResourceTags',
];

function permissionPolicy(keyArn: string): string {
  return policy([
    { Sid: 'UseTheKey', Effect: 'Allow', Action: ON_THE_KEY, Resource: keyArn },
    { Sid: 'FindTheKey', Effect: 'Allow', Action: 'kms:ListAliases', Resource: '*' },
  ]);
}

function keyPolicy(accountId: string, roleArn: string, partition: Partition): string {
  const { Statement: statements } = JSON.parse(defaultKeyPolicy(accountId, partition)) as { Statement: object[] };
  const forRole = {
    Sid: 'Allow use of the key',
    Effect: 'Allow',
    Principal: { AWS: roleArn },
    Action: ON_THE_KEY,
    Resource: '*',
  };
  return policy([...statements, forRole]);
}

function policy(statements: object[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements }, null, 2);
}

function parse(input: Record<string, unknown>): ReadyAccountRequest {
  const text = (name: keyof ReadyAccountRequest, pattern: RegExp, usual?: string): string => {
    const value = input[name] ?? usual;
    if (typeof value !== 'string' || !pattern.test(value))
      throw new AwsError('ValidationError', `${name} is not valid.`);
    return value;
  };
  const region = text('region', /^[a-z0-9-]+$/);
  if (!REGIONS.has(region)) throw new AwsError('ValidationError', `There is no region ${region}.`);
  return {
    accountId: text('accountId', /^\d{12}$/),
    region,
    roleName: text('roleName', /^[\w+=,.@-]{1,64}$/, DEFAULTS.roleName),
    aliasName: text('aliasName', /^alias\/[\w/-]+$/, DEFAULTS.aliasName),
    serviceRoleArn: text('serviceRoleArn', /^arn:/, vendorRoleArnIn(partitionOfRegion(region))),
  };
}
