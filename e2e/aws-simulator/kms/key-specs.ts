import type { KeyUsage } from '../world/types.ts';
import { validation } from './input.ts';

interface KeySpec {
  usages: readonly KeyUsage[];
  /** Which member of KeyMetadata lists the algorithms, and the list, per usage. */
  algorithms: Partial<Record<KeyUsage, readonly string[]>>;
}

const RSA: KeySpec = {
  usages: ['ENCRYPT_DECRYPT', 'SIGN_VERIFY'],
  algorithms: {
    ENCRYPT_DECRYPT: ['RSAES_OAEP_SHA_1', 'RSAES_OAEP_SHA_256'],
    SIGN_VERIFY: ['PKCS1_V1_5', 'PSS'].flatMap((scheme) =>
      ['256', '384', '512'].map((bits) => `RSASSA_${scheme}_SHA_${bits}`),
    ),
  },
};

/** https://docs.aws.amazon.com/kms/latest/developerguide/symm-asymm-choose-key-spec.html */
const SPECS: Readonly<Record<string, KeySpec>> = {
  SYMMETRIC_DEFAULT: { usages: ['ENCRYPT_DECRYPT'], algorithms: { ENCRYPT_DECRYPT: ['SYMMETRIC_DEFAULT'] } },
  RSA_2048: RSA,
  RSA_3072: RSA,
  RSA_4096: RSA,
  ECC_NIST_P256: ecc('ECDSA_SHA_256'),
  ECC_NIST_P384: ecc('ECDSA_SHA_384'),
  ECC_NIST_P521: ecc('ECDSA_SHA_512'),
  ECC_SECG_P256K1: { usages: ['SIGN_VERIFY'], algorithms: { SIGN_VERIFY: ['ECDSA_SHA_256'] } },
  HMAC_224: hmac('HMAC_SHA_224'),
  HMAC_256: hmac('HMAC_SHA_256'),
  HMAC_384: hmac('HMAC_SHA_384'),
  HMAC_512: hmac('HMAC_SHA_512'),
};

/** @throws AwsError ValidationException for a spec or a pair of spec and usage that AWS does not have. */
export function checkSpec(spec: string, usage: KeyUsage | undefined): KeyUsage {
  const known = Object.hasOwn(SPECS, spec) ? SPECS[spec] : undefined;
  if (!known) throw validation(`KeySpec ${spec} is not one of ${Object.keys(SPECS).join(', ')}`);
  if (usage === undefined && spec !== 'SYMMETRIC_DEFAULT')
    throw validation('You must specify a KeyUsage value for this KeySpec.');
  const chosen = usage ?? 'ENCRYPT_DECRYPT';
  if (!known.usages.includes(chosen)) throw validation(`KeyUsage ${chosen} is not compatible with KeySpec ${spec}`);
  return chosen;
}

/** The member of KeyMetadata that lists what the key can do, for instance `{ EncryptionAlgorithms: […] }`. */
export function algorithmsOf(spec: string, usage: KeyUsage): Record<string, readonly string[]> {
  const member = {
    ENCRYPT_DECRYPT: 'EncryptionAlgorithms',
    SIGN_VERIFY: 'SigningAlgorithms',
    GENERATE_VERIFY_MAC: 'MacAlgorithms',
    KEY_AGREEMENT: 'KeyAgreementAlgorithms',
  }[usage];
  return { [member]: SPECS[spec]?.algorithms[usage] ?? [] };
}

function ecc(algorithm: string): KeySpec {
  return {
    usages: ['SIGN_VERIFY', 'KEY_AGREEMENT'],
    algorithms: { SIGN_VERIFY: [algorithm], KEY_AGREEMENT: ['ECDH'] },
  };
}

function hmac(algorithm: string): KeySpec {
  return { usages: ['GENERATE_VERIFY_MAC'], algorithms: { GENERATE_VERIFY_MAC: [algorithm] } };
}
