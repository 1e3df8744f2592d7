import { randomBytes } from 'node:crypto';
import { AwsError, unsupported } from '../errors.ts';
import type { KmsKey } from '../world/types.ts';
import { findKey } from '../world/world.ts';
import { authorizeOnKey, encryptionContextValues, type KmsCall, type KmsOperation } from './call.ts';
import { openBlob, parseBlob, sealBlob } from './ciphertext-blob.ts';
import { generatePair, KEY_PAIR_SPECS } from './data-key-pairs.ts';
import { type FoundKey, requestedKey } from './find-key.ts';
import {
  choice,
  encryptionContext,
  type Input,
  optionalInteger,
  optionalText,
  requiredBytes,
  validation,
} from './input.ts';
import { isInCustomKeyStore, requireKeyState } from './key-states.ts';

/** Limits from https://docs.aws.amazon.com/kms/latest/APIReference/API_Encrypt.html and API_Decrypt.html. */
const MAX_PLAINTEXT = 4096;
const MAX_CIPHERTEXT = 6144;

const ALGORITHM = 'SYMMETRIC_DEFAULT';

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_Encrypt.html */
const encrypt: KmsOperation = {
  parameters: ['KeyId', 'Plaintext', 'EncryptionContext', 'EncryptionAlgorithm'],
  run(call) {
    const plaintext = requiredBytes(call.input, 'Plaintext', 1, MAX_PLAINTEXT);
    const context = encryptionContext(call.input);
    const key = keyForUse(
      call,
      requestedKey(call),
      'Encrypt',
      context,
      optionalText(call.input, 'EncryptionAlgorithm'),
    );
    return { KeyId: key.arn, CiphertextBlob: seal(key, plaintext, context), EncryptionAlgorithm: ALGORITHM };
  },
};

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_Decrypt.html */
const decrypt: KmsOperation = {
  parameters: ['KeyId', 'CiphertextBlob', 'EncryptionContext', 'EncryptionAlgorithm'],
  run(call) {
    const { key, plaintext } = open(call, 'Decrypt', 'KeyId', encryptionContext(call.input), 'EncryptionAlgorithm');
    return { KeyId: key.arn, Plaintext: plaintext.toString('base64'), EncryptionAlgorithm: ALGORITHM };
  },
};

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_ReEncrypt.html */
const reEncrypt: KmsOperation = {
  parameters:
    'CiphertextBlob SourceKeyId SourceEncryptionContext SourceEncryptionAlgorithm DestinationKeyId DestinationEncryptionContext DestinationEncryptionAlgorithm'.split(
      ' ',
    ),
  run(call) {
    const context = encryptionContext(call.input, 'DestinationEncryptionContext');
    const from = encryptionContext(call.input, 'SourceEncryptionContext');
    const source = open(call, 'ReEncryptFrom', 'SourceKeyId', from, 'SourceEncryptionAlgorithm');
    const algorithm = optionalText(call.input, 'DestinationEncryptionAlgorithm');
    const key = keyForUse(call, requestedKey(call, 'DestinationKeyId'), 'ReEncryptTo', context, algorithm);
    return {
      CiphertextBlob: seal(key, source.plaintext, context),
      SourceKeyId: source.key.arn,
      KeyId: key.arn,
      SourceEncryptionAlgorithm: ALGORITHM,
      DestinationEncryptionAlgorithm: ALGORITHM,
    };
  },
};

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateDataKey.html */
const generateDataKey: KmsOperation = {
  parameters: ['KeyId', 'KeySpec', 'NumberOfBytes', 'EncryptionContext'],
  run(call) {
    const { key, dataKey, blob } = newDataKey(call, 'GenerateDataKey');
    return { KeyId: key.arn, Plaintext: dataKey.toString('base64'), CiphertextBlob: blob };
  },
};

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateDataKeyWithoutPlaintext.html */
const generateDataKeyWithoutPlaintext: KmsOperation = {
  parameters: generateDataKey.parameters,
  run(call) {
    const { key, blob } = newDataKey(call, 'GenerateDataKeyWithoutPlaintext');
    return { KeyId: key.arn, CiphertextBlob: blob };
  },
};

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateDataKeyPair.html */
const generateDataKeyPair: KmsOperation = {
  parameters: ['KeyId', 'KeyPairSpec', 'EncryptionContext'],
  run: (call) => newDataKeyPair(call, 'GenerateDataKeyPair'),
};

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateDataKeyPairWithoutPlaintext.html */
const generateDataKeyPairWithoutPlaintext: KmsOperation = {
  parameters: generateDataKeyPair.parameters,
  async run(call) {
    const { PrivateKeyPlaintext: _, ...rest } = await newDataKeyPair(call, 'GenerateDataKeyPairWithoutPlaintext');
    return rest;
  },
};

export const CRYPTOGRAPHIC_OPERATIONS: Readonly<Record<string, KmsOperation>> = {
  Encrypt: encrypt,
  Decrypt: decrypt,
  ReEncrypt: reEncrypt,
  GenerateDataKey: generateDataKey,
  GenerateDataKeyWithoutPlaintext: generateDataKeyWithoutPlaintext,
  GenerateDataKeyPair: generateDataKeyPair,
  GenerateDataKeyPairWithoutPlaintext: generateDataKeyPairWithoutPlaintext,
};

