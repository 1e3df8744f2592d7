/** For tests: names that are wrong as they are entered, and what has to be said of each. */
import { region, serviceRoleArn, vendorAccountId } from './customer.ts';
import type { Mistake } from './mistakes.ts';

const otherKeyId = '8cdca674-96a6-4a51-bd21-896541a2b840';

export const enteredMistakes: readonly Mistake[] = [
  {
    name: 'a role ARN where the key’s belongs',
    entered: ({ roleArn }) => ({ keyArn: roleArn }),
    check: 'format',
    cause: 'wrong-kind',
    remedy: /Provider ARN/,
  },
  {
    name: 'the key’s ARN where the role’s belongs',
    entered: ({ keyArn }) => ({ roleArn: keyArn }),
    check: 'format',
    cause: 'wrong-kind',
    remedy: /Role ARN/,
  },
  {
    name: 'a user where the role belongs',
    entered: () => ({ roleArn: 'arn:aws:iam::111122223333:user/ann' }),
    check: 'format',
    cause: 'wrong-kind',
    remedy: /Role ARN/,
  },
  {
    name: 'a session of the role',
    entered: () => ({ roleArn: 'arn:aws:sts::111122223333:assumed-role/BYOK_Role/ann' }),
    check: 'format',
    cause: 'wrong-kind',
    remedy: /Role ARN/,
  },
  {
    name: 'an ARN that was cut off',
    entered: ({ keyArn }) => ({ keyArn: keyArn.slice(0, -4) }),
    check: 'format',
    cause: 'bad-resource',
    remedy: /Provider ARN/,
  },
  {
    name: 'an account ID of eleven digits',
    entered: () => ({ roleArn: 'arn:aws:iam::11112222333:role/BYOK_Role' }),
    check: 'format',
    cause: 'bad-account',
    remedy: /Role ARN/,
  },
  {
    name: 'an alias of AWS’s own',
    entered: () => ({ keyArn: `arn:aws:kms:${region}:111122223333:alias/aws/s3` }),
    check: 'format',
    cause: 'aws-managed',
    remedy: /Provider ARN/,
  },
  {
    name: 'a region that does not exist',
    entered: () => ({ region: 'us-east-9' }),
    check: 'format',
    cause: 'region-unknown',
    remedy: /list in AWS Region/,
  },
  {
    name: 'a key of another region than the one chosen',
    entered: () => ({ region: 'eu-west-1' }),
    check: 'format',
    cause: 'wrong-place',
    remedy: /AWS Region/,
  },
  {
    name: 'a key in the vendor’s account',
    entered: () => ({ keyArn: `arn:aws:kms:${region}:${vendorAccountId}:key/${otherKeyId}` }),
    check: 'format',
    cause: 'wrong-place',
    remedy: /Provider ARN/,
  },
  {
    name: 'the vendor’s own role',
    entered: () => ({ roleArn: serviceRoleArn }),
    check: 'format',
    cause: 'wrong-place',
    remedy: /Role ARN/,
  },
  {
    name: 'a key and a role of another partition',
    entered: () => ({
      region: 'us-gov-west-1',
      roleArn: 'arn:aws-us-gov:iam::111122223333:role/BYOK_Role',
      keyArn: `arn:aws-us-gov:kms:us-gov-west-1:111122223333:key/${otherKeyId}`,
    }),
    check: 'format',
    cause: 'partition-mismatch',
    remedy: /partition|vendor/,
  },
  {
    name: 'a key outside of the home region',
    entered: () => ({ region: 'eu-west-1', keyArn: `arn:aws:kms:eu-west-1:111122223333:key/${otherKeyId}` }),
    check: 'region',
    cause: 'region-mismatch',
    remedy: /Create a key in us-east-1/,
  },
  {
    name: 'the account ID of somebody else in the role’s ARN',
    entered: () => ({ roleArn: 'arn:aws:iam::444455556666:role/BYOK_Role' }),
    check: 'authentication',
    cause: 'assume-role-denied',
    remedy: /trust policy/,
    policy: 'trust',
  },
  {
    name: 'a role that does not exist',
    entered: () => ({ roleArn: 'arn:aws:iam::111122223333:role/BYOK_Rolle' }),
    check: 'authentication',
    cause: 'assume-role-denied',
    remedy: /trust policy/,
    policy: 'trust',
  },
  {
    name: 'a key that does not exist',
    entered: () => ({ keyArn: `arn:aws:kms:${region}:111122223333:key/${otherKeyId}` }),
    check: 'key',
    cause: 'key-not-found',
    remedy: /Compare the ARN/,
  },
  {
    name: 'an alias to nowhere',
    entered: () => ({ keyArn: `arn:aws:kms:${region}:111122223333:alias/nowhere` }),
    check: 'key',
    cause: 'key-not-found',
    remedy: /Compare the ARN/,
  },
];
