import {
  CreateKeyCommand,
  DescribeKeyCommand,
  DisableKeyCommand,
  GenerateDataKeyCommand,
  GetKeyPolicyCommand,
  type KMSClient,
  PutKeyPolicyCommand,
} from '@aws-sdk/client-kms';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ALLOW_ALL, type Credentials, type Harness, policy, startHarness } from '../testing/harness.ts';

const API = 'https://docs.aws.amazon.com/kms/latest/APIReference';
const POLICIES = 'https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-overview.html';
const CROSS = 'https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html';

let harness: Harness;
let admin: Credentials;
let kms: KMSClient;
let KeyId: string;

beforeAll(async () => {
  harness = await startHarness();
  admin = await harness.user('admin', ALLOW_ALL);
});
beforeEach(async () => {
  kms = harness.kms(admin);
  KeyId = await newKey();
});
afterAll(() => harness.close());

async function newKey(input: object = {}): Promise<string> {
  const { KeyMetadata } = await kms.send(new CreateKeyCommand(input));
  if (!KeyMetadata?.Arn) throw new Error('No key.');
  return KeyMetadata.Arn;
}

const describeKey = async (id = KeyId) => (await kms.send(new DescribeKeyCommand({ KeyId: id }))).KeyMetadata;
const use = (id = KeyId) => kms.send(new GenerateDataKeyCommand({ KeyId: id, KeySpec: 'AES_256' }));

