import { type KeyObject, randomBytes } from 'node:crypto';
import { CheckedContext, type EncryptionContext } from './context.ts';
import type { DataKeySource, Scope } from './data-key-source.ts';
import { EnvelopeError } from './errors.ts';
import { type SealedSegment, SegmentCipher } from './stream-cipher.ts';
import {
  assertStreamVersion,
  parseStreamHeader,
  SEALED_SEGMENT_BYTES,
  SEGMENT_BYTES,
  STREAM_HEADER_BYTES,
  STREAM_NONCE_BYTES,
  streamAdditionalData,
  streamHeader,
} from './stream-format.ts';
import { StreamKey } from './stream-key.ts';
import { Segments } from './stream-segments.ts';

/**
 * Sealing or opening as steps that Node's streams (stream.ts) and the web's (stream-web.ts) take alike: `start`, then for
 * each piece `add` and `next` until it answers undefined, then `end`. One step at a time; after any error only `close`.
 */
export interface StreamSteps {
  start(): Promise<readonly Buffer[]>;
  /** @throws EnvelopeError `unknown-version`, `other-format` */
  add(piece: Uint8Array): void;
  /** The next bytes out; undefined: more has to come in. A promise only where the data key has to be asked for. */
  next(): readonly Buffer[] | undefined | Promise<readonly Buffer[]>;
  /** Nothing follows any more: the last bytes out. */
  end(): Promise<readonly Buffer[]>;
  /** Wipes what waits and lets go of the key. */
  close(): void;
}

/**
 * @param random a CSPRNG
 * @throws EnvelopeError `bad-context`, before any data key is asked for
 */
export function sealSteps(
  source: DataKeySource,
  scope: Scope,
  context: EncryptionContext,
  random: (length: number) => Buffer = randomBytes,
): StreamSteps {
  const checked = new CheckedContext(context);
  const segments = new Segments(SEGMENT_BYTES, { onlyInner: false });
  const nonce = random(STREAM_NONCE_BYTES);
  let running: { key: StreamKey; cipher: SegmentCipher } | undefined;
  let closed = false;
  /** Of a full segment after which nothing has come so far: sealed as an inner one, and not given out as one. */
  let kept: SealedSegment | undefined;
  const withKey = <T>(use: (cipher: SegmentCipher, key: KeyObject) => T): T | Promise<T> => {
    if (running === undefined || closed) throw new EnvelopeError('destroyed', 'The stream is not running.');
    const { key, cipher } = running;
    const now = key.now();
    return now ? use(cipher, now) : key.renewed((renewed) => use(cipher, renewed));
  };
  const unlessLast = (sealed: SealedSegment): readonly Buffer[] => {
    if (!segments.isEmpty) return sealed;
    kept = sealed;
    return [];
  };
  return {
    async start() {
      const key = await StreamKey.forNew(source, scope, nonce);
      if (closed) key.close();
      const header = streamHeader(key.dataKeyId, nonce);
      running = { key, cipher: new SegmentCipher(nonce, streamAdditionalData(scope, header, checked)) };
      return [header.bytes];
    },
    add: (piece) => segments.add(piece),
    next() {
      if (kept !== undefined && !segments.isEmpty) {
        const out = kept;
        kept = undefined;
        return out;
      }
      const segment = segments.next();
      if (segment === undefined) return undefined;
      const sealed = withKey((cipher, key) => cipher.seal(key, segment, false));
      return sealed instanceof Promise ? sealed.then(unlessLast) : unlessLast(sealed);
    },
    async end() {
      const last = kept;
      return withKey((cipher, key) =>
        last === undefined ? cipher.seal(key, segments.last(), true) : cipher.sealAsLast(key, last),
      );
    },
    close() {
      closed = true;
      segments.close();
      running?.key.close();
    },
  };
}

/** @throws EnvelopeError `bad-context` */
export function openSteps(source: DataKeySource, scope: Scope, context: EncryptionContext): StreamSteps {
  const checked = new CheckedContext(context);
  const segments = new Segments(SEALED_SEGMENT_BYTES, { onlyInner: true });
  const header = Buffer.alloc(STREAM_HEADER_BYTES);
  let headerBytes = 0;
  let running: { key: StreamKey; cipher: SegmentCipher } | undefined;
  let closed = false;
  const open = (sealed: Uint8Array, last: boolean) => {
    if (closed) throw new EnvelopeError('destroyed', 'The stream is not running.');
    running ??= begin(source, scope, checked, header);
    const { key, cipher } = running;
    const now = key.now();
    return now
      ? [cipher.open(now, sealed, last)]
      : key.renewed((renewed) => [cipher.open(renewed, sealed, last)]).catch(rethrow);
  };
  return {
    start: async () => [],
    add(piece) {
      const taken = piece.subarray(0, STREAM_HEADER_BYTES - headerBytes);
      header.set(taken, headerBytes);
      headerBytes += taken.length;
      if (headerBytes > 0) assertStreamVersion(header[0]);
      segments.add(piece.subarray(taken.length));
    },
    next() {
      const segment = segments.next();
      return segment && open(segment, false);
    },
    async end() {
      if (headerBytes < STREAM_HEADER_BYTES)
        throw new EnvelopeError('malformed', `${headerBytes} bytes are no stream's header.`);
      return open(segments.last(), true);
    },
    close() {
      closed = true;
      segments.close();
      running?.key.close();
    },
  };
}

function begin(source: DataKeySource, scope: Scope, context: CheckedContext, header: Buffer) {
  const parsed = parseStreamHeader(header);
  return {
    key: StreamKey.forExisting(source, scope, parsed),
    cipher: new SegmentCipher(parsed.nonce, streamAdditionalData(scope, parsed, context)),
  };
}

/** A source's fault must not tell a reader more than any other failure. */
function rethrow(error: unknown): never {
  if (error instanceof EnvelopeError && error.code === 'wrong-data-key')
    throw new EnvelopeError('cannot-open', error.detail, { cause: error });
  throw error;
}
