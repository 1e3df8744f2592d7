import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { PARTITIONS } from '../regions.ts';

/**
 * A CiphertextBlob: the ARN of the key that made it, and AES-256-GCM under that key's material. The ARN and the encryption
 * context are authenticated, so another key or another context does not open it.
 *
 *     0x01 | u16be length of ARN | ARN | nonce, 12 bytes | tag, 16 bytes | ciphertext
 */
const KEY_ARN = new RegExp(`^arn:(?:${PARTITIONS}):kms:[a-z0-9-]+:\\d{12}:key/[\\w-]+$`);
const VERSION = 1;
const NONCE_LENGTH = 12;
const TAG_LENGTH = 16;

export interface ParsedBlob {
  keyArn: string;
  /** Version, length and ARN as they stand in the blob. */
  header: Buffer;
  nonce: Buffer;
  tag: Buffer;
  ciphertext: Buffer;
}

export function sealBlob(
  keyArn: string,
  material: Buffer,
  plaintext: Buffer,
  encryptionContext: Readonly<Record<string, string>>,
): Buffer {
  const header = headerOf(keyArn);
  const nonce = randomBytes(NONCE_LENGTH);
  const cipher = createCipheriv('aes-256-gcm', material, nonce, { authTagLength: TAG_LENGTH });
  cipher.setAAD(Buffer.concat([header, serializeContext(encryptionContext)]));
  const ciphertext = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  return Buffer.concat([header, nonce, cipher.getAuthTag(), ciphertext]);
}

/** Undefined for bytes that no key of the simulator made. */
export function parseBlob(blob: Buffer): ParsedBlob | undefined {
  if (blob.length < 3 || blob[0] !== VERSION) return undefined;
  const headerLength = 3 + blob.readUInt16BE(1);
  if (blob.length < headerLength + NONCE_LENGTH + TAG_LENGTH) return undefined;
  const keyArn = blob.toString('utf8', 3, headerLength);
  if (!KEY_ARN.test(keyArn)) return undefined;
  return {
    keyArn,
    header: blob.subarray(0, headerLength),
    nonce: blob.subarray(headerLength, headerLength + NONCE_LENGTH),
    tag: blob.subarray(headerLength + NONCE_LENGTH, headerLength + NONCE_LENGTH + TAG_LENGTH),
    ciphertext: blob.subarray(headerLength + NONCE_LENGTH + TAG_LENGTH),
  };
}

/** Undefined where anything differs from what was sealed: a byte of the blob, the context, the material. */
export function openBlob(
  blob: ParsedBlob,
  material: Buffer,
  encryptionContext: Readonly<Record<string, string>>,
): Buffer | undefined {
  const decipher = createDecipheriv('aes-256-gcm', material, blob.nonce, { authTagLength: TAG_LENGTH });
  decipher.setAAD(Buffer.concat([blob.header, serializeContext(encryptionContext)]));
  decipher.setAuthTag(blob.tag);
  try {
    return Buffer.concat([decipher.update(blob.ciphertext), decipher.final()]);
  } catch {
    return undefined;
  }
}

/** The same bytes for the same pairs in any order, and never for two different sets of pairs. */
export function serializeContext(context: Readonly<Record<string, string>>): Buffer {
  const pairs = Object.entries(context).map(([key, value]) => [Buffer.from(key), Buffer.from(value)] as const);
  pairs.sort(([a], [b]) => Buffer.compare(a, b));
  return Buffer.concat(pairs.flatMap(([key, value]) => [u32(key.length), key, u32(value.length), value]));
}

function headerOf(keyArn: string): Buffer {
  const arn = Buffer.from(keyArn);
  const prefix = Buffer.alloc(3);
  prefix[0] = VERSION;
  prefix.writeUInt16BE(arn.length, 1);
  return Buffer.concat([prefix, arn]);
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
