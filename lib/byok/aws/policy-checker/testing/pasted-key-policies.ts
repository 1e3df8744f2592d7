import { keyPolicy } from '../../policies.ts';
import {
  contextKey,
  keyArn,
  keyDenies,
  keyDescribes,
  keyUses,
  onKey,
  type Pasted,
  policy,
  roleArn,
  root,
  rootStatement,
  serviceRoleArn,
  toRole,
  values,
} from './statements.ts';

/** For tests: key policies as people paste them, and exactly what is to be found in each. */
export const keyPolicies: Pasted[] = [
  ['as the console shows it', 'key', keyPolicy({ ...values, accountId: values.keyAccountId }), []],
  [
    'with administrators beside it',
    'key',
    onKey(
      {},
      {
        Effect: 'Allow',
        Principal: { AWS: 'arn:aws:iam::111122223333:role/Admin' },
        Action: ['kms:Describe*', 'kms:PutKeyPolicy'],
        Resource: '*',
      },
    ),
    [],
  ],
  ['AWS’s own for a new key', 'key', policy(rootStatement), ['role-by-account-only', 'context-deny-missing']],
  [
    'the vendor’s old guide',
    'key',
    policy(rootStatement, {
      Sid: 'Allow use of the key',
      Effect: 'Allow',
      Principal: toRole,
      Action: ['kms:Encrypt', 'kms:Decrypt', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
      Resource: '*',
    }),
    ['actions-too-wide', 'context-missing', 'context-deny-missing'],
  ],
  ['no root', 'key', policy(keyDescribes, keyUses, keyDenies), ['root-missing']],
  ['everyone', 'key', onKey({ Principal: '*' }), ['everyone-trusted']],
  [
    'the vendor’s service role',
    'key',
    onKey({}, { ...keyDescribes, Principal: { AWS: serviceRoleArn } }),
    ['vendor-on-key'],
  ],
  [
    'the role in another account',
    'key',
    onKey({ Principal: { AWS: roleArn.replace('111122223333', '444455556666') } }),
    ['wrong-account'],
  ],
  [
    'the role in another partition',
    'key',
    onKey({ Principal: { AWS: roleArn.replace('arn:aws:', 'arn:aws-us-gov:') } }),
    ['wrong-partition'],
  ],
  ['a role that was deleted', 'key', onKey({ Principal: { AWS: 'AROAEXAMPLEEXAMPLE123' } }), ['gone-principal']],
  [
    'together with an administrator, and everything',
    'key',
    onKey({
      Principal: { AWS: [roleArn, 'arn:aws:iam::111122223333:role/Admin'] },
      Action: 'kms:*',
      Condition: undefined,
    }),
    ['actions-too-wide', 'context-missing'],
  ],
  ['no Decrypt', 'key', onKey({ Action: ['kms:Encrypt', 'kms:GenerateDataKey'] }), ['role-by-account-only']],
  ['no Deny for other contexts', 'key', policy(rootStatement, keyDescribes, keyUses), ['context-deny-missing']],
  [
    'a Deny that includes DescribeKey',
    'key',
    policy(rootStatement, keyDescribes, keyUses, { ...keyDenies, Action: 'kms:*' }),
    ['denied-to-us'],
  ],
  [
    'a Deny for another tenant’s context',
    'key',
    policy(rootStatement, keyDescribes, keyUses, {
      ...keyDenies,
      Condition: { StringNotEquals: { [contextKey]: 'acme' } },
    }),
    ['denied-to-us'],
  ],
  [
    'a Deny for everybody',
    'key',
    onKey({}, { Effect: 'Deny', Principal: '*', Action: 'kms:*', Resource: '*' }),
    ['denied-to-us', 'root-denied'],
  ],
  [
    'a Deny outside a network',
    'key',
    onKey(
      {},
      {
        Effect: 'Deny',
        Principal: '*',
        Action: 'kms:Decrypt',
        Resource: '*',
        Condition: { StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } },
      },
    ),
    ['may-be-denied-to-us'],
  ],
  [
    'a Deny by NotPrincipal',
    'key',
    onKey(
      {},
      {
        Effect: 'Deny',
        NotPrincipal: { AWS: [root, 'arn:aws:iam::111122223333:role/Admin'] },
        Action: 'kms:Decrypt',
        Resource: '*',
      },
    ),
    ['not-principal', 'denied-to-us'],
  ],
  [
    'an Allow by NotPrincipal',
    'key',
    onKey({}, { Effect: 'Allow', NotPrincipal: { AWS: root }, Action: 'kms:Decrypt', Resource: '*' }),
    ['not-principal-here', 'context-missing'],
  ],
  ['the key’s own ARN as Resource', 'key', onKey({ Resource: keyArn }), []],
  [
    'another key’s ARN as Resource',
    'key',
    onKey({ Resource: keyArn?.replace('8cdca674', '00000000') }),
    ['resource-wrong'],
  ],
  ['no Principal', 'key', onKey({ Principal: undefined }), ['bad-value']],
  ['no Resource, which KMS saves and does not heed', 'key', onKey({ Resource: undefined }), ['without-effect']],
];
