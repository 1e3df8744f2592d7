import type { PolicyCase } from '../../policy-cases.ts';
import { externalId, keyArn, serviceRoleArn } from '../statements.ts';
import {
  account,
  allow,
  and,
  beside,
  deny,
  everyone,
  type Json,
  keyStatements,
  role,
  stays,
  text,
  trusts,
  variable,
  variant,
} from './build.ts';

const toEveryone = { ...trusts, Principal: { AWS: '*' } };
const open = (name: string, block: Record<string, Json>): PolicyCase =>
  variant('trust', `Everybody: ${name}`, text(and(toEveryone, block)), ['wide', 'fails'], { says: everyone });
const arn = (operator: string, value: unknown) => ({ [operator]: { 'aws:PrincipalArn': value } });

const refused = (name: string, principal: object, ...says: string[]): PolicyCase =>
  beside(name, allow('KeyAdministrators', principal, 'kms:PutKeyPolicy'), 'refused-by-aws', { says });
const aws = (name: string) => ({ AWS: name });
const vendor = { ...trusts, Principal: account('999988887777') };
const [first, ...others] = keyStatements;
const accountAs = (name: string, parts: Json, verdict: 'sound' | 'wide') =>
  variant('key', `The account ${name}`, text({ ...first, ...parts }, ...others), verdict);

