import {
  CreateAliasCommand,
  CreateKeyCommand,
  DeleteAliasCommand,
  DescribeKeyCommand,
  DisableKeyCommand,
  DisableKeyRotationCommand,
  EnableKeyRotationCommand,
  GetKeyRotationStatusCommand,
  type KMSClient,
  ListAliasesCommand,
  ListResourceTagsCommand,
  TagResourceCommand,
  UpdateAliasCommand,
} from '@aws-sdk/client-kms';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ALLOW_ALL, type Credentials, type Harness, startHarness } from '../testing/harness.ts';

const API = 'https://docs.aws.amazon.com/kms/latest/APIReference';
const ALIASES = 'https://docs.aws.amazon.com/kms/latest/developerguide/alias-access.html';
const DAY = 24 * 60 * 60_000;

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

describe('aliases', () => {
  it(`${ALIASES}: are created, moved, listed and deleted`, async () => {
    const second = await newKey();
    await kms.send(new CreateAliasCommand({ AliasName: 'alias/one', TargetKeyId: KeyId }));
    await expect(
      kms.send(new CreateAliasCommand({ AliasName: 'alias/one', TargetKeyId: second })),
    ).rejects.toMatchObject({
      name: 'AlreadyExistsException',
    });
    await kms.send(new UpdateAliasCommand({ AliasName: 'alias/one', TargetKeyId: second }));
    const { Aliases } = await kms.send(new ListAliasesCommand({ KeyId: second }));
    expect(Aliases).toMatchObject([{ AliasName: 'alias/one', TargetKeyId: second.split('/')[1] }]);
    await kms.send(new DeleteAliasCommand({ AliasName: 'alias/one' }));
    await expect(describeKey('alias/one')).rejects.toMatchObject({ name: 'NotFoundException' });
  });

  it(`${API}/API_CreateAlias.html: refuses names that are AWS's own or none`, async () => {
    for (const AliasName of ['alias/aws/mine', 'mine', 'alias/a b']) {
      await expect(kms.send(new CreateAliasCommand({ AliasName, TargetKeyId: KeyId }))).rejects.toMatchObject({
        name: 'InvalidAliasNameException',
      });
    }
  });

  it(`${API}/API_UpdateAlias.html: the two keys must be of one type`, async () => {
    const TargetKeyId = await newKey({ KeySpec: 'RSA_2048', KeyUsage: 'ENCRYPT_DECRYPT' });
    await kms.send(new CreateAliasCommand({ AliasName: 'alias/typed', TargetKeyId: KeyId }));
    await expect(kms.send(new UpdateAliasCommand({ AliasName: 'alias/typed', TargetKeyId }))).rejects.toMatchObject({
      name: 'ValidationException',
    });
  });
});

describe('rotation and tags', () => {
  it(`${API}/API_GetKeyRotationStatus.html: off, on, off`, async () => {
    const status = () => kms.send(new GetKeyRotationStatusCommand({ KeyId }));
    expect(await status()).toMatchObject({ KeyRotationEnabled: false });
    await kms.send(new EnableKeyRotationCommand({ KeyId }));
    const on = await status();
    expect(on).toMatchObject({ KeyRotationEnabled: true, RotationPeriodInDays: 365 });
    expect(Math.round((Number(on.NextRotationDate) - Date.now()) / DAY)).toBe(365);
    await kms.send(new DisableKeyRotationCommand({ KeyId }));
    expect(await status()).toMatchObject({ KeyRotationEnabled: false });
    await kms.send(new DisableKeyCommand({ KeyId }));
    await expect(kms.send(new EnableKeyRotationCommand({ KeyId }))).rejects.toMatchObject({
      name: 'DisabledException',
    });
  });

  it('https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html: not for asymmetric, imported or custom store keys', async () => {
    for (const input of [
      { Origin: 'EXTERNAL' },
      { KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY' },
      { Origin: 'AWS_CLOUDHSM', CustomKeyStoreId: 'c' },
    ]) {
      await expect(kms.send(new EnableKeyRotationCommand({ KeyId: await newKey(input) }))).rejects.toMatchObject({
        name: 'UnsupportedOperationException',
      });
    }
  });

  it('https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html: imported and custom store keys have no rotation status', async () => {
    const asymmetric = await newKey({ KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY' });
    const command = new GetKeyRotationStatusCommand({ KeyId: asymmetric });
    await expect(kms.send(command)).resolves.toMatchObject({ KeyRotationEnabled: false });
    for (const input of [{ Origin: 'EXTERNAL' }, { Origin: 'AWS_CLOUDHSM', CustomKeyStoreId: 'c' }]) {
      const status = new GetKeyRotationStatusCommand({ KeyId: await newKey(input as object) });
      await expect(kms.send(status)).rejects.toMatchObject({ name: 'UnsupportedOperationException' });
    }
  });

  it(`${API}/API_CreateKey.html: a key with tags needs kms:TagResource, and policies may ask for the tags`, async () => {
    const Condition = { StringEquals: { 'aws:RequestTag/team': 'security' } };
    const allow = (Action: string[]) => ({ Statement: [{ Effect: 'Allow', Action, Resource: '*', Condition }] });
    const create = async (actions: string[], TagValue: string) => {
      const user = await harness.user(`tags-${actions.length}-${TagValue}`, {
        Version: '2012-10-17',
        ...allow(actions),
      });
      const input = { Tags: [{ TagKey: 'team', TagValue }], BypassPolicyLockoutSafetyCheck: true };
      return harness.kms(user).send(new CreateKeyCommand(input));
    };
    const denied = { name: 'AccessDeniedException' };
    await expect(create(['kms:CreateKey'], 'security')).rejects.toMatchObject(denied);
    await expect(create(['kms:CreateKey', 'kms:TagResource'], 'sales')).rejects.toMatchObject(denied);
    await expect(create(['kms:CreateKey', 'kms:TagResource'], 'security')).resolves.toBeDefined();
  });

  it(`${API}/API_TagResource.html: tags are kept and listed`, async () => {
    await kms.send(new TagResourceCommand({ KeyId, Tags: [{ TagKey: 'team', TagValue: 'security' }] }));
    expect((await kms.send(new ListResourceTagsCommand({ KeyId }))).Tags).toEqual([
      { TagKey: 'team', TagValue: 'security' },
    ]);
    const Tags = Array.from({ length: 50 }, (_, index) => ({ TagKey: `t${index}`, TagValue: '' }));
    await expect(kms.send(new TagResourceCommand({ KeyId, Tags }))).rejects.toMatchObject({
      name: 'LimitExceededException',
    });
  });
});
