/** For tests: a user of the customer's with an access key, who may do with the key what a test says. */
import { randomUUID } from 'node:crypto';
import { type AccessKeyDraft, awsDraftSchema } from '#lib/byok/aws/connection.ts';
import { policyText } from '#lib/byok/aws/policies.ts';
import { userPolicy } from '#lib/byok/aws/user-policies.ts';
import type { SelfTestOptions } from '../aws/self-test.ts';
import { type Customer, region, tenantId } from './customer.ts';
import { optionsFor } from './run-self-test.ts';

export type AccessKeyUser = Awaited<ReturnType<typeof makeUser>>;

/** Without `policy` the user has the one that Keyward shows. */
export async function makeUser(
  aws: Pick<Customer, 'iam' | 'keyArn'>,
  policy: object = userPolicy({ keyArn: aws.keyArn, tenantId }),
) {
  const UserName = `keyward-${randomUUID().slice(0, 8)}`;
  const may = (document: object) =>
    aws.iam('PutUserPolicy', { UserName, PolicyName: 'Keyward', PolicyDocument: policyText(document) });
  const createAccessKey = async () => {
    const { AccessKey } = await aws.iam('CreateAccessKey', { UserName });
    const { AccessKeyId, SecretAccessKey } = AccessKey as { AccessKeyId: string; SecretAccessKey: string };
    return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey };
  };
  await aws.iam('CreateUser', { UserName });
  await may(policy);
  const accessKey = await createAccessKey();
  return {
    userName: UserName,
    accessKey,
    may,
    createAccessKey,
    setActive: (active: boolean, AccessKeyId = accessKey.accessKeyId) =>
      aws.iam('UpdateAccessKey', { AccessKeyId, Status: active ? 'Active' : 'Inactive' }),
    deleteAccessKey: (AccessKeyId = accessKey.accessKeyId) => aws.iam('DeleteAccessKey', { AccessKeyId }),
  };
}

/** A test of this user's access key with the customer's key. */
export function optionsForUser(
  aws: Customer,
  user: Pick<AccessKeyUser, 'accessKey'>,
  configuration: Partial<AccessKeyDraft> = {},
  more: Partial<SelfTestOptions> = {},
): SelfTestOptions {
  return {
    ...optionsFor(aws, more),
    secretAccessKey: user.accessKey.secretAccessKey,
    configuration: awsDraftSchema.parse({
      provider: 'aws',
      authMode: 'access-key',
      region,
      accessKeyId: user.accessKey.accessKeyId,
      keyArn: aws.keyArn,
      ...configuration,
    }),
    ...more,
  };
}
