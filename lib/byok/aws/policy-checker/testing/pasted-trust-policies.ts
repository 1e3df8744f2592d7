import { trustPolicy } from '../../policies.ts';
import {
  bare,
  externalId,
  type Pasted,
  policy,
  root,
  serviceRoleArn,
  trust,
  trusting,
  values,
  withExternalId,
} from './statements.ts';

/** For tests: trust policies as people paste them, and exactly what is to be found in each. */
export const trustPolicies: Pasted[] = [
  ['as the console shows it', 'trust', trustPolicy(values), []],
  [
    'with one value in a list',
    'trust',
    trust({ Principal: { AWS: [serviceRoleArn] }, Action: ['sts:AssumeRole'] }),
    [],
  ],
  ['with tags on sessions', 'trust', trust({ Action: ['sts:AssumeRole', 'sts:TagSession'] }), []],
  ['everyone', 'trust', trust({ Principal: '*' }), ['everyone-trusted']],
  ['everyone, written as AWS', 'trust', trust({ Principal: { AWS: '*' } }), ['everyone-trusted']],
  [
    'everyone, narrowed to the service role',
    'trust',
    trust({
      Principal: '*',
      Condition: { ...withExternalId, ArnEquals: { 'aws:PrincipalArn': serviceRoleArn } },
    }),
    [],
  ],
  ['no external ID', 'trust', policy(bare(trusting({ Condition: undefined }))), ['external-id-missing']],
  [
    'the external ID of somebody else',
    'trust',
    trust({ Condition: { StringEquals: { 'sts:ExternalId': '<EXTERNAL-ID>' } } }),
    ['external-id-wrong'],
  ],
  [
    'an external ID with a wildcard',
    'trust',
    trust({ Condition: { StringLike: { 'sts:ExternalId': 'kw-*' } } }),
    ['external-id-loose'],
  ],
  [
    'an external ID only if there is one',
    'trust',
    trust({ Condition: { StringEqualsIfExists: { 'sts:ExternalId': externalId } } }),
    ['external-id-open'],
  ],
  [
    'another environment of ours beside it',
    'trust',
    trust({}, trusting({ Condition: { StringEquals: { 'sts:ExternalId': 'kw-another' } } })),
    ['other-external-id'],
  ],
  [
    'a second external ID',
    'trust',
    trust({ Condition: { StringEquals: { 'sts:ExternalId': [externalId, 'old'] } } }),
    ['external-id-loose'],
  ],
  [
    'the vendor’s whole account, without an external ID',
    'trust',
    policy(bare(trusting({ Principal: { AWS: '999988887777' }, Condition: undefined }))),
    ['vendor-account-trusted', 'external-id-missing'],
  ],
  [
    'the own account, as the console’s assistant has it',
    'trust',
    trust({ Principal: { AWS: root } }),
    ['others-trusted', 'service-role-not-trusted'],
  ],
  [
    'the service role’s name in the own account',
    'trust',
    trust({ Principal: { AWS: 'arn:aws:iam::111122223333:role/KeywardService' } }),
    ['wrong-account'],
  ],
  [
    'the service role in another partition',
    'trust',
    trust({ Principal: { AWS: 'arn:aws-cn:iam::999988887777:role/KeywardService' } }),
    ['wrong-partition'],
  ],
  [
    'one session of the service role',
    'trust',
    trust({ Principal: { AWS: 'arn:aws:sts::111122223333:assumed-role/KeywardService/demo' } }),
    ['session-named'],
  ],
  ['a principal that was deleted', 'trust', trust({ Principal: { AWS: 'AROAEXAMPLEEXAMPLE123' } }), ['gone-principal']],
  ['every action of STS', 'trust', trust({ Action: 'sts:*' }), ['actions-too-wide']],
  [
    'multi-factor authentication',
    'trust',
    trust({ Condition: { ...withExternalId, Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }),
    ['condition-excludes-us'],
  ],
  [
    'an address',
    'trust',
    trust({ Condition: { ...withExternalId, IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } } }),
    ['condition-may-exclude-us'],
  ],
  ['a Resource', 'trust', trust({ Resource: '*' }), ['resource-not-allowed']],
  ['a Deny of everything', 'trust', trust({}, { Effect: 'Deny', Principal: '*', Action: 'sts:*' }), ['denied-to-us']],
  [
    'a Deny of everybody who is not in the organisation',
    'trust',
    trust(
      {},
      {
        Effect: 'Deny',
        Principal: '*',
        Action: 'sts:AssumeRole',
        Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-1' } },
      },
    ),
    ['may-be-denied-to-us'],
  ],
  [
    'a Deny by NotPrincipal',
    'trust',
    trust({}, { Effect: 'Deny', NotPrincipal: { AWS: serviceRoleArn }, Action: 'sts:AssumeRole' }),
    ['not-principal-here'],
  ],
];
