import {
  CancelKeyDeletionCommand,
  CreateAliasCommand,
  CreateKeyCommand,
  DecryptCommand,
  DeleteAliasCommand,
  DescribeKeyCommand,
  DisableKeyCommand,
  DisableKeyRotationCommand,
  EnableKeyCommand,
  EnableKeyRotationCommand,
  EncryptCommand,
  GenerateDataKeyCommand,
  GetKeyPolicyCommand,
  GetKeyRotationStatusCommand,
  type KMSClient,
  ListAliasesCommand,
  ListKeysCommand,
  ListResourceTagsCommand,
  PutKeyPolicyCommand,
  ScheduleKeyDeletionCommand,
  TagResourceCommand,
  UpdateAliasCommand,
} from '@aws-sdk/client-kms';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ALLOW_ALL, type Credentials, type Harness, policy, startHarness } from '../testing/harness.ts';

const API = 'https://docs.aws.amazon.com/kms/latest/APIReference';
const STATES = 'https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html';
const DELETING = 'https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html';
const ALIASES = 'https://docs.aws.amazon.com/kms/latest/developerguide/alias-access.html';
const IMPORTED = 'https://docs.aws.amazon.com/kms/latest/developerguide/importing-keys.html';
const POLICIES = 'https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-overview.html';
const CROSS = 'https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html';
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
const use = (id = KeyId) => kms.send(new GenerateDataKeyCommand({ KeyId: id, KeySpec: 'AES_256' }));

