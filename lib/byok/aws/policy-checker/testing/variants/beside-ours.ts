import type { PolicyCase } from '../../policy-cases.ts';
import { contextKey, externalId, keyArn, roleArn } from '../statements.ts';
import { allow, and, bare, describes, keyStatements, text, trusts, uses, variant } from './build.ts';

const secondKey = 'arn:aws:kms:us-east-1:111122223333:key/11111111-2222-4333-8444-555555555555';
const aliasArn = 'arn:aws:kms:us-east-1:111122223333:alias/byok';
const viaS3 = { StringEquals: { 'kms:ViaService': 's3.us-east-1.amazonaws.com' } };
const objectOfS3 = { StringEquals: { 'kms:EncryptionContext:aws:s3:arn': 'arn:aws:s3:::a-bucket' } };
const otherTenant = { StringEquals: { [contextKey]: '00000000-0000-4000-8000-000000000000' } };
const withMfa = { Bool: { 'aws:MultiFactorAuthPresent': 'true' } };
const isOver = { DateLessThan: { 'aws:CurrentTime': '2020-01-01T00:00:00Z' } };
const fromNetwork = { StringEquals: { ...(uses.Condition.StringEquals as object), 'aws:SourceVpc': 'vpc-1' } };
const ourSids = ['KeywardDescribesThisKey', 'KeywardUsesThisKey'];
const s3 = { Sid: 'S3', Effect: 'Allow', Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Resource: '*' };

/** Beside what suffices: by what it is called, a further Allow that names the role or the key, and what it comes to. */
const furtherAllows: [name: string, parts: object, verdict: PolicyCase['expect']['verdict']][] = [
  ['for another key in our context', { Resource: secondKey }, 'wide'],
  ['for the key of another region', { Resource: keyArn?.replace('us-east-1', 'eu-west-1') }, 'wide'],
  ['by way of a service', { ...s3, Condition: viaS3 }, 'wide'],
  ['by way of a service, on our key', { Condition: viaS3 }, 'wide'],
  ['for the objects of a bucket', { ...s3, Condition: objectOfS3 }, 'wide'],
  ['in another tenant’s context', { Condition: otherTenant }, 'wide'],
  ['on an alias', { Resource: aliasArn }, 'sound'],
  ['with a second factor', { Condition: withMfa }, 'wide'],
  ['that is over', { Condition: isOver }, 'sound'],
  ['of the same and DescribeKey', { Action: ['kms:DescribeKey', ...(uses.Action as string[])] }, 'sound'],
  ['from a network', { Condition: fromNetwork }, 'sound'],
];