describe('key policies', () => {
  const root = {
    Effect: 'Allow',
    Principal: { AWS: 'arn:aws:iam::111122223333:root' },
    Action: 'kms:*',
    Resource: '*',
  };
  const put = (...statements: object[]) =>
    kms.send(new PutKeyPolicyCommand({ KeyId, Policy: JSON.stringify(policy(...statements)) }));

  it('https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html: the default lets IAM decide', async () => {
    const { Policy } = await kms.send(new GetKeyPolicyCommand({ KeyId }));
    expect(JSON.parse(Policy ?? '').Statement).toMatchObject([root]);
    const reader = harness.kms(
      await harness.user('reader', policy({ Effect: 'Allow', Action: 'kms:DescribeKey', Resource: KeyId })),
    );
    await expect(reader.send(new DescribeKeyCommand({ KeyId }))).resolves.toBeDefined();
    await expect(reader.send(new GenerateDataKeyCommand({ KeyId, KeySpec: 'AES_256' }))).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: `User: arn:aws:iam::111122223333:user/reader is not authorized to perform: kms:GenerateDataKey on resource: ${KeyId} because no identity-based policy allows the kms:GenerateDataKey action`,
    });
  });

  it(`${API}/API_PutKeyPolicy.html: a policy that locks its author out is refused, unless that is asked for`, async () => {
    const onlyUse = { ...root, Action: 'kms:Decrypt' };
    await expect(put(onlyUse)).rejects.toMatchObject({
      name: 'MalformedPolicyDocumentException',
      message: /in the future/,
    });
    const Policy = JSON.stringify(policy(onlyUse));
    await kms.send(new PutKeyPolicyCommand({ KeyId, Policy, BypassPolicyLockoutSafetyCheck: true }));
    await expect(put(root)).rejects.toMatchObject({ name: 'AccessDeniedException' });
    await expect(harness.root('PutKeyPolicy', { KeyId, Policy })).rejects.toThrow(/^AccessDeniedException/);
  });

  it(`${POLICIES}: a policy that names nobody who exists, or says what is not known, is refused`, async () => {
    for (const statement of [
      { ...root, Principal: { AWS: 'arn:aws:iam::111122223333:role/NotThere' } },
      { ...root, Action: 'kms:Everything' },
      { ...root, Condition: { StringMatches: { 'kms:CallerAccount': 'x' } } },
      { ...root, Condition: { StringEquals: { 'kms:Whatever': 'x' } } },
    ]) {
      await expect(put(root, statement)).rejects.toMatchObject({ name: 'MalformedPolicyDocumentException' });
    }
  });

  it('https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html: the encryption context decides, in Allow and in Deny', async () => {
    const { roleArn, keyArn } = await harness.ready();
    const role = harness.kms(await harness.assume(roleArn));
    const generate = (EncryptionContext?: Record<string, string>) =>
      role.send(new GenerateDataKeyCommand({ KeyId: keyArn, KeySpec: 'AES_256', EncryptionContext }));
    await expect(generate({ 'keyward:tenant': 'someone-else' })).resolves.toBeDefined();
    const tenant = { 'kms:EncryptionContext:keyward:tenant': 't1' };
    const forRole = {
      Principal: { AWS: roleArn },
      Action: ['kms:Encrypt', 'kms:Decrypt', 'kms:GenerateDataKey*'],
      Resource: '*',
    };
    const document = policy(
      root,
      { ...forRole, Effect: 'Allow', Action: 'kms:DescribeKey' },
      { ...forRole, Effect: 'Allow', Condition: { StringEquals: tenant } },
      { ...forRole, Effect: 'Deny', Condition: { StringNotEquals: tenant } },
    );
    await harness.root('PutKeyPolicy', { KeyId: keyArn, Policy: JSON.stringify(document) });
    await expect(generate({ 'keyward:tenant': 't1' })).resolves.toBeDefined();
    const others: (Record<string, string> | undefined)[] = [
      undefined,
      { 'keyward:tenant': 't2' },
      { 'keyward:app': 'a' },
    ];
    for (const context of others) {
      await expect(generate(context)).rejects.toMatchObject({
        name: 'AccessDeniedException',
        message: /with an explicit deny in a resource-based policy/,
      });
    }
    await expect(role.send(new DescribeKeyCommand({ KeyId: keyArn }))).resolves.toBeDefined();
  });

  it(`${API}/API_PutKeyPolicy.html: a statement without Action or Resource is taken and has no effect; too long is an error of its own`, async () => {
    const reader = harness.kms(await harness.user('idle', undefined));
    const named = { ...root, Principal: { AWS: 'arn:aws:iam::111122223333:user/idle' } };
    const { Resource: _, ...nowhere } = named;
    const { Action: __, ...nothing } = named;
    await put(root, nowhere, nothing);
    await expect(reader.send(new DescribeKeyCommand({ KeyId }))).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
    await put(root, named);
    await expect(reader.send(new DescribeKeyCommand({ KeyId }))).resolves.toBeDefined();
    await expect(put({ ...root, Sid: 'x'.repeat(33_000) })).rejects.toMatchObject({ name: 'LimitExceededException' });
  });

  it(`${CROSS}: a role of another account needs the key policy and its own`, async () => {
    const foreign = harness.kms(await harness.user('foreign', ALLOW_ALL, '444455556666'));
    const call = () => foreign.send(new GenerateDataKeyCommand({ KeyId, KeySpec: 'AES_256' }));
    await expect(call()).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringMatching(/no resource-based policy/),
    });
    await put(root, { ...root, Principal: { AWS: 'arn:aws:iam::444455556666:root' }, Action: 'kms:*' });
    await expect(call()).resolves.toBeDefined();
    await expect(foreign.send(new DisableKeyCommand({ KeyId }))).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
  });

  it('https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#aws-managed-cmk: a key of AWS for a service serves nobody directly', async () => {
    const { keyArn } = await harness.admin<{ keyArn: string }>('POST', '/accounts/111122223333/aws-managed-keys', {
      region: 'us-east-1',
      service: 's3',
    });
    expect(await describeKey('alias/aws/s3')).toMatchObject({ Arn: keyArn, KeyManager: 'AWS' });
    await expect(use(keyArn)).rejects.toMatchObject({ name: 'AccessDeniedException' });
    await expect(kms.send(new DisableKeyCommand({ KeyId: keyArn }))).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
  });
});
