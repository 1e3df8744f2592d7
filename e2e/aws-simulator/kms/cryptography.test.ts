import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import {
  type DataKeyPairSpec,
  DecryptCommand,
  EncryptCommand,
  GenerateDataKeyCommand,
  GenerateDataKeyPairCommand,
  GenerateDataKeyPairWithoutPlaintextCommand,
  GenerateDataKeyWithoutPlaintextCommand,
  type KMSClient,
  ReEncryptCommand,
  SignCommand,
} from '@aws-sdk/client-kms';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ALLOW_ALL, type Harness, startHarness } from '../testing/harness.ts';
import { serializeContext } from './ciphertext-blob.ts';

const API = 'https://docs.aws.amazon.com/kms/latest/APIReference';
const CONTEXT = 'https://docs.aws.amazon.com/kms/latest/developerguide/encrypt_context.html';
const EncryptionContext = { 'keyward:tenant': 't1', 'keyward:app': 'Zoë ✓' };
const Plaintext = Buffer.from('a data key, or anything else');

let harness: Harness;
let kms: KMSClient;
let keyArn: string;
let otherArn: string;

beforeAll(async () => {
  harness = await startHarness();
  kms = harness.kms(await harness.user('admin', ALLOW_ALL));
  [keyArn, otherArn] = [await newKey(), await newKey()];
});
afterAll(() => harness.close());

async function newKey(input: object = {}): Promise<string> {
  const { KeyMetadata } = await harness.root<{ KeyMetadata: { Arn: string } }>('CreateKey', input);
  return KeyMetadata.Arn;
}

async function seal(KeyId = keyArn) {
  const { CiphertextBlob } = await kms.send(new EncryptCommand({ KeyId, Plaintext, EncryptionContext }));
  if (!CiphertextBlob) throw new Error('No ciphertext.');
  return CiphertextBlob;
}