/** Allows add up: what more of them name us takes nothing away, and stays. */
export const besideOurs: PolicyCase[] = [
  ...furtherAllows.map(([name, parts, verdict]) =>
    variant(
      'permission',
      `A further Allow ${name}`,
      text(describes, uses, { ...uses, ...parts, Sid: 'Further' }),
      verdict,
      {
        keeps: [...ourSids, 'Further'],
      },
    ),
  ),
  variant(
    'permission',
    'A second pair for another key',
    text(
      describes,
      uses,
      { ...describes, Sid: 'DescribesOld', Resource: secondKey },
      { ...uses, Sid: 'UsesOld', Resource: secondKey },
    ),
    'wide',
    { keeps: [...ourSids, 'DescribesOld', 'UsesOld'] },
  ),
  variant(
    'permission',
    'A second pair for another key, where ours demands no context',
    text(
      describes,
      bare(uses),
      { ...describes, Sid: 'DescribesOld', Resource: secondKey },
      { ...uses, Sid: 'UsesOld', Resource: secondKey },
    ),
    'wide',
    { keeps: ['DescribesOld', 'UsesOld'] },
  ),
  variant(
    'permission',
    'A bucket’s use of the key, where ours excludes us',
    text(describes, and(uses, { Bool: { 'aws:MultiFactorAuthPresent': 'true' } }), { ...s3, Condition: viaS3 }),
    'fails',
    { keeps: ['S3'] },
  ),
  variant(
    'permission',
    'DescribeKey both alone and under the context',
    text(describes, { ...uses, Action: ['kms:DescribeKey', ...(uses.Action as string[])] }),
    'sound',
    { keeps: ourSids },
  ),
  variant(
    'permission',
    'Every action in both statements',
    text({ ...describes, Action: 'kms:*' }, { ...uses, Action: 'kms:*' }),
    'wide',
  ),
  variant(
    'permission',
    'Only for another key',
    text({ ...describes, Resource: secondKey }, { ...uses, Resource: secondKey }),
    'fails',
  ),
  variant('permission', 'Only by way of a service', text(describes, { ...uses, Condition: viaS3 }), 'fails'),
  ...(
    [
      ['by way of a service', { AWS: roleArn }, viaS3],
      ['by way of a service, and another’s', { AWS: [roleArn, 'arn:aws:iam::111122223333:role/Other'] }, viaS3],
      ['for the objects of a bucket', { AWS: roleArn }, objectOfS3],
      ['in another tenant’s context', { AWS: roleArn }, otherTenant],
    ] as const
  ).map(([name, principal, condition]) =>
    variant(
      'key',
      `The role’s use of the key ${name}`,
      text(...keyStatements, allow('Further', principal, ['kms:Decrypt', 'kms:GenerateDataKey'], condition)),
      'sound',
      { keeps: [...ourSids, 'Further'] },
    ),
  ),
  variant(
    'key',
    'Everybody of the account that owns the key',
    text(
      allow('Account', '*', 'kms:*', { StringEquals: { 'kms:CallerAccount': '111122223333' } }),
      ...keyStatements.slice(1),
    ),
    'sound',
    { keeps: ['Account', ...ourSids] },
  ),
  variant(
    'key',
    'Everybody of another account',
    text(
      allow('Account', '*', 'kms:*', { StringEquals: { 'kms:CallerAccount': '444455556666' } }),
      ...keyStatements.slice(1),
    ),
    'wide',
    { keeps: ['Account'], says: ['has no access to it'] },
  ),
  variant(
    'trust',
    'Another environment’s external ID',
    text(trusts, { ...trusts, Sid: 'Staging', Condition: { StringEquals: { 'sts:ExternalId': 'kw-staging' } } }),
    'wide',
    { keeps: ['KeywardAssumesThisRole', 'Staging'] },
  ),
  variant(
    'trust',
    'Another environment’s external ID, where ours is under a second factor',
    text(and(trusts, withMfa), {
      ...trusts,
      Sid: 'Staging',
      Condition: { StringEquals: { 'sts:ExternalId': 'kw-staging' } },
    }),
    'fails',
    { keeps: ['Staging'] },
  ),
  variant(
    'trust',
    'One session of our service role',
    text({ ...trusts, Principal: { AWS: 'arn:aws:sts::999988887777:assumed-role/KeywardService/demo' } }),
    'fails',
    { says: ['session'] },
  ),
  variant(
    'trust',
    'One session of our service role beside the role',
    text(trusts, {
      ...trusts,
      Sid: 'Session',
      Principal: { AWS: 'arn:aws:sts::999988887777:assumed-role/KeywardService/demo' },
    }),
    'sound',
    { keeps: ['KeywardAssumesThisRole', 'Session'] },
  ),
  ...(
    [
      ['only if there is one', { StringEqualsIfExists: { 'sts:ExternalId': externalId } }],
      ['of all values there are', { 'ForAllValues:StringEquals': { 'sts:ExternalId': externalId } }],
      ['that is not a certain one', { StringNotEquals: { 'sts:ExternalId': 'foo' } }],
      ['that is anything', { StringLike: { 'sts:ExternalId': '*' } }],
    ] as const
  ).map(([name, Condition]) =>
    variant('trust', `An external ID ${name}`, text({ ...trusts, Condition }), 'fails', { says: ['confused deputy'] }),
  ),
  variant(
    'trust',
    'An external ID that need not be, beside the right one',
    text(trusts, { ...trusts, Sid: 'Loose', Condition: { StringEqualsIfExists: { 'sts:ExternalId': externalId } } }),
    'fails',
    { keeps: ['KeywardAssumesThisRole'] },
  ),
];
