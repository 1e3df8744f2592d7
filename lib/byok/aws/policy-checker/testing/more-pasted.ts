import type { FindingCode } from '../finding-words.ts';
import type { PolicyKind } from '../policy-shape.ts';
import {
  contextKey,
  cryptographic,
  describes,
  keyArn,
  onKey,
  type Pasted,
  permits,
  policy,
  roleArn,
  tenantId,
  trust,
  uses,
  withExternalId,
} from './statements.ts';

const admin = 'arn:aws:iam::111122223333:role/Admin';
const administers = { Effect: 'Allow', Principal: { AWS: admin }, Action: 'kms:PutKeyPolicy', Resource: '*' };
const condition = (block: object) => ({ ...administers, Condition: block });
const inPermission = (title: string, parts: Record<string, unknown>, ...findings: FindingCode[]): Pasted => [
  title,
  'permission',
  permits(parts),
  findings,
];
const inKey = (title: string, statement: Record<string, unknown>, ...findings: FindingCode[]): Pasted => [
  title,
  'key',
  onKey({}, statement),
  findings,
];
const long = (kind: PolicyKind, count: number) => {
  const one = { Effect: 'Deny', Action: kind === 'trust' ? 'sts:AssumeRole' : 's3:*' };
  const about = kind === 'trust' ? { Principal: { AWS: admin } } : { Resource: 'arn:aws:s3:::a-bucket' };
  const more = Array.from({ length: count }, () => ({ ...one, ...about }));
  return kind === 'trust' ? trust({}, ...more) : permits({}, ...more);
};

/** For tests: what AWS refuses to save, what others need, and what is found of either. */
export const morePolicies: Pasted[] = [
  [
    'NotPrincipal with Allow',
    'trust',
    trust({ Principal: undefined, NotPrincipal: { AWS: admin } }),
    ['not-principal-here'],
  ],
  inKey('a wildcard in a principal', { ...administers, Principal: { AWS: `${admin}*` } }, 'bad-principal'),
  inPermission('an action without a service', { Action: ['Decrypt', ...cryptographic] }, 'bad-action'),
  [
    'an action of KMS',
    'trust',
    trust({ Action: ['sts:AssumeRole', 'kms:Decrypt'] }),
    ['action-not-here', 'actions-too-wide'],
  ],
  inPermission('a key ID as Resource', { Resource: keyArn?.split('/')[1] }, 'bad-resource', 'resource-wrong'),
  inPermission('an operator misspelt', { Condition: { StringEqual: { [contextKey]: tenantId } } }, 'bad-operator'),
  [
    'a condition key without its service',
    'trust',
    trust({ Condition: { StringEquals: { ExternalId: 'x' } } }),
    ['bad-condition-key'],
  ],
  inKey('Null with IfExists', condition({ NullIfExists: { 'aws:PrincipalTag/a': 'true' } }), 'null-if-exists'),
  inKey('a Bool of yes', condition({ Bool: { 'aws:SecureTransport': 'yes' } }), 'bad-condition-value'),
  inKey(
    'one condition key twice',
    condition({ StringEquals: { 'aws:PrincipalTag/a': 'b', 'aws:principaltag/a': 'c' } }),
    'condition-twice',
  ),
  [
    'ForAllValues on the context',
    'key',
    onKey({ Condition: { 'ForAllValues:StringEquals': { [contextKey]: tenantId } } }),
    ['set-on-context', 'context-loose'],
  ],
  inKey(
    'a dash of a word processor',
    condition({ StringEquals: { 'aws:PrincipalTag/a': 'b – c' } }),
    'forbidden-character',
  ),
  ['as long as no permission policy', 'permission', long('permission', 200), ['too-long']],
  ['longer than a managed policy', 'permission', long('permission', 100), ['longer-than-managed']],
  ['longer than the usual trust policy', 'trust', long('trust', 30), ['longer-than-usual']],
  inKey('a bucket as Resource', { ...administers, Resource: 'arn:aws:s3:::a-bucket/*' }, 'stray-resource'),
  [
    'the role with a path',
    'key',
    onKey({ Principal: { AWS: roleArn.replace('role/', 'role/team/') } }),
    ['role-spelt-otherwise'],
  ],
  [
    'the role in capitals',
    'key',
    onKey({ Principal: { AWS: roleArn.replace('BYOK', 'byok') } }),
    ['role-spelt-otherwise'],
  ],
  [
    'another key beside it',
    'permission',
    policy(describes, uses, { ...uses, Condition: undefined, Resource: `${keyArn?.slice(0, -1)}2` }),
    ['other-keys'],
  ],
  inPermission('an ARN of five parts', { Resource: 'arn:aws:kms:us-east-1:*' }, 'resource-of-few-parts'),
  [
    'until a day',
    'trust',
    trust({ Condition: { ...withExternalId, DateLessThan: { 'aws:CurrentTime': '2130-01-01T00:00:00Z' } } }),
    ['condition-ends'],
  ],
  [
    'an account with hyphens',
    'trust',
    trust({ Principal: { AWS: '9999-8888-7777' } }),
    ['bad-principal', 'others-trusted'],
  ],
];