/** Authorization first, then what the key is for, then its state: as AWS answers where several things are wrong. */
function keyForUse(
  call: KmsCall,
  { key, conditionValues }: FoundKey,
  action: string,
  context: Readonly<Record<string, string>>,
  algorithm: string | undefined,
): KmsKey {
  authorizeOnKey(call, key, action, { ...encryptionContextValues(context), ...conditionValues });
  if (key.usage !== 'ENCRYPT_DECRYPT') {
    throw new AwsError(
      'InvalidKeyUsageException',
      `${key.arn} key usage is ${key.usage} which is not valid for ${action}.`,
    );
  }
  if (key.spec !== 'SYMMETRIC_DEFAULT') {
    const possible = ['Encrypt', 'Decrypt', 'ReEncryptFrom', 'ReEncryptTo'].includes(action);
    if (possible && algorithm?.startsWith('RSAES_')) throw unsupported(`the algorithm ${algorithm}`);
    throw new AwsError(
      'InvalidKeyUsageException',
      `${key.arn} key spec is ${key.spec} which is not valid for ${action}.`,
    );
  }
  if (algorithm !== undefined && algorithm !== ALGORITHM) {
    throw new AwsError('InvalidKeyUsageException', `Algorithm ${algorithm} is incompatible with key spec ${key.spec}.`);
  }
  requireKeyState(key, 'cryptography', call.world.clock());
  return key;
}

function open(
  call: KmsCall,
  action: string,
  keyParameter: string,
  context: Readonly<Record<string, string>>,
  algorithmParameter: string,
): { key: KmsKey; plaintext: Buffer } {
  const blob = parseBlob(requiredBytes(call.input, 'CiphertextBlob', 1, MAX_CIPHERTEXT));
  const named = call.input[keyParameter] === undefined ? undefined : requestedKey(call, keyParameter);
  const found = named ?? (blob ? keyOfBlob(call, blob.keyArn) : undefined);
  if (!found) throw new AwsError('InvalidCiphertextException', 'The ciphertext is not valid.');
  const key = keyForUse(call, found, action, context, optionalText(call.input, algorithmParameter));
  if (!blob) throw new AwsError('InvalidCiphertextException', 'The ciphertext is not valid.');
  if (blob.keyArn !== key.arn) {
    throw new AwsError(
      'IncorrectKeyException',
      'The key ID in the request does not identify a CMK that can perform this operation.',
    );
  }
  const plaintext = openBlob(blob, materialOf(key), context);
  if (!plaintext)
    throw new AwsError('InvalidCiphertextException', 'The ciphertext does not open under this key and context.');
  return { key, plaintext };
}

/** A ciphertext whose key is gone, or in another region, is refused without a word about which. */
function keyOfBlob(call: KmsCall, keyArn: string): FoundKey {
  const key = findKey(call.world, keyArn);
  if (!key || key.region !== call.environment.region) {
    throw new AwsError(
      'AccessDeniedException',
      'The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access.',
    );
  }
  return { key, conditionValues: {} };
}

function newDataKey(call: KmsCall, action: string): { key: KmsKey; dataKey: Buffer; blob: string } {
  const length = dataKeyLength(call.input);
  const context = encryptionContext(call.input);
  const key = keyForUse(call, requestedKey(call), action, context, undefined);
  const dataKey = randomBytes(length);
  return { key, dataKey, blob: seal(key, dataKey, context) };
}

function dataKeyLength(input: Input): number {
  const spec = choice(input, 'KeySpec', ['AES_256', 'AES_128']);
  const bytes = optionalInteger(input, 'NumberOfBytes', 1, 1024);
  if ((spec === undefined) === (bytes === undefined)) {
    throw validation('Please specify either number of bytes or key spec.');
  }
  return bytes ?? (spec === 'AES_128' ? 16 : 32);
}

async function newDataKeyPair(call: KmsCall, action: string) {
  const spec = choice(call.input, 'KeyPairSpec', KEY_PAIR_SPECS);
  if (spec === undefined) throw validation("Value null at 'keyPairSpec' failed to satisfy constraint");
  const context = encryptionContext(call.input);
  const key = keyForUse(call, requestedKey(call), action, context, undefined);
  if (isInCustomKeyStore(key)) {
    throw new AwsError(
      'UnsupportedOperationException',
      `${key.arn} is in a custom key store, which makes no data key pairs.`,
    );
  }
  const pair = await generatePair(spec);
  return {
    KeyId: key.arn,
    KeyPairSpec: spec,
    PublicKey: pair.publicKey.toString('base64'),
    PrivateKeyPlaintext: pair.privateKey.toString('base64'),
    PrivateKeyCiphertextBlob: seal(key, pair.privateKey, context),
  };
}

function seal(key: KmsKey, plaintext: Buffer, context: Readonly<Record<string, string>>): string {
  return sealBlob(key.arn, materialOf(key), plaintext, context).toString('base64');
}

function materialOf(key: KmsKey): Buffer {
  if (key.material === undefined) throw new Error('A symmetric key has no material.');
  return Buffer.from(key.material, 'base64');
}