describe('Encrypt and Decrypt', () => {
  it(`${API}/API_Decrypt.html: gives back what went in, under the key that was named`, async () => {
    const CiphertextBlob = await seal();
    for (const KeyId of [keyArn, keyArn.split('/')[1], undefined]) {
      const answer = await kms.send(new DecryptCommand({ KeyId, CiphertextBlob, EncryptionContext }));
      expect(answer).toMatchObject({ KeyId: keyArn, EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' });
      expect(Buffer.from(answer.Plaintext ?? [])).toEqual(Plaintext);
    }
  });

  it(`${CONTEXT}: the order of the pairs does not matter, everything else does`, async () => {
    const CiphertextBlob = await seal();
    const reversed = Object.fromEntries(Object.entries(EncryptionContext).reverse());
    await expect(kms.send(new DecryptCommand({ CiphertextBlob, EncryptionContext: reversed }))).resolves.toBeDefined();
    for (const wrong of [
      undefined,
      {},
      { ...EncryptionContext, more: 'x' },
      { ...EncryptionContext, 'keyward:tenant': 'T1' },
    ]) {
      await expect(kms.send(new DecryptCommand({ CiphertextBlob, EncryptionContext: wrong }))).rejects.toMatchObject({
        name: 'InvalidCiphertextException',
      });
    }
  });

  it(`${API}/API_Decrypt.html: a ciphertext with any byte changed is not valid`, async () => {
    const blob = await seal();
    for (let index = 0; index < blob.length; index++) {
      const CiphertextBlob = Uint8Array.from(blob);
      CiphertextBlob[index] = (CiphertextBlob[index] ?? 0) ^ 1;
      const outcome = kms.send(new DecryptCommand({ KeyId: keyArn, CiphertextBlob, EncryptionContext }));
      // A change inside the key's ARN names another key.
      await expect(outcome).rejects.toMatchObject({
        name: expect.stringMatching(/^(InvalidCiphertext|IncorrectKey)Exception$/),
      });
    }
    const CiphertextBlob = Buffer.from('not a ciphertext');
    await expect(kms.send(new DecryptCommand({ CiphertextBlob }))).rejects.toMatchObject({
      name: 'InvalidCiphertextException',
    });
  });

  it(`${API}/API_Decrypt.html: another key than the ciphertext's is an incorrect key`, async () => {
    const CiphertextBlob = await seal();
    await expect(
      kms.send(new DecryptCommand({ KeyId: otherArn, CiphertextBlob, EncryptionContext })),
    ).rejects.toMatchObject({
      name: 'IncorrectKeyException',
    });
  });

  it(`${API}/API_Encrypt.html: takes 1 to 4096 bytes`, async () => {
    const encrypt = (length: number) =>
      kms.send(new EncryptCommand({ KeyId: keyArn, Plaintext: Buffer.alloc(length) }));
    await expect(encrypt(4096)).resolves.toBeDefined();
    await expect(encrypt(4097)).rejects.toMatchObject({ name: 'ValidationException' });
    await expect(encrypt(0)).rejects.toMatchObject({ name: 'ValidationException' });
  });

  it(`${API}/API_Encrypt.html: the same plaintext never gives the same ciphertext`, async () => {
    expect(Buffer.from(await seal()).equals(Buffer.from(await seal()))).toBe(false);
  });

  it(`${API}/API_ReEncrypt.html: moves a ciphertext to another key and context`, async () => {
    const { CiphertextBlob, SourceKeyId, KeyId } = await kms.send(
      new ReEncryptCommand({
        CiphertextBlob: await seal(),
        SourceEncryptionContext: EncryptionContext,
        DestinationKeyId: otherArn,
        DestinationEncryptionContext: { moved: 'yes' },
      }),
    );
    expect({ SourceKeyId, KeyId }).toEqual({ SourceKeyId: keyArn, KeyId: otherArn });
    const opened = await kms.send(new DecryptCommand({ CiphertextBlob, EncryptionContext: { moved: 'yes' } }));
    expect(Buffer.from(opened.Plaintext ?? [])).toEqual(Plaintext);
  });
});

describe('data keys', () => {
  it.each([
    [{ KeySpec: 'AES_256' }, 32],
    [{ KeySpec: 'AES_128' }, 16],
    [{ NumberOfBytes: 64 }, 64],
  ] as const)(`${API}/API_GenerateDataKey.html: %j gives %i bytes that Decrypt gives back`, async (input, length) => {
    const made = await kms.send(new GenerateDataKeyCommand({ KeyId: keyArn, EncryptionContext, ...input }));
    expect(made.KeyId).toBe(keyArn);
    expect(made.Plaintext).toHaveLength(length);
    const opened = await kms.send(new DecryptCommand({ CiphertextBlob: made.CiphertextBlob, EncryptionContext }));
    expect(opened.Plaintext).toEqual(made.Plaintext);
  });

  it.each([{}, { KeySpec: 'AES_256', NumberOfBytes: 32 }, { NumberOfBytes: 0 }, { NumberOfBytes: 1025 }] as const)(
    `${API}/API_GenerateDataKey.html: refuses %j`,
    async (input) => {
      await expect(kms.send(new GenerateDataKeyCommand({ KeyId: keyArn, ...input }))).rejects.toMatchObject({
        name: 'ValidationException',
      });
    },
  );

  it(`${API}/API_GenerateDataKeyWithoutPlaintext.html: gives the wrapped key only`, async () => {
    const made = await kms.send(new GenerateDataKeyWithoutPlaintextCommand({ KeyId: keyArn, KeySpec: 'AES_256' }));
    expect(made).not.toHaveProperty('Plaintext');
    const opened = await kms.send(new DecryptCommand({ CiphertextBlob: made.CiphertextBlob }));
    expect(opened.Plaintext).toHaveLength(32);
  });

  it.each<DataKeyPairSpec>(['RSA_2048', 'ECC_NIST_P256', 'ECC_NIST_P384', 'ECC_NIST_P521', 'ECC_SECG_P256K1'])(
    `${API}/API_GenerateDataKeyPair.html: %s is a real pair whose private key Decrypt gives back`,
    async (KeyPairSpec) => {
      const made = await kms.send(new GenerateDataKeyPairCommand({ KeyId: keyArn, KeyPairSpec, EncryptionContext }));
      const privateKey = createPrivateKey({
        key: Buffer.from(made.PrivateKeyPlaintext ?? []),
        format: 'der',
        type: 'pkcs8',
      });
      const publicKey = createPublicKey({ key: Buffer.from(made.PublicKey ?? []), format: 'der', type: 'spki' });
      expect(verify('sha256', Plaintext, publicKey, sign('sha256', Plaintext, privateKey))).toBe(true);
      const opened = await kms.send(
        new DecryptCommand({ CiphertextBlob: made.PrivateKeyCiphertextBlob, EncryptionContext }),
      );
      expect(opened.Plaintext).toEqual(made.PrivateKeyPlaintext);
    },
  );

  it(`${API}/API_GenerateDataKeyPairWithoutPlaintext.html: keeps the private key to itself`, async () => {
    const made = await kms.send(
      new GenerateDataKeyPairWithoutPlaintextCommand({ KeyId: keyArn, KeyPairSpec: 'ECC_NIST_P256' }),
    );
    expect(made).not.toHaveProperty('PrivateKeyPlaintext');
    expect(made.PublicKey?.length).toBeGreaterThan(50);
  });

  it(`${API}/API_GenerateDataKeyPair.html: not in a custom key store`, async () => {
    const KeyId = await newKey({ Origin: 'AWS_CLOUDHSM', CustomKeyStoreId: 'cks-1' });
    await expect(
      kms.send(new GenerateDataKeyPairCommand({ KeyId, KeyPairSpec: 'ECC_NIST_P256' })),
    ).rejects.toMatchObject({
      name: 'UnsupportedOperationException',
    });
    await expect(kms.send(new GenerateDataKeyCommand({ KeyId, KeySpec: 'AES_256' }))).resolves.toBeDefined();
  });
});

describe('keys of another kind', () => {
  it.each([
    ['SIGN_VERIFY', { KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY' }],
    ['SIGN_VERIFY', { KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' }],
    ['GENERATE_VERIFY_MAC', { KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' }],
    ['ENCRYPT_DECRYPT', { KeySpec: 'RSA_2048', KeyUsage: 'ENCRYPT_DECRYPT' }],
  ])(`${API}/API_GenerateDataKey.html: a key for %s makes no data keys (%j)`, async (_, input) => {
    const KeyId = await newKey(input);
    await expect(kms.send(new GenerateDataKeyCommand({ KeyId, KeySpec: 'AES_256' }))).rejects.toMatchObject({
      name: 'InvalidKeyUsageException',
    });
    await expect(kms.send(new EncryptCommand({ KeyId, Plaintext }))).rejects.toMatchObject({
      name: 'InvalidKeyUsageException',
    });
  });
});

describe('what the simulator does not know', () => {
  it('is refused by name: operations, parameters, algorithms', async () => {
    const signing = new SignCommand({ KeyId: keyArn, Message: Plaintext, SigningAlgorithm: 'ECDSA_SHA_256' });
    await expect(kms.send(signing)).rejects.toMatchObject({ name: 'SimulatorUnsupported' });
    const dry = new EncryptCommand({ KeyId: keyArn, Plaintext, DryRun: true });
    await expect(kms.send(dry)).rejects.toMatchObject({
      name: 'SimulatorUnsupported',
      message: expect.stringMatching(/DryRun/),
    });
    const granted = new EncryptCommand({ KeyId: keyArn, Plaintext, GrantTokens: ['t'] });
    await expect(kms.send(granted)).rejects.toMatchObject({
      name: 'SimulatorUnsupported',
      message: expect.stringMatching(/GrantTokens/),
    });
  });
});

describe('the encryption context in a ciphertext', () => {
  const contexts = fc.dictionary(
    fc.string({ maxLength: 8, unit: 'grapheme' }),
    fc.string({ maxLength: 8, unit: 'grapheme' }),
  );

  it('is the same for the same pairs in any order', () => {
    fc.assert(
      fc.property(contexts, (context) => {
        const reversed = Object.fromEntries(Object.entries(context).reverse());
        expect(serializeContext(reversed).equals(serializeContext(context))).toBe(true);
      }),
    );
  });

  it('is never the same for different pairs', () => {
    fc.assert(
      fc.property(contexts, contexts, (a, b) => {
        const same = JSON.stringify(Object.entries(a).sort()) === JSON.stringify(Object.entries(b).sort());
        expect(serializeContext(a).equals(serializeContext(b))).toBe(same);
      }),
    );
    expect(serializeContext({ ab: 'c' }).equals(serializeContext({ a: 'bc' }))).toBe(false);
    expect(serializeContext({ a: 'b', c: 'd' }).equals(serializeContext({ a: 'bcd' }))).toBe(false);
  });
});
