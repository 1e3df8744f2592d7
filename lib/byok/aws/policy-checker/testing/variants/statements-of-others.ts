import type { PolicyCase } from '../../policy-cases.ts';
import { contextKey, externalId, keyArn, tenantId } from '../statements.ts';
import {
  account,
  allow,
  and,
  bare,
  beside,
  deny,
  describes,
  everyone,
  role,
  stays,
  text,
  trusts,
  uses,
  variable,
  variant,
} from './build.ts';

const bucket = { Sid: 'ReadBucket', Effect: 'Allow', Action: ['s3:GetObject'], Resource: 'arn:aws:s3:::a-bucket/*' };
const regions = (...names: string[]) => ({
  Sid: 'OnlyRegions',
  Effect: 'Deny',
  NotAction: ['iam:*', 'sts:*'],
  Resource: '*',
  Condition: { StringNotEquals: { 'aws:RequestedRegion': names } },
});
const lambda = {
  Sid: 'Lambda',
  Effect: 'Allow',
  Principal: { Service: 'lambda.amazonaws.com' },
  Action: 'sts:AssumeRole',
};
const people = {
  Sid: 'People',
  Effect: 'Allow',
  Principal: { Federated: 'arn:aws:iam::111122223333:saml-provider/Corp' },
  Action: 'sts:AssumeRoleWithSAML',
  Condition: { StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' } },
};
const inPermission = (name: string, statement: object, sid: string) =>
  variant('permission', name, text(describes, bare(uses), statement), 'wide', { keeps: [sid] });

/** What others need stays, word for word. */
export const statementsOfOthers: PolicyCase[] = [
  ...stays(
    'Grants for AWS services',
    allow('Grants', role('App'), ['kms:CreateGrant', 'kms:RevokeGrant'], {
      Bool: { 'kms:GrantIsForAWSResource': 'true' },
    }),
  ),
  ...stays(
    'A trail with its context',
    allow('Trail', { Service: 'cloudtrail.amazonaws.com' }, 'kms:GenerateDataKey*', {
      StringLike: { 'kms:EncryptionContext:aws:cloudtrail:arn': 'arn:aws:cloudtrail:*:111122223333:trail/*' },
    }),
  ),
  ...stays(
    'Another role',
    allow('Payments', role('PaymentsApp'), ['kms:Encrypt', 'kms:Decrypt', 'kms:GenerateDataKey*']),
  ),
  ...stays('Another account', allow('Sister', account('444455556666'), ['kms:Decrypt', 'kms:DescribeKey'])),
  ...stays(
    'A user with a path',
    allow('Auditor', { AWS: 'arn:aws:iam::444455556666:user/audit/Ann' }, 'kms:DescribeKey'),
  ),
  ...stays(
    'Everybody of the own account',
    allow('AnyoneHere', { AWS: '*' }, 'kms:Decrypt', { StringEquals: { 'aws:PrincipalAccount': '111122223333' } }),
  ),
  ...stays(
    'Two services',
    allow('TwoServices', { Service: ['sns.amazonaws.com', 'events.amazonaws.com'] }, ['kms:Decrypt']),
  ),
  ...stays(
    'A context of their own',
    allow('OtherApp', role('Other'), 'kms:Decrypt', { StringEquals: { 'kms:EncryptionContext:app': 'billing' } }),
  ),
  ...stays(
    'An administrator under our context',
    allow('BreakGlass', role('Admin'), ['kms:Decrypt', 'kms:ReEncrypt*'], { StringEquals: { [contextKey]: tenantId } }),
  ),
  ...stays('A namesake of our role', allow('Namesake', role('BYOK_Role', '444455556666'), 'kms:DescribeKey')),
  ...stays(
    'Units of an organisation',
    allow('Units', { AWS: '*' }, 'kms:Decrypt', {
      'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': ['o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/*'] },
    }),
  ),
  ...stays(
    'One network endpoint',
    allow('Endpoint', { AWS: '*' }, 'kms:Decrypt', { StringEquals: { 'aws:SourceVpce': 'vpce-0a1b' } }),
  ),
  ...stays('A role that is gone', allow('Gone', { AWS: 'AROAEXAMPLEEXAMPLE123' }, 'kms:Decrypt')),
  ...stays('A Deny without TLS', deny('OnlyTls', '*', 'kms:*', { Bool: { 'aws:SecureTransport': 'false' } })),
  ...stays(
    'A Deny of short waiting',
    deny('Wait30', role('Admin'), 'kms:ScheduleKeyDeletion', {
      NumericLessThan: { 'kms:ScheduleKeyDeletionPendingWindowInDays': '30' },
    }),
  ),
  ...stays('A Deny for one other role', deny('NotInterns', role('Intern'), 'kms:*')),
  ...stays(
    'A Deny that spares us',
    deny('OnlyThese', '*', ['kms:Decrypt'], {
      ArnNotLike: {
        'aws:PrincipalArn': ['arn:aws:iam::111122223333:role/BYOK_Role', 'arn:aws:iam::111122223333:role/Admin'],
      },
    }),
  ),
  ...['Key administrators', 'Allow use (of the key): 100%', 'Zugriff_für-Verwalter'].flatMap((sid) =>
    stays(`The Sid ${sid}`, allow(sid, role('KeyAdmin'), 'kms:PutKeyPolicy')),
  ),
  inPermission('A bucket', bucket, 'ReadBucket'),
  inPermission('Regions', regions('us-east-1'), 'OnlyRegions'),
  inPermission(
    'A Deny of other accounts’ keys',
    {
      Sid: 'Own',
      Effect: 'Deny',
      Action: 'kms:*',
      Resource: '*',
      Condition: {
        StringNotEqualsIfExists: { 'aws:ResourceAccount': [variable('aws:PrincipalAccount'), '444455556666'] },
      },
    },
    'Own',
  ),
  variant('permission', 'A Deny outside our region too', text(describes, uses, regions('eu-west-1')), 'fails'),
  variant(
    'permission',
    'Another key for another app',
    text(describes, uses, { ...bare(uses), Sid: 'Other', Resource: `${keyArn?.slice(0, -1)}1` }),
    'wide',
    { keeps: ['Other'] },
  ),
  variant(
    'permission',
    'Listing aliases',
    text(describes, uses, { Sid: 'L', Effect: 'Allow', Action: 'kms:ListAliases', Resource: '*' }),
    'sound',
    { keeps: ['L'] },
  ),
  variant(
    'permission',
    'Ours and a bucket in one statement',
    text({
      Sid: 'All',
      Effect: 'Allow',
      Action: ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:DescribeKey', 's3:GetObject'],
      Resource: '*',
    }),
    'wide',
  ),
  variant('trust', 'A service beside us', text(trusts, lambda), 'wide', {
    keeps: ['Lambda', 'KeywardAssumesThisRole'],
  }),
  variant('trust', 'A service beside us without external ID', text(bare(trusts), lambda), 'wide', {
    keeps: ['Lambda'],
  }),
  variant(
    'trust',
    'People beside us with another external ID',
    text(and(trusts, { StringEquals: { 'sts:ExternalId': `${externalId}x` } }), people),
    'fails',
    { keeps: ['People'] },
  ),
  beside(
    'Through a service, from any account',
    allow('ThroughEbs', { AWS: '*' }, ['kms:Decrypt', 'kms:CreateGrant'], {
      StringLike: { 'kms:ViaService': 'ec2.*.amazonaws.com' },
    }),
    'fails',
    { says: everyone, keeps: ['ThroughEbs'] },
  ),
  beside(
    'In the organisation of the key',
    allow('Org', '*', 'kms:Decrypt', { StringEquals: { 'aws:PrincipalOrgID': variable('aws:ResourceOrgID') } }),
    'sound',
    { keeps: ['Org'] },
  ),
  beside(
    'A Deny of another organisation',
    deny('Org', '*', 'kms:*', { StringNotEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } }),
    'risk',
    { keeps: ['Org'] },
  ),
  beside(
    'A Deny of all but others',
    deny('D', '*', 'kms:Decrypt', { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/Admin' } }),
    'fails',
  ),
];
