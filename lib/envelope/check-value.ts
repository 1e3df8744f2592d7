import { createHmac, createSecretKey, timingSafeEqual } from 'node:crypto';
import { type DataKeyIds, idBytes } from './uuid.ts';
import { XAES_KEY_BYTES } from './xaes.ts';

/**
 * What is stored beside a wrapped data key to recognise it when it is unwrapped: XAES-256-GCM does not commit to its
 * key by itself. HMAC-SHA-256 under the data key over `"keyward/v1/data-key-check" || data key, tenant and app ID`.
 * (The classical check value, AES over zeros, is the value that XAES derives its subkey from: never that.)
 * @param raw the data key, 32 bytes
 * @returns 32 bytes, not secret
 * @throws RangeError when the key is not 32 bytes; TypeError when an ID is not a UUID
 */
export function dataKeyCheck(raw: Uint8Array, ids: DataKeyIds): Buffer<ArrayBuffer> {
  if (raw.length !== XAES_KEY_BYTES) throw new RangeError(`A data key has ${XAES_KEY_BYTES} bytes.`);
  // A key given as bytes takes Node several times as long as the whole code itself.
  return Buffer.from(createHmac('sha256', createSecretKey(raw)).update(LABEL).update(idBytes(ids)).digest());
}

/** Whether `stored` is the check value of this data key, compared in constant time. A wrong length is `false`. */
export function verifyDataKeyCheck(raw: Uint8Array, ids: DataKeyIds, stored: Uint8Array): boolean {
  const expected = dataKeyCheck(raw, ids);
  return stored.length === expected.length && timingSafeEqual(stored, expected);
}

const LABEL = Buffer.from('keyward/v1/data-key-check');
