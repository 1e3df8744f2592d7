import { EnvelopeError } from './errors.ts';
import { XAES_KEY_BYTES, XAES_NONCE_BYTES, XaesKey } from './xaes.ts';

/** One test vector of XAES-256-GCM; the ciphertext ends with its tag. */
export type Vector = Readonly<{
  key: Buffer;
  nonce: Buffer;
  plaintext: Buffer;
  aad: Buffer;
  ciphertext: Buffer;
  valid: boolean;
}>;

/** Why a file is no list of vectors: a sentence for whoever wrote it. */
export class VectorsError extends Error {
  override readonly name = 'VectorsError';
}

/**
 * A JSON list of `{"key","nonce","plaintext","aad","ciphertext","valid"}`, all but the last in hexadecimal.
 * @throws VectorsError that names the vector and what is wrong with it.
 */
export function parseVectors(text: string): Vector[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new VectorsError('It is not JSON.');
  }
  if (!Array.isArray(value)) throw new VectorsError('It is not a JSON list.');
  if (value.length === 0) throw new VectorsError('The list is empty: nothing would be checked.');
  return value.map((entry: unknown, index) => vectorOf(entry, `Vector ${index + 1}`));
}

/**
 * Whether sealing (where the vector is valid) gives its ciphertext, and opening its plaintext, or a refusal where it is not.
 * @returns what went wrong, undefined where nothing did
 */
export function checkVector({ key: raw, nonce, plaintext, aad, ciphertext, valid }: Vector): string | undefined {
  // What has no place in the cipher cannot be sealed at all: as a vector it can only be an invalid one.
  const fits = raw.length === XAES_KEY_BYTES && nonce.length === XAES_NONCE_BYTES;
  if (!fits) return valid ? 'its key or its nonce has a wrong length' : undefined;
  const key = new XaesKey(raw);
  try {
    if (valid && !key.seal(nonce, plaintext, aad).equals(ciphertext)) return 'sealing gives another ciphertext';
    const opened = key.open(nonce, ciphertext, aad);
    if (!valid) return 'it opens, although it is not valid';
    return opened.equals(plaintext) ? undefined : 'opening gives another plaintext';
  } catch (error) {
    if (!(error instanceof EnvelopeError) || error.code !== 'cannot-open') throw error;
    return valid ? 'it does not open' : undefined;
  } finally {
    key.destroy();
  }
}

const fields = ['key', 'nonce', 'plaintext', 'aad', 'ciphertext'] as const;

function vectorOf(entry: unknown, name: string): Vector {
  if (typeof entry !== 'object' || entry === null) throw new VectorsError(`${name} is not an object.`);
  const bytes = Object.fromEntries(fields.map((field) => [field, hexOf(Reflect.get(entry, field), name, field)]));
  const valid: unknown = Reflect.get(entry, 'valid');
  if (typeof valid !== 'boolean') throw new VectorsError(`${name}: "valid" is missing, or neither true nor false.`);
  return { ...(bytes as Record<(typeof fields)[number], Buffer>), valid };
}

function hexOf(value: unknown, name: string, field: string): Buffer {
  if (value === undefined) throw new VectorsError(`${name}: "${field}" is missing.`);
  // Node would read up to the first character that is none, and say nothing.
  if (typeof value !== 'string' || !/^([0-9a-f]{2})*$/i.test(value)) {
    throw new VectorsError(`${name}: "${field}" is not an even number of hexadecimal digits.`);
  }
  return Buffer.from(value, 'hex');
}
