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

/** The part of the additional data that is the same for every message of a data key and a version, 65 bytes. */
export function additionalDataPrefix(ids: DataKeyIds, version: number = ENVELOPE_VERSION): Buffer<ArrayBuffer> {
  return Buffer.concat([LABEL, Buffer.of(version), idBytes(ids)]);
}

/**
 * The part that is the caller's: count and pairs.
 * @throws EnvelopeError `bad-context`.
 */
export function contextBytes(value: unknown): Buffer<ArrayBuffer> {
  const { pairs, bytes } = checkedPairs(value);
  pairs.sort(inOrderOfBytes);
  // One piece of memory for all: this is done for every message.
  const result = Buffer.alloc(2 + bytes);
  let at = result.writeUInt16BE(pairs.length);
  for (const pair of pairs) {
    at = result.writeUInt16BE(pair.nameBytes, at);
    at += result.write(pair.name, at);
    at = result.writeUInt16BE(pair.textBytes, at);
    at += result.write(pair.text, at);
  }
  return result;
}

/**
 * A context is a plain object of at most 32 pairs and 8 KiB, names and values well-formed strings (JavaScript's lone
 * surrogates would all encode alike). The message of the error says what is wrong and never repeats a name or a value.
 * @throws EnvelopeError `bad-context`.
 */
export function assertContext(value: unknown): asserts value is EncryptionContext {
  checkedPairs(value);
}

type Pair = { name: string; text: string; nameBytes: number; textBytes: number };

function checkedPairs(value: unknown): { pairs: Pair[]; bytes: number } {
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
    const pair = { name, text, nameBytes: Buffer.byteLength(name), textBytes: Buffer.byteLength(text) };
    bytes += 4 + pair.nameBytes + pair.textBytes;
    if (bytes > MAX_CONTEXT_BYTES) throw tooLong();
    pairs.push(pair);
  }
  return { pairs, bytes };
}

/** Strings compare by UTF-16, which for ASCII alone is the order of the bytes. */
function inOrderOfBytes(a: Pair, b: Pair): number {
  if (a.nameBytes === a.name.length && b.nameBytes === b.name.length) return a.name < b.name ? -1 : 1;
  return Buffer.compare(Buffer.from(a.name), Buffer.from(b.name));
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

const LABEL = Buffer.from('keyward-envelope');
