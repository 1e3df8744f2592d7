import type { PolicyCase } from '../../policy-cases.ts';
import { keyArn, serviceRoleArn } from '../statements.ts';
import {
  allow,
  and,
  beside,
  contextKey,
  describes,
  type Json,
  keyStatements,
  role,
  text,
  trusts,
  uses,
  variable,
  variant,
  withoutDeny,
} from './build.ts';

type Verdict = PolicyCase['expect']['verdict'];
type Row = [name: string, block: Record<string, Json>, verdict: Verdict];

const ofTrust: Row[] = [
  ['an age of MFA', { NumericLessThan: { 'aws:MultiFactorAuthAge': '300' } }, 'fails'],
  ['MFA if there is such a key, which a role has', { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'true' } }, 'fails'],
  ['no user name', { Null: { 'aws:username': 'true' } }, 'sound'],
  ['a user name', { StringLike: { 'aws:username': '*' } }, 'fails'],
  ['not through a service', { Bool: { 'aws:ViaAWSService': 'false' } }, 'sound'],
  ['a federated provider', { StringEquals: { 'aws:FederatedProvider': 'x' } }, 'fails'],
  ['only these tags', { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['a'] } }, 'sound'],
  ['one of these tags', { 'ForAnyValue:StringEquals': { 'aws:TagKeys': ['a'] } }, 'fails'],
  ['a source account', { StringEquals: { 'aws:SourceAccount': '999988887777' } }, 'fails'],
  ['a source account if there is one', { StringEqualsIfExists: { 'aws:SourceAccount': '999988887777' } }, 'sound'],
  ['the right role as text', { StringEquals: { 'aws:PrincipalArn': serviceRoleArn } }, 'sound'],
  [
    'the session in place of the role',
    { ArnLike: { 'aws:PrincipalArn': 'arn:aws:sts::999988887777:assumed-role/KeywardService/*' } },
    'fails',
  ],
  ['our session’s name', { StringLike: { 'sts:RoleSessionName': 'keyward-*' } }, 'sound'],
  ['another session’s name', { StringEquals: { 'sts:RoleSessionName': 'keyward' } }, 'fails'],
  ['from a day to come', { DateGreaterThan: { 'aws:CurrentTime': '2199-01-01T00:00:00Z' } }, 'fails'],
  ['from a day in the past', { DateGreaterThan: { 'aws:CurrentTime': '2020-01-01' } }, 'sound'],
  ['until a day to come', { DateLessThan: { 'aws:EpochTime': '4102444800' } }, 'risk'],
  ['an address of IPv6', { IpAddress: { 'aws:SourceIp': '2001:db8::/32' } }, 'risk'],
  ['an organisation', { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } }, 'risk'],
  ['a session of an hour at most', { NumericLessThanEquals: { 'sts:DurationSeconds': '3600' } }, 'sound'],
];
const ofUse: Row[] = [
  ['a source identity', { StringLike: { 'aws:SourceIdentity': '*' } }, 'fails'],
  ['a service in between', { 'ForAnyValue:StringEquals': { 'aws:CalledVia': ['s3.amazonaws.com'] } }, 'fails'],
  ['our account', { StringEquals: { 'kms:CallerAccount': '111122223333' } }, 'sound'],
  ['another account', { StringEquals: { 'kms:CallerAccount': '444455556666' } }, 'fails'],
  ['our region', { StringEquals: { 'aws:RequestedRegion': 'us-east-1' } }, 'sound'],
  ['a pair that is sent', { StringEquals: { 'kms:EncryptionContext:keyward:purpose': 'data-key' } }, 'sound'],
  ['a pair that is not sent', { StringEquals: { 'kms:EncryptionContext:department': 'hr' } }, 'fails'],
  [
    'all names of pairs',
    {
      'ForAllValues:StringEquals': {
        'kms:EncryptionContextKeys': ['keyward:app', 'keyward:tenant', 'keyward:purpose'],
      },
    },
    'sound',
  ],
  ['one name of a pair', { 'ForAllValues:StringEquals': { 'kms:EncryptionContextKeys': ['keyward:tenant'] } }, 'fails'],
  ['an attestation', { StringEqualsIgnoreCase: { 'kms:RecipientAttestation:PCR0': 'ab' } }, 'fails'],
  ['a grant', { Bool: { 'kms:GrantIsForAWSResource': 'true' } }, 'fails'],
  ['a tag of the key', { StringEquals: { 'aws:ResourceTag/env': 'prod' } }, 'risk'],
  ['the account as a variable', { StringEquals: { 'aws:ResourceAccount': variable('aws:PrincipalAccount') } }, 'sound'],
  [
    'a variable with a default',
    { StringEquals: { 'aws:RequestedRegion': variable("aws:username, 'us-east-1'") } },
    'sound',
  ],
  ['no multi-Region key', { Bool: { 'kms:MultiRegion': 'false' } }, 'sound'],
];
const ofDeny: Row[] = [
  ['long-term keys', { Null: { 'aws:TokenIssueTime': 'true' } }, 'sound'],
  ['temporary credentials', { Null: { 'aws:TokenIssueTime': 'false' } }, 'fails'],
  ['old sessions', { DateLessThan: { 'aws:TokenIssueTime': '2025-06-01T00:00:00Z' } }, 'sound'],
  ['everything from a day to come', { DateGreaterThan: { 'aws:CurrentTime': '2199-01-01T00:00:00Z' } }, 'risk'],
  ['everything without MFA', { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } }, 'fails'],
  ['other networks', { StringNotEquals: { 'aws:SourceVpc': 'vpc-1' } }, 'risk'],
  [
    'other addresses, unless a service calls',
    { NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' }, Bool: { 'aws:ViaAWSService': 'false' } },
    'risk',
  ],
  ['calls by a service', { Bool: { 'aws:ViaAWSService': 'true' } }, 'sound'],
  ['an ARN that never matches', { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam:*:role/BYOK_Role' } }, 'fails'],
];
const admin = (block: object) => allow('KeyAdministrators', role('KeyAdmin'), 'kms:PutKeyPolicy', block);
const operators = [
  'StringEqualsIgnorecase',
  'StringMatches',
  'ForAnyValues:StringEquals',
  'ArnNotEqual',
  'IPAddress',
  'NotStringEquals',
];
const misfits: [operator: string, key: string, value: string][] = [
  ['DateGreaterThan', 'aws:CurrentTime', 'tomorrow'],
  ['IpAddress', 'aws:SourceIp', '203.0.113.0.1'],
  ['NotIpAddress', 'aws:SourceIp', '2001:db8::/129'],
  ['Null', 'aws:PrincipalTag/a', 'maybe'],
  ['Bool', 'aws:SecureTransport', '1'],
];
const resources: [name: string, list: unknown, verdict: Verdict][] = [
  ['every key of the account', ['arn:aws:kms:*:111122223333:key/*'], 'wide'],
  ['the key and its alias', [keyArn, 'arn:aws:kms:us-east-1:111122223333:alias/byok'], 'wide'],
  ['the key and everything', [keyArn, '*'], 'wide'],
  ['the replica alone', keyArn?.replace('us-east-1', 'us-west-2'), 'fails'],
  ['capitals in the key’s ID', keyArn?.replace('8cdca674', '8CDCA674'), 'fails'],
  ['a space behind the ARN', `${keyArn} `, 'fails'],
  ['the key in a list', [keyArn], 'sound'],
];

/** What a condition comes to for our requests, and what AWS takes as one. */
export const conditionVariants: PolicyCase[] = [
  ...ofTrust.map(([name, block, verdict]) =>
    variant('trust', `The trust demands ${name}`, text(and(trusts, block)), verdict),
  ),
  ...ofUse.map(([name, block, verdict]) =>
    variant('permission', `The use demands ${name}`, text(describes, and(uses, block)), verdict),
  ),
  ...ofDeny.map(([name, Condition, verdict]) =>
    variant(
      'permission',
      `A Deny of ${name}`,
      text(describes, uses, { Sid: 'Guard', Effect: 'Deny', Action: 'kms:*', Resource: '*', Condition }),
      verdict,
      {
        keeps: verdict === 'fails' ? [] : ['Guard'],
      },
    ),
  ),
  ...operators.map((name) =>
    beside(`The operator ${name}`, admin({ [name]: { 'aws:PrincipalTag/a': 'b' } }), 'refused-by-aws', {
      says: [name],
    }),
  ),
  ...misfits.map(([operator, key, value]) =>
    beside(`${operator} of ${value}`, admin({ [operator]: { [key]: value } }), 'refused-by-aws', { says: [value] }),
  ),
  ...resources.map(([name, Resource, verdict]) =>
    variant('permission', `Resource: ${name}`, text(describes, { ...uses, Resource }), verdict),
  ),
  variant(
    'key',
    'The key by a pattern, in its own policy',
    text(...keyStatements.map((one) => ({ ...one, Resource: 'arn:aws:kms:us-east-1:111122223333:key/*' }))),
    'sound',
  ),
  variant(
    'key',
    'ForAllValues in the Deny',
    text(...withoutDeny, { ...keyStatements[3], Condition: { 'ForAllValues:StringNotEquals': { [contextKey]: 'x' } } }),
    'refused-by-aws',
    { says: ['ForAllValues'] },
  ),
  variant(
    'permission',
    'ForAllValues in a permission policy, which holds without a context',
    text(describes, { ...uses, Condition: { 'ForAllValues:StringEquals': uses.Condition.StringEquals } }),
    'wide',
  ),
];
