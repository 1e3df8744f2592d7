/** For tests: ways in which a customer gets the set-up by role wrong, and what has to be said of each. */

import type { AwsCheckId } from '#lib/byok/aws/checks.ts';
import type { RoleDraft } from '#lib/byok/aws/connection.ts';
import { permissionPolicy, policyText, trustPolicy } from '#lib/byok/aws/policies.ts';
import { type Customer, externalId, serviceRoleArn, tenantId } from './customer.ts';

export type Mistake = {
  name: string;
  /** What is done in AWS; answers with what is entered differently because of it. */
  make?: (aws: Customer) => Promise<Partial<RoleDraft> | undefined>;
  entered?: (aws: Customer) => Partial<RoleDraft>;
  check: AwsCheckId;
  cause: string;
  /** In the remedy's words. */
  remedy: RegExp;
  /** The kind of the policy that fixes it. */
  policy?: 'trust' | 'key' | 'permission';
};

const otherTenant = '11111111-2222-4333-8444-555555555555';

const trust = trustPolicy({ serviceRoleArn, externalId });
const [trusting] = trust.Statement;
const put = (work: (aws: Customer) => Promise<unknown>) => async (aws: Customer) => {
  await work(aws);
  return undefined;
};

export const trustMistakes: readonly Mistake[] = [
  {
    name: 'a trust policy without an external ID',
    make: put((aws) => aws.put.trust({ ...trust, Statement: [{ ...trusting, Condition: undefined }] })),
    check: 'confused-deputy',
    cause: 'external-id-not-required',
    remedy: /external ID/,
    policy: 'trust',
  },
  {
    name: 'a trust policy that takes any external ID',
    make: put((aws) =>
      aws.put.trust({ ...trust, Statement: [{ ...trusting, Condition: { StringLike: { 'sts:ExternalId': '*' } } }] }),
    ),
    check: 'confused-deputy',
    cause: 'external-id-not-checked',
    remedy: /external ID/,
    policy: 'trust',
  },
  {
    name: 'a trust policy with a wrong external ID',
    make: put((aws) => aws.put.trust(trustPolicy({ serviceRoleArn, externalId: 'kw-somebody-elses-id' }))),
    check: 'authentication',
    cause: 'assume-role-denied',
    remedy: /trust policy/,
    policy: 'trust',
  },
  {
    name: 'a trust policy for somebody else',
    make: put(async (aws) => {
      await aws.send('POST', 'accounts', { accountId: '444455556666' });
      await aws.put.trust(trustPolicy({ serviceRoleArn: 'arn:aws:iam::444455556666:root', externalId }));
    }),
    check: 'authentication',
    cause: 'assume-role-denied',
    remedy: /trust policy/,
    policy: 'trust',
  },
  {
    name: 'a trust policy that forbids us',
    make: put((aws) =>
      aws.put.trust({
        ...trust,
        Statement: [
          trusting,
          { Effect: 'Deny', Principal: { AWS: serviceRoleArn }, Action: 'sts:AssumeRole', Sid: 'No' },
        ],
      }),
    ),
    check: 'authentication',
    cause: 'assume-role-denied',
    remedy: /trust policy/,
    policy: 'trust',
  },
];

const actions = ['kms:DescribeKey', 'kms:GenerateDataKey', 'kms:Encrypt', 'kms:Decrypt'] as const;
const checkOf: Record<(typeof actions)[number], AwsCheckId> = {
  'kms:DescribeKey': 'key',
  'kms:GenerateDataKey': 'data-key',
  'kms:Encrypt': 'encryption-decryption',
  'kms:Decrypt': 'encryption-decryption',
};

type Statement = { Sid?: string; Effect: string; Action?: string | string[] };

/** A policy whose statements that allow do so for everything but one action. */
function without<P extends { Statement: readonly Statement[] }>(policy: P, action: string): P {
  const Statement = policy.Statement.map((statement) =>
    statement.Effect === 'Allow' && statement.Action !== 'kms:*'
      ? { ...statement, Action: [statement.Action ?? []].flat().filter((one) => one !== action) }
      : statement,
  ).filter(({ Action }) => Action?.length !== 0);
  return { ...policy, Statement };
}