/** Whom a policy lets in, and whom AWS does not know. */
export const principalVariants: PolicyCase[] = [
  variant(
    'trust',
    'Everybody and nothing else',
    text({ Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole' }),
    'fails',
    { says: everyone },
  ),
  beside('Everybody may decrypt', allow('Open', '*', 'kms:Decrypt'), 'fails', { says: everyone }),
  open('an account of question marks', arn('ArnLike', 'arn:aws:iam::????????????:role/KeywardService')),
  open('a star behind the partition', arn('StringLike', 'arn:aws:*KeywardService')),
  open('one exact and one open value', arn('ArnLike', [serviceRoleArn, 'arn:aws:iam::*:role/Admin'])),
  open('accounts by a pattern', { StringLike: { 'aws:PrincipalAccount': '9999*' } }),
  open('a condition only if the key exists', { StringEqualsIfExists: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } }),
  open('ForAllValues, which holds for none', {
    'ForAllValues:StringLike': { 'aws:PrincipalOrgPaths': 'o-a1b2c3d4e5/*' },
  }),
  open('a variable that each fills in', { StringEquals: { 'aws:PrincipalAccount': variable('aws:PrincipalAccount') } }),
  open('all but one account', { StringNotEquals: { 'aws:PrincipalAccount': '111122223333' } }),
  open('a tag', { StringEquals: { 'aws:PrincipalTag/vendor': 'keyward' } }),
  open('every unit of every organisation', { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-*/r-*' } }),
  variant(
    'trust',
    'The vendor’s account and the exact role as text',
    text(and(vendor, { StringEquals: { 'aws:PrincipalArn': serviceRoleArn } })),
    'sound',
  ),
  variant(
    'trust',
    'The vendor’s account and two roles',
    text(and(vendor, arn('ArnEquals', [serviceRoleArn, 'arn:aws:iam::999988887777:role/Other']))),
    'wide',
  ),
  variant(
    'trust',
    'The vendor’s account and a prefix',
    text(and(vendor, arn('StringLike', 'arn:aws:iam::999988887777:role/Keyward*'))),
    'wide',
  ),
  variant(
    'trust',
    'The vendor’s account and another account’s role',
    text(and(vendor, arn('ArnLike', 'arn:aws:iam::444455556666:role/KeywardService'))),
    'fails',
  ),
  variant(
    'trust',
    'The service role in other capitals',
    text({ ...trusts, Principal: aws(serviceRoleArn.toLowerCase()) }),
    'fails',
  ),
  beside(
    'A Deny by NotPrincipal that names the role alone',
    { ...deny('N', undefined, 'kms:Decrypt'), NotPrincipal: role('BYOK_Role') },
    'fails',
  ),
  beside(
    'A Deny by NotPrincipal that names role, session and account',
    {
      ...deny('N', undefined, 'kms:Decrypt'),
      NotPrincipal: {
        AWS: [
          'arn:aws:iam::111122223333:role/BYOK_Role',
          'arn:aws:sts::111122223333:assumed-role/BYOK_Role/keyward',
          'arn:aws:iam::111122223333:root',
        ],
      },
    },
    'wide',
  ),
  refused('Any account', aws('arn:aws:iam::*:root'), 'digits', 'wildcard'),
  refused('Any session', aws('arn:aws:sts::111122223333:assumed-role/App/*'), 'wildcard'),
  refused('An account with a letter', aws('11112222333O'), '11112222333O'),
  refused('A service as AWS', aws('s3.amazonaws.com'), 's3.amazonaws.com'),
  refused('A key', aws(keyArn ?? ''), 'principal'),
  refused('A policy', aws('arn:aws:iam::111122223333:policy/Admin'), 'policy/Admin'),
  refused('A line end', aws('arn:aws:iam::111122223333:role/KeyAdmin\n'), 'character'),
  refused('Angle brackets', aws('arn:aws:iam::<account>:role/KeyAdmin'), 'placeholder'),
  refused('A variable of Terraform', aws(`arn:aws:iam::${variable('var.account')}:root`), 'placeholder'),
  refused('A partition that does not exist', aws('arn:amazon:iam::111122223333:root'), 'partition'),
  refused('A name of seventy letters', role('x'.repeat(70)), 'principal'),
  refused('A colon too many', aws('arn:aws:iam:::111122223333:root'), 'principal'),
  refused('Quotation marks of a word processor', aws('arn:aws:iam::111122223333:role/“KeyAdmin”'), 'character'),
  refused('A kind that does not exist', { Account: '111122223333' }, 'Account'),
  refused('A kind in small letters', { service: 'logs.us-east-1.amazonaws.com' }, 'Service'),
  refused('A service with a wildcard', { Service: '*.amazonaws.com' }, 'wildcard'),
  refused('A service by its title', { Service: 'CloudWatch Logs' }, 'service'),
  ...stays('A role with a path', allow('A', role('teams/keys/KeyAdmin'), 'kms:PutKeyPolicy')),
  ...stays('A session', allow('A', aws('arn:aws:sts::111122223333:assumed-role/App/i-0a1b'), 'kms:Decrypt')),
  ...stays(
    'A user with signs',
    allow('A', aws('arn:aws:iam::111122223333:user/ann.lee+keys@example.com'), 'kms:Decrypt'),
  ),
  ...stays(
    'A service-linked role',
    allow('A', role('aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling'), 'kms:CreateGrant'),
  ),
  accountAs('with everything but use', { Action: ['kms:Put*', 'kms:Get*', 'kms:Describe*'] }, 'sound'),
  accountAs('that cannot change the policy', { Action: ['kms:Describe*', 'kms:List*'] }, 'wide'),
  accountAs(
    'by number in a list',
    { Principal: { AWS: ['111122223333', 'arn:aws:iam::111122223333:role/Admin'] } },
    'sound',
  ),
  accountAs('that is another one', { Principal: account('444455556666') }, 'wide'),
  accountAs(
    'narrowed to administrators',
    { Condition: arn('ArnLike', 'arn:aws:iam::111122223333:role/Admin*') },
    'wide',
  ),
  accountAs(
    'narrowed by the kind of principal',
    { Condition: { StringEquals: { 'aws:PrincipalType': 'Account' } } },
    'sound',
  ),
  variant(
    'trust',
    'The external ID in a list with another',
    text(and(trusts, { StringEquals: { 'sts:ExternalId': [externalId, 'old'] } })),
    'wide',
  ),
];
