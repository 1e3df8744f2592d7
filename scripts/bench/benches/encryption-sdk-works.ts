/** The AWS Encryption SDK for JavaScript as its documentation sets it up for speed: nothing is asked of a key service. */
import { randomBytes } from 'node:crypto';
import {
  AlgorithmSuiteIdentifier,
  buildClient,
  CommitmentPolicy,
  getLocalCryptographicMaterialsCache,
  NodeCachingMaterialsManager,
  RawAesKeyringNode,
  RawAesWrappingSuiteIdentifier,
} from '@aws-crypto/client-node';
import type { Works } from '../slice-process.ts';
import { recordContext } from './cipher-works.ts';

export const encryptionSdkWorks: Works = {
  'encrypt 1 KiB': () => encrypt(1024),
  'encrypt 1 MiB': () => encrypt(2 ** 20),
};

/** How much longer than its plaintext a message of 1 KiB is. */
export async function encryptionSdkOverhead(): Promise<number> {
  const { result } = await encrypt(1024)();
  return result.length - 1024;
}

/** Its cache finds materials by the context: one context for all messages is its best case. */
function encrypt(bytes: number) {
  const client = buildClient(CommitmentPolicy.REQUIRE_ENCRYPT_REQUIRE_DECRYPT);
  const backingMaterials = new RawAesKeyringNode({
    keyNamespace: 'bench',
    keyName: 'bench',
    unencryptedMasterKey: new Uint8Array(randomBytes(32)),
    wrappingSuite: RawAesWrappingSuiteIdentifier.AES256_GCM_IV12_TAG16_NO_PADDING,
  });
  const cmm = new NodeCachingMaterialsManager({
    backingMaterials,
    cache: getLocalCryptographicMaterialsCache(100),
    maxAge: 300_000,
  });
  const plaintext = randomBytes(bytes);
  const suiteId = AlgorithmSuiteIdentifier.ALG_AES256_GCM_IV12_TAG16_HKDF_SHA512_COMMIT_KEY;
  return () => client.encrypt(cmm, plaintext, { suiteId, encryptionContext: recordContext, plaintextLength: bytes });
}
