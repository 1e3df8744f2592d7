import { EnvelopeError } from './errors.ts';
import { ENVELOPE_VERSION } from './format.ts';
import { type DataKeyIds, idBytes } from './uuid.ts';

/** What a message is, in the caller's words (table, column, record …). Authenticated, not secret, not stored with it. */
export type EncryptionContext = Readonly<Record<string, string>>;

export const MAX_CONTEXT_PAIRS = 32;
/** Names and values in UTF-8, the two length bytes of each included. */
export const MAX_CONTEXT_BYTES = 8192;

/**
 * What is authenticated beside a message:
 * `"keyward-envelope" || version || data key, tenant and app ID || u16 count || pairs`, big-endian, each string with a
 * u16 length before it, pairs in the order of their names' UTF-8 bytes.
 * @throws EnvelopeError `bad-context`; TypeError when an ID is not a UUID.
 */
export function additionalData(input: DataKeyIds & { context: EncryptionContext }): Buffer<ArrayBuffer> {
  return Buffer.concat([additionalDataPrefix(input), contextBytes(input.context)]);
}

/** The part of the additional data that is the same for every message of a data key, 65 bytes. */
export function additionalDataPrefix(ids: DataKeyIds): Buffer<ArrayBuffer> {
  return Buffer.concat([LABEL, Buffer.of(ENVELOPE_VERSION), idBytes(ids)]);
}

/**
 * The part that is the caller's: count and pairs.
 * @throws EnvelopeError `bad-context`.
 */
export function contextBytes(value: unknown): Buffer<ArrayBuffer> {
  const pairs = checkedPairs(value);
  pairs.sort((a, b) => Buffer.compare(a.name, b.name));
  const parts: Buffer[] = [u16(pairs.length)];
  for (const { name, text } of pairs) parts.push(u16(name.length), name, u16(text.length), text);
  return Buffer.concat(parts);
}

/**
 * A context is a plain object of at most 32 pairs and 8 KiB, names and values well-formed strings (JavaScript's lone
 * surrogates would all encode alike). The message of the error says what is wrong and never repeats a name or a value.
 * @throws EnvelopeError `bad-context`.
 */
export function assertContext(value: unknown): asserts value is EncryptionContext {
  checkedPairs(value);
}

type Pair = { name: Buffer; text: Buffer };

function checkedPairs(value: unknown): Pair[] {
  if (!isPlainObject(value)) throw bad('It must be an object of names and strings.');
  const entries = Object.entries(value);
  if (Reflect.ownKeys(value).length !== entries.length) throw bad('It must have ordinary properties only.');
  if (entries.length > MAX_CONTEXT_PAIRS)
    throw bad(`It has ${entries.length} pairs; ${MAX_CONTEXT_PAIRS} are allowed.`);
  const pairs: Pair[] = [];
  let bytes = 0;
  for (const [index, [name, text]] of entries.entries()) {
    if (typeof text !== 'string') throw bad(`The value of pair ${index + 1} is not a string.`);
    if (!name.isWellFormed() || !text.isWellFormed()) throw bad(`Pair ${index + 1} holds a lone surrogate.`);
    // UTF-8 is never shorter than the string is long: so nothing huge is encoded only to be refused.
    if (name.length + text.length > MAX_CONTEXT_BYTES) throw tooLong();
    const pair = { name: Buffer.from(name), text: Buffer.from(text) };
    bytes += 4 + pair.name.length + pair.text.length;
    if (bytes > MAX_CONTEXT_BYTES) throw tooLong();
    pairs.push(pair);
  }
  return pairs;
}

function isPlainObject(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  // An object of another realm (a test runner's, a worker's) has a prototype of its own whose prototype is null.
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function bad(detail: string): EnvelopeError {
  return new EnvelopeError('bad-context', detail);
}

function tooLong(): EnvelopeError {
  return bad(`It is longer than ${MAX_CONTEXT_BYTES} bytes.`);
}

function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}

const LABEL = Buffer.from('keyward-envelope');
