/**
 * The calls that Keyward makes to a KMS key. Each names its KeyId, Decrypt too, and compares the KeyId that comes
 * back; each carries the encryption context that it is given.
 * https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateDataKey.html
 * https://docs.aws.amazon.com/kms/latest/APIReference/API_Decrypt.html
 * https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateDataKeyPair.html
 */
import {
  DecryptCommand,
  DescribeKeyCommand,
  EncryptCommand,
  GenerateDataKeyCommand,
  GenerateDataKeyPairCommand,
  type KeyMetadata,
  type KMSClient,
} from '@aws-sdk/client-kms';
import { KmsError } from '../errors.ts';
import { dataKeyBytes } from '../provider.ts';
import type { Operation } from './operation.ts';

/** One key, as one set of credentials reaches it. `keyArn` is the key's own ARN; an alias does for `describe` alone. */
export type KeyCaller = { kms: KMSClient; operation: Operation; keyArn: string };
export type Context = Record<string, string>;

export async function generateDataKey(
  caller: KeyCaller,
  context: Context,
): Promise<{ wrapped: Buffer; plaintext: Buffer }> {
  const { kms, operation, keyArn } = caller;
  const output = await operation.send('kms', (abortSignal) =>
    kms.send(new GenerateDataKeyCommand({ KeyId: keyArn, KeySpec: 'AES_256', EncryptionContext: context }), {
      abortSignal,
    }),
  );
  const plaintext = takeSecret(output.Plaintext);
  try {
    // KMS must answer with the key that we named.
    compareKeyId(caller, output.KeyId);
    // A data key has 32 bytes.
    if (plaintext.length !== dataKeyBytes) throw new KmsError('wrong-length', operation);
    return { wrapped: required(caller, output.CiphertextBlob), plaintext };
  } catch (thrown) {
    plaintext.fill(0);
    throw thrown;
  }
}

/** An RSA pair of 2048 bits, as DER: SubjectPublicKeyInfo and PKCS #8. Whoever asked zero-fills the private half. */
export async function generateDataKeyPair(
  caller: KeyCaller,
  context: Context,
): Promise<{ publicKey: Buffer; privateKey: Buffer }> {
  const { kms, operation, keyArn } = caller;
  const output = await operation.send('kms', (abortSignal) =>
    kms.send(new GenerateDataKeyPairCommand({ KeyId: keyArn, KeyPairSpec: 'RSA_2048', EncryptionContext: context }), {
      abortSignal,
    }),
  );
  const privateKey = takeSecret(output.PrivateKeyPlaintext);
  try {
    compareKeyId(caller, output.KeyId);
    if (privateKey.length === 0) throw new KmsError('unexpected', operation);
    return { publicKey: required(caller, output.PublicKey), privateKey };
  } catch (thrown) {
    privateKey.fill(0);
    throw thrown;
  }
}

export async function encrypt(caller: KeyCaller, plaintext: Buffer, context: Context): Promise<Buffer> {
  const { kms, operation, keyArn } = caller;
  const output = await operation.send('kms', (abortSignal) =>
    kms.send(new EncryptCommand({ KeyId: keyArn, Plaintext: plaintext, EncryptionContext: context }), { abortSignal }),
  );
  compareKeyId(caller, output.KeyId);
  return required(caller, output.CiphertextBlob);
}

/** Plaintext of any length; who wants a data key compares it with `dataKeyBytes`. */
export async function decrypt(caller: KeyCaller, wrapped: Buffer, context: Context): Promise<Buffer> {
  const { kms, operation, keyArn } = caller;
  const output = await operation.send('kms', (abortSignal) =>
    kms.send(new DecryptCommand({ KeyId: keyArn, CiphertextBlob: wrapped, EncryptionContext: context }), {
      abortSignal,
    }),
  );
  const plaintext = takeSecret(output.Plaintext);
  try {
    compareKeyId(caller, output.KeyId);
    return plaintext;
  } catch (thrown) {
    plaintext.fill(0);
    throw thrown;
  }
}

/** Carries no encryption context: DescribeKey takes none. */
export async function describeKey(caller: KeyCaller): Promise<KeyMetadata> {
  const { kms, operation, keyArn } = caller;
  const output = await operation.send('kms', (abortSignal) =>
    kms.send(new DescribeKeyCommand({ KeyId: keyArn }), { abortSignal }),
  );
  if (!output.KeyMetadata) throw new KmsError('unexpected', operation);
  return output.KeyMetadata;
}

function compareKeyId(caller: KeyCaller, answered: string | undefined): void {
  if (answered !== caller.keyArn) throw new KmsError('wrong-key', caller.operation);
}

/** Moves a secret out of the SDK's answer into a Buffer of its own, which its owner can zero-fill. */
function takeSecret(bytes: Uint8Array | undefined): Buffer {
  const own = Buffer.alloc(bytes?.length ?? 0);
  if (bytes) {
    own.set(bytes);
    bytes.fill(0);
  }
  return own;
}

function required(caller: KeyCaller, bytes: Uint8Array | undefined): Buffer {
  if (!bytes || bytes.length === 0) throw new KmsError('unexpected', caller.operation);
  return Buffer.from(bytes);
}
