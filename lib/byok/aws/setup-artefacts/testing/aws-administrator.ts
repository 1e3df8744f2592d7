/** For tests: an administrator of the customer's account, with IAM and with KMS and STS by the unmodified SDK. */
import {
  CreateAliasCommand,
  CreateKeyCommand,
  DescribeKeyCommand,
  GetKeyPolicyCommand,
  KMSClient,
  ListKeysCommand,
  ListResourceTagsCommand,
  PutKeyPolicyCommand,
} from '@aws-sdk/client-kms';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { accountId, type Customer, region } from '../../../../kms/testing/customer.ts';
import { roleName } from './artefact-values.ts';

type Json = Record<string, unknown>;
export type Administrator = Awaited<ReturnType<typeof administratorOf>>;

/** A new user who may do everything, and an account in which the artefacts' role has not been made yet. */
export async function administratorOf(aws: Customer) {
  const UserName = `Admin${Math.trunc(performance.now() * 1_000)}`;
  const PolicyDocument = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
  });
  await aws.iam('CreateUser', { UserName });
  await aws.iam('PutUserPolicy', { UserName, PolicyName: 'all', PolicyDocument });
  const { AccessKey } = await aws.iam('CreateAccessKey', { UserName });
  const { AccessKeyId, SecretAccessKey } = AccessKey as Record<string, string>;
  const credentials = { accessKeyId: AccessKeyId ?? '', secretAccessKey: SecretAccessKey ?? '' };
  const kms = new KMSClient({ region, credentials, maxAttempts: 1 });
  const sts = new STSClient({ region, credentials, maxAttempts: 1 });
  const calls: string[] = [];
  const call: Record<string, (input: Json) => Promise<Json>> = {
    'sts get-caller-identity': async () => asJson(await sts.send(new GetCallerIdentityCommand({}))),
    'kms create-key': async (input) => asJson(await kms.send(new CreateKeyCommand(input))),
    'kms create-alias': async (input) => asJson(await kms.send(new CreateAliasCommand(input as never))),
    'kms list-keys': async (input) => asJson(await kms.send(new ListKeysCommand(input))),
    'kms list-resource-tags': async (input) => asJson(await kms.send(new ListResourceTagsCommand(input as never))),
    'kms describe-key': async (input) => asJson(await kms.send(new DescribeKeyCommand(input as never))),
    'kms get-key-policy': async (input) => asJson(await kms.send(new GetKeyPolicyCommand(input as never))),
    'kms put-key-policy': async (input) => asJson(await kms.send(new PutKeyPolicyCommand(input as never))),
    'iam get-role': (input) => aws.iam('GetRole', input),
    'iam create-role': (input) => aws.iam('CreateRole', input),
    'iam get-role-policy': (input) => aws.iam('GetRolePolicy', input),
    'iam update-assume-role-policy': (input) => aws.iam('UpdateAssumeRolePolicy', input),
    'iam put-role-policy': (input) => aws.iam('PutRolePolicy', input),
    'iam wait': (input) => aws.iam('GetRole', input),
  };
  return {
    accountId,
    credentials,
    calls,
    /** A call as the AWS CLI names it. */
    async call(name: string, input: Json): Promise<Json> {
      const known = call[name];
      if (!known) throw new Error(`nobody taught the administrator ${name}`);
      calls.push(name);
      return known(input);
    },
    /** Takes away the role that artefacts made, so that another can be tried. */
    async removeRole(): Promise<void> {
      const { PolicyNames = [] } = await aws.iam('ListRolePolicies', { RoleName: roleName }).catch(() => ({}) as Json);
      for (const PolicyName of PolicyNames as string[]) {
        await aws.iam('DeleteRolePolicy', { RoleName: roleName, PolicyName });
      }
      await aws.iam('DeleteRole', { RoleName: roleName }).catch(() => undefined);
    },
    close() {
      kms.destroy();
      sts.destroy();
    },
  };
}

function asJson(answer: object): Json {
  return { ...answer };
}