describe('CreateKey and DescribeKey', () => {
  it.each([
    [
      {},
      {
        KeySpec: 'SYMMETRIC_DEFAULT',
        KeyUsage: 'ENCRYPT_DECRYPT',
        KeyState: 'Enabled',
        Origin: 'AWS_KMS',
        MultiRegion: false,
      },
    ],
    [{ MultiRegion: true }, { MultiRegion: true, MultiRegionConfiguration: { MultiRegionKeyType: 'PRIMARY' } }],
    [{ Origin: 'EXTERNAL' }, { KeyState: 'PendingImport', Origin: 'EXTERNAL', Enabled: false }],
    [
      { KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY' },
      { KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY' },
    ],
    [{ KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' }, { SigningAlgorithms: ['ECDSA_SHA_256'] }],
    [{ KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' }, { MacAlgorithms: ['HMAC_SHA_256'] }],
    [
      { Origin: 'AWS_CLOUDHSM', CustomKeyStoreId: 'cks-1' },
      { Origin: 'AWS_CLOUDHSM', CustomKeyStoreId: 'cks-1' },
    ],
    [
      { Origin: 'EXTERNAL_KEY_STORE', CustomKeyStoreId: 'cks-2', XksKeyId: 'x1' },
      { Origin: 'EXTERNAL_KEY_STORE', XksKeyConfiguration: { Id: 'x1' } },
    ],
  ] as const)(`${API}/API_CreateKey.html: %j`, async (input, expected) => {
    const arn = await newKey(input);
    expect(arn).toMatch(/^arn:aws:kms:us-east-1:111122223333:key\//);
    expect(await describeKey(arn)).toMatchObject({ ...expected, KeyManager: 'CUSTOMER', AWSAccountId: '111122223333' });
  });

  it.each([
    { KeySpec: 'RSA_1024' },
    { KeySpec: 'RSA_2048' },
    { KeySpec: 'HMAC_256', KeyUsage: 'ENCRYPT_DECRYPT' },
    { Origin: 'AWS_CLOUDHSM' },
    { CustomKeyStoreId: 'cks-1' },
  ] as object[])(`${API}/API_CreateKey.html: refuses %j`, async (input) => {
    await expect(newKey(input)).rejects.toMatchObject({ name: 'ValidationException' });
  });

  it('https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#key-id: found by ID, ARN, alias name and alias ARN', async () => {
    await kms.send(new CreateAliasCommand({ AliasName: 'alias/named', TargetKeyId: KeyId }));
    const id = KeyId.split('/')[1];
    for (const name of [id, KeyId, 'alias/named', 'arn:aws:kms:us-east-1:111122223333:alias/named']) {
      expect(await describeKey(name)).toMatchObject({ Arn: KeyId });
    }
  });

  it.each([
    ['a key that does not exist', '00000000-0000-0000-0000-000000000000', 'NotFoundException'],
    ['an alias that does not exist', 'alias/nobody', 'NotFoundException'],
    ['no key ID at all', 'something', 'NotFoundException'],
    ['an ARN that is none', 'arn:aws:kms:us-east-1', 'InvalidArnException'],
    [
      'an ARN of another region',
      'arn:aws:kms:eu-west-1:111122223333:key/00000000-0000-0000-0000-000000000000',
      'NotFoundException',
    ],
  ])(`${API}/API_DescribeKey.html: %s`, async (_, name, error) => {
    await expect(describeKey(name)).rejects.toMatchObject({ name: error });
  });

  it('https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html: a key lives in its region only', async () => {
    const elsewhere = harness.kms(admin, { region: 'eu-central-1' });
    const id = KeyId.split('/')[1];
    await expect(elsewhere.send(new DescribeKeyCommand({ KeyId: id }))).rejects.toMatchObject({
      name: 'NotFoundException',
    });
    expect((await elsewhere.send(new ListKeysCommand({}))).Keys).toEqual([]);
  });
});

describe('key states', () => {
  it(`${STATES}: a disabled key is not used, and is used again when enabled`, async () => {
    const { CiphertextBlob } = await use();
    await kms.send(new DisableKeyCommand({ KeyId }));
    expect(await describeKey()).toMatchObject({ KeyState: 'Disabled', Enabled: false });
    for (const call of [
      use(),
      kms.send(new DecryptCommand({ CiphertextBlob })),
      kms.send(new EncryptCommand({ KeyId, Plaintext: Buffer.from('x') })),
    ]) {
      await expect(call).rejects.toMatchObject({ name: 'DisabledException', message: `${KeyId} is disabled.` });
    }
    await kms.send(new EnableKeyCommand({ KeyId }));
    await expect(kms.send(new DecryptCommand({ CiphertextBlob }))).resolves.toBeDefined();
  });

  it(`${DELETING}: deletion waits 7 to 30 days, can be cancelled, and leaves the key disabled`, async () => {
    for (const PendingWindowInDays of [6, 31]) {
      await expect(kms.send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays }))).rejects.toMatchObject({
        name: 'ValidationException',
      });
    }
    const scheduled = await kms.send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 }));
    expect(Math.round((Number(scheduled.DeletionDate) - Date.now()) / DAY)).toBe(7);
    expect(await describeKey()).toMatchObject({ KeyState: 'PendingDeletion', DeletionDate: scheduled.DeletionDate });
    await expect(use()).rejects.toMatchObject({
      name: 'KMSInvalidStateException',
      message: `${KeyId} is pending deletion.`,
    });
    for (const command of [new EnableKeyCommand({ KeyId }), new DisableKeyCommand({ KeyId })]) {
      await expect(kms.send(command as EnableKeyCommand)).rejects.toMatchObject({ name: 'KMSInvalidStateException' });
    }
    await kms.send(new CancelKeyDeletionCommand({ KeyId }));
    expect(await describeKey()).toMatchObject({ KeyState: 'Disabled' });
    await expect(kms.send(new CancelKeyDeletionCommand({ KeyId }))).rejects.toMatchObject({
      name: 'KMSInvalidStateException',
      message: /is not pending deletion/,
    });
  });

  it(`${DELETING}: after the waiting period the key and its aliases are gone`, async () => {
    const clocked = await startHarness();
    const credentials = await clocked.user('admin', ALLOW_ALL);
    const { KeyMetadata } = await clocked.kms(credentials).send(new CreateKeyCommand({}));
    const id = KeyMetadata?.KeyId;
    await clocked.kms(credentials).send(new CreateAliasCommand({ AliasName: 'alias/a', TargetKeyId: id }));
    await clocked.kms(credentials).send(new ScheduleKeyDeletionCommand({ KeyId: id, PendingWindowInDays: 7 }));
    clocked.advance(8 * DAY);
    const later = clocked.kms(credentials);
    await expect(later.send(new DescribeKeyCommand({ KeyId: id }))).rejects.toMatchObject({
      name: 'NotFoundException',
    });
    expect((await later.send(new ListAliasesCommand({}))).Aliases).toEqual([]);
    await clocked.close();
  });

  it(`${IMPORTED}: imported material can be taken out, and expires`, async () => {
    const keyArn = await newKey({ Origin: 'EXTERNAL' });
    await expect(use(keyArn)).rejects.toMatchObject({ name: 'KMSInvalidStateException', message: /is pending import/ });
    await harness.admin('PUT', '/key-material', { keyArn, present: true });
    expect(await describeKey(keyArn)).toMatchObject({
      KeyState: 'Enabled',
      ExpirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE',
    });
    const { CiphertextBlob } = await use(keyArn);
    await harness.admin('PUT', '/key-material', { keyArn, present: false });
    await expect(use(keyArn)).rejects.toMatchObject({ name: 'KMSInvalidStateException' });
    const validTo = new Date(Date.now() + DAY).toISOString();
    await harness.admin('PUT', '/key-material', { keyArn, present: true, validTo });
    expect(await describeKey(keyArn)).toMatchObject({ ExpirationModel: 'KEY_MATERIAL_EXPIRES' });
    await expect(kms.send(new DecryptCommand({ CiphertextBlob }))).resolves.toBeDefined();
    await harness.admin('PUT', '/key-material', {
      keyArn,
      present: true,
      validTo: new Date(Date.now() - 1).toISOString(),
    });
    expect(await describeKey(keyArn)).toMatchObject({ KeyState: 'PendingImport' });
    await expect(harness.admin('PUT', '/key-material', { keyArn: KeyId, present: true })).rejects.toThrow(
      /Unsupported/,
    );
  });

  it(`${STATES}: a key whose custom key store is disconnected is Unavailable`, async () => {
    const keyArn = await newKey({ Origin: 'EXTERNAL_KEY_STORE', CustomKeyStoreId: 'cks-9', XksKeyId: 'x' });
    await harness.admin('PUT', '/key-store-connection', { keyArn, connected: false });
    expect(await describeKey(keyArn)).toMatchObject({ KeyState: 'Unavailable' });
    await expect(use(keyArn)).rejects.toMatchObject({ name: 'KMSInvalidStateException' });
    await harness.admin('PUT', '/key-store-connection', { keyArn, connected: true });
    await expect(use(keyArn)).resolves.toBeDefined();
  });
});

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

  it(`${CROSS}: a role of another account needs the key policy and its own`, async () => {
    const foreign = harness.kms(await harness.user('foreign', ALLOW_ALL, '444455556666'));
    const call = () => foreign.send(new GenerateDataKeyCommand({ KeyId, KeySpec: 'AES_256' }));
    await expect(call()).rejects.toMatchObject({ name: 'AccessDeniedException', message: /no resource-based policy/ });
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
