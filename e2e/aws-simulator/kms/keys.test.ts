import {
  CancelKeyDeletionCommand,
  CreateAliasCommand,
  CreateKeyCommand,
  DecryptCommand,
  DescribeKeyCommand,
  DisableKeyCommand,
  EnableKeyCommand,
  EncryptCommand,
  GenerateDataKeyCommand,
  type KMSClient,
  ListAliasesCommand,
  ListKeysCommand,
  ScheduleKeyDeletionCommand,
} from '@aws-sdk/client-kms';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ALLOW_ALL, type Credentials, type Harness, startHarness } from '../testing/harness.ts';

const API = 'https://docs.aws.amazon.com/kms/latest/APIReference';
const STATES = 'https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html';
const DELETING = 'https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html';
const IMPORTED = 'https://docs.aws.amazon.com/kms/latest/developerguide/importing-keys.html';
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
    await expect(use(keyArn)).rejects.toMatchObject({
      name: 'KMSInvalidStateException',
      message: expect.stringMatching(/is pending import/),
    });
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