/** Without its statement about the account, which would let the role's own policies decide. */
function ownOnly<P extends { Statement: readonly Statement[] }>(policy: P): P {
  return { ...policy, Statement: policy.Statement.filter(({ Sid }) => Sid !== 'EnableIAMUserPermissions') };
}

const administrator = {
  Sid: 'Administrator',
  Effect: 'Allow',
  Principal: { AWS: 'arn:aws:iam::111122223333:root' },
  Action: ['kms:PutKeyPolicy', 'kms:GetKeyPolicy', 'kms:EnableKey', 'kms:DescribeKey'],
  Resource: '*',
};

export const permissionMistakes: readonly Mistake[] = actions.flatMap((action): Mistake[] => [
  {
    name: `${action} missing in the role’s policy and in the key policy`,
    make: put(async (aws) => {
      await aws.put.permission(without(aws.policies.permission, action));
      await aws.put.key(without(aws.policies.key, action));
    }),
    check: checkOf[action],
    cause: 'access-denied',
    remedy: new RegExp(`Allow ${action} .*permission policy`),
    policy: 'permission',
  },
  {
    name: `${action} missing in a key policy that leaves nothing to the account`,
    make: put(async (aws) => {
      const own = without(ownOnly(aws.policies.key), action);
      await aws.put.key({ ...own, Statement: [...own.Statement, { ...administrator, Action: ['kms:PutKeyPolicy'] }] });
    }),
    check: checkOf[action],
    cause: 'access-denied',
    remedy: new RegExp(`Allow ${action} .*key policy`),
    policy: 'key',
  },
  {
    name: `${action} forbidden by a statement of the role’s policy`,
    make: put((aws) => {
      const deny = { Sid: 'No', Effect: 'Deny' as const, Action: action, Resource: '*' };
      const { permission } = aws.policies;
      return aws.put.permission({ ...permission, Statement: [...permission.Statement, deny] });
    }),
    check: checkOf[action],
    cause: 'explicit-deny',
    remedy: new RegExp(`${action} from the Deny in the policies of the role`),
    policy: 'permission',
  },
]);

export const policyMistakes: readonly Mistake[] = [
  {
    name: 'a permissions boundary without KMS',
    make: put((aws) =>
      aws.iam('PutRolePermissionsBoundary', {
        RoleName: 'BYOK_Role',
        PolicyDocument: policyText({
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: 'sts:GetCallerIdentity', Resource: '*' }],
        }),
      }),
    ),
    check: 'key',
    cause: 'permissions-boundary',
    remedy: /permissions boundary/,
  },
  {
    name: 'a key policy that demands another tenant’s context',
    make: put((aws) => aws.put.key(JSON.parse(policyText(aws.policies.key).replaceAll(tenantId, otherTenant)))),
    check: 'data-key',
    cause: 'explicit-deny',
    remedy: /encryption context/,
    policy: 'key',
  },
  {
    name: 'a permission policy for another tenant’s context, and a key policy that leaves it to the account',
    make: put(async (aws) => {
      const { key, permission } = aws.policies;
      await aws.put.permission(JSON.parse(policyText(permission).replaceAll(tenantId, otherTenant)));
      await aws.put.key({ ...key, Statement: key.Statement.slice(0, 1) });
    }),
    check: 'data-key',
    cause: 'access-denied',
    remedy: /permission policy/,
    policy: 'permission',
  },
  {
    name: 'a permission policy for the alias in place of the key',
    make: put(async (aws) => {
      const { key } = aws.policies;
      await aws.put.permission(permissionPolicy({ keyArn: aws.aliasArn, tenantId }));
      await aws.put.key({ ...key, Statement: key.Statement.slice(0, 1) });
    }),
    check: 'key',
    cause: 'access-denied',
    remedy: /permission policy/,
    policy: 'permission',
  },
];
