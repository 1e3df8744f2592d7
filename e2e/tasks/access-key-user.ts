/** A user of a customer's with an access key, and a key whose policy leaves it to the account who may use it. */
import type { Demo } from '../fixtures.ts';
import { region } from './aws-account.ts';
import { simulatedAws } from './simulated-aws.ts';

export type AccessKey = { accessKeyId: string; secretAccessKey: string };

export async function accessKeyUser(demo: Demo, accountId: string, UserName = 'keyward') {
  const post = (path: string, body: object) => simulatedAws(demo).post(`accounts/${accountId}/${path}`, body);
  await post('iam/CreateUser', { UserName });
  const { KeyMetadata } = await post(`kms/${region}/CreateKey`, {});
  const { Arn: keyArn, KeyId: keyId } = KeyMetadata as { Arn: string; KeyId: string };
  return {
    keyArn,
    keyId,
    /** As text, as it is shown. */
    applyPolicy: (PolicyDocument: string) =>
      post('iam/PutUserPolicy', { UserName, PolicyName: 'Keyward', PolicyDocument }),
    async createAccessKey(): Promise<AccessKey> {
      const { AccessKey } = await post('iam/CreateAccessKey', { UserName });
      const { AccessKeyId, SecretAccessKey } = AccessKey as { AccessKeyId: string; SecretAccessKey: string };
      return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey };
    },
    setActive: ({ accessKeyId }: AccessKey, active: boolean) =>
      post('iam/UpdateAccessKey', { AccessKeyId: accessKeyId, Status: active ? 'Active' : 'Inactive' }),
  };
}
