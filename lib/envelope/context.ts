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
  return Buffer.from(additionalDataOnce(additionalDataPrefix(input), input.context));
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
  const length = writeContext(value, SCRATCH, 0);
  // Twice as fast as `Buffer.from`; every byte of it is written.
  const bytes = Buffer.allocUnsafe(length);
  bytes.set(scratchTo(length));
  return bytes;
}

/**
 * The whole, without making memory for it: this is done for every message.
 * @returns bytes that stand until the next call
 * @throws EnvelopeError `bad-context`
 */
export function additionalDataOnce(prefix: Buffer, context: EncryptionContext | CheckedContext): Buffer<ArrayBuffer> {
  const at = PREFIX_BYTES;
  const end = context instanceof CheckedContext ? context.copyTo(SCRATCH, at) : writeContext(context, SCRATCH, at);
  SCRATCH.set(prefix);
  return scratchTo(end);
}

/** A context that was found right, as the bytes that it was then: whatever becomes of the object, these are sealed. */
export class CheckedContext {
  readonly #bytes: Buffer<ArrayBuffer>;

  /** @throws EnvelopeError `bad-context`; its message says what is wrong and never repeats a name or a value. */
  constructor(value: unknown) {
    this.#bytes = contextBytes(value);
  }

  /** @returns where it ends */
  copyTo(target: Buffer<ArrayBuffer>, at: number): number {
    target.set(this.#bytes, at);
    return at + this.#bytes.length;
  }
}

/** @throws EnvelopeError `bad-context`, where it was not checked before. */
export function checkedContext(context: EncryptionContext | CheckedContext): CheckedContext {
  return context instanceof CheckedContext ? context : new CheckedContext(context);
}

/**
 * A context is a plain object of at most 32 pairs and 8 KiB, names and values well-formed strings (JavaScript's lone
 * surrogates would all encode alike). The message of the error says what is wrong and never repeats a name or a value.
 * @throws EnvelopeError `bad-context`.
 */
export function assertContext(value: unknown): asserts value is EncryptionContext {
  writeContext(value, SCRATCH, 0);
}

/** @returns where count and pairs end */
function writeContext(value: unknown, target: Buffer<ArrayBuffer>, at: number): number {
  // Looking at a foreign object may run foreign code, which may seal something itself: only here, before a byte is written.
  const pairs = pairsOf(value);
  return writeAscii(pairs, target, at) ?? writeAny(pairs, target, at);
}

type Pairs = Readonly<{ names: readonly string[]; texts: readonly string[] }>;

function pairsOf(value: unknown): Pairs {
  if (!isPlainObject(value)) throw bad('It must be an object of names and strings.');
  const names = Object.keys(value);
  // Asked for in two parts: `Reflect.ownKeys` takes twice as long.
  const hasMore = Object.getOwnPropertyNames(value).length !== names.length;
  if (hasMore || Object.getOwnPropertySymbols(value).length > 0) throw bad('It must have ordinary properties only.');
  if (names.length > MAX_CONTEXT_PAIRS) throw bad(`It has ${names.length} pairs; ${MAX_CONTEXT_PAIRS} are allowed.`);
  const texts: string[] = [];
  for (const name of names) {
    const text = value[name];
    if (typeof text !== 'string') throw bad(`The value of pair ${texts.length + 1} is not a string.`);
    texts.push(text);
  }
  return { names, texts };
}

/** @returns undefined where there is more than ASCII in them, or too much */
function writeAscii({ names, texts }: Pairs, target: Buffer<ArrayBuffer>, at: number): number | undefined {
  const count = names.length;
  let bytes = 4 * count;
  for (let i = 0; i < count; i++) bytes += (names[i]?.length ?? 0) + (texts[i]?.length ?? 0);
  if (bytes > MAX_CONTEXT_BYTES) return undefined;
  target[at] = 0;
  target[at + 1] = count;
  let end = at + 2;
  let written = '';
  for (let done = 0; done < count; done++) {
    const next = nextOf(names, written, done === 0);
    const name = names[next] ?? '';
    end = writeAsciiText(name, target, end);
    if (end >= 0) end = writeAsciiText(texts[next] ?? '', target, end);
    if (end < 0) return undefined;
    written = name;
  }
  return end;
}

/**
 * Which name is the lowest above the one written last. Strings compare by UTF-16, which for ASCII is the order of the bytes;
 * no two are the same. For so few it takes less than sorting, and no memory.
 */
function nextOf(names: readonly string[], written: string, isFirst: boolean): number {
  let lowest = -1;
  let best = '';
  for (let i = 0; i < names.length; i++) {
    const name = names[i] ?? '';
    if ((isFirst || name > written) && (lowest < 0 || name < best)) {
      lowest = i;
      best = name;
    }
  }
  return lowest;
}

/** @returns where it ends, -1 where it is not ASCII */
function writeAsciiText(text: string, target: Buffer<ArrayBuffer>, at: number): number {
  const { length } = text;
  target[at] = length >> 8;
  target[at + 1] = length & 0xff;
  const from = at + 2;
  // As UTF-8 only ASCII is as long as the string.
  if (length > SHORT) return target.write(text, from) === length ? from + length : -1;
  for (let i = 0; i < length; i++) {
    const unit = text.charCodeAt(i);
    if (unit > 0x7f) return -1;
    target[from + i] = unit;
  }
  return from + length;
}

/** Up to here (a UUID is 36) a loop is faster than a call into Node. */
const SHORT = 40;

function writeAny({ names, texts }: Pairs, target: Buffer<ArrayBuffer>, at: number): number {
  let bytes = 0;
  const pairs = names.map((name, index) => ({ name, text: texts[index] ?? '' }));
  for (const [index, { name, text }] of pairs.entries()) {
    if (!name.isWellFormed() || !text.isWellFormed()) throw bad(`Pair ${index + 1} holds a lone surrogate.`);
    // UTF-8 is never shorter than the string is long: so nothing huge is encoded only to be refused.
    if (name.length + text.length > MAX_CONTEXT_BYTES) throw tooLong();
    bytes += 4 + Buffer.byteLength(name) + Buffer.byteLength(text);
    if (bytes > MAX_CONTEXT_BYTES) throw tooLong();
  }
  const encoded = pairs.map(({ name, text }) => ({ name: Buffer.from(name), text: Buffer.from(text) }));
  encoded.sort((a, b) => Buffer.compare(a.name, b.name));
  let end = target.writeUInt16BE(pairs.length, at);
  for (const pair of encoded) {
    for (const part of [pair.name, pair.text]) {
      end = target.writeUInt16BE(part.length, end);
      target.set(part, end);
      end += part.length;
    }
  }
  return end;
}

function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
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
const PREFIX_BYTES = LABEL.length + 1 + 48;
/** What is written here is read before anything else can run. */
const SCRATCH = Buffer.alloc(PREFIX_BYTES + 2 + MAX_CONTEXT_BYTES);
/** Views of it from its beginning, by their length: making one takes as long as filling it. */
const VIEWS: (Buffer<ArrayBuffer> | undefined)[] = [];
const MAX_VIEWS = 512;

function scratchTo(end: number): Buffer<ArrayBuffer> {
  const known = VIEWS[end];
  if (known !== undefined) return known;
  const view = SCRATCH.subarray(0, end);
  if (end < MAX_VIEWS) VIEWS[end] = view;
  return view;
}
