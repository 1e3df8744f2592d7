import { randomBytes } from 'node:crypto';

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** IDs as IAM makes them: a prefix that says what it is (AROA, AIDA, AKIA, ASIA) and random base32 characters. */
export function newIamId(prefix: string, length: number): string {
  return prefix + Array.from(randomBytes(length), (byte) => BASE32[byte & 31]).join('');
}
