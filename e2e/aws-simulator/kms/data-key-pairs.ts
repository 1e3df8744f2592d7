import { generateKeyPair } from 'node:crypto';

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateDataKeyPair.html */
const PAIRS: Readonly<Record<string, { rsaBits: number } | { curve: string }>> = {
  RSA_2048: { rsaBits: 2048 },
  RSA_3072: { rsaBits: 3072 },
  RSA_4096: { rsaBits: 4096 },
  ECC_NIST_P256: { curve: 'P-256' },
  ECC_NIST_P384: { curve: 'P-384' },
  ECC_NIST_P521: { curve: 'P-521' },
  ECC_SECG_P256K1: { curve: 'secp256k1' },
};

export const KEY_PAIR_SPECS: readonly string[] = Object.keys(PAIRS);

/** DER as AWS gives it: SubjectPublicKeyInfo and PKCS #8. `spec` is one of KEY_PAIR_SPECS. */
export function generatePair(spec: string): Promise<{ publicKey: Buffer; privateKey: Buffer }> {
  const pair = PAIRS[spec];
  if (!pair) throw new Error(`There are no key pairs of spec ${spec}.`);
  return new Promise((resolve, reject) => {
    const done = (error: Error | null, publicKey: Buffer, privateKey: Buffer) =>
      error ? reject(error) : resolve({ publicKey, privateKey });
    if ('curve' in pair) generateKeyPair('ec', { namedCurve: pair.curve, ...DER }, done);
    else generateKeyPair('rsa', { modulusLength: pair.rsaBits, ...DER }, done);
  });
}

const DER = {
  publicKeyEncoding: { type: 'spki', format: 'der' },
  privateKeyEncoding: { type: 'pkcs8', format: 'der' },
} as const;
