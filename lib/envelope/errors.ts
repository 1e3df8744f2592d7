/**
 * Why sealing or opening failed, as far as a caller may know.
 *
 * - `cannot-open`: the one answer to everything that concerns keys: no such data key in this scope, a wrong tag, a wrong
 *   context, a wrong tenant. Callers must not be able to tell these apart.
 * - `malformed`, `unknown-version`: the bytes are no envelope, or one of a format that this version does not read.
 * - `other-format`: a stream (version 2) was given to what opens records (version 1), or the other way round.
 * - `bad-context`: the caller's encryption context breaks a rule; the message says which.
 * - `destroyed`: this data key was wiped (evicted, expired, dropped). Ask the source again.
 * - `wrong-data-key`: the source answered with a data key other than the one asked for. A fault of ours, never a caller's.
 */
export type EnvelopeErrorCode =
  | 'cannot-open'
  | 'malformed'
  | 'unknown-version'
  | 'other-format'
  | 'bad-context'
  | 'destroyed'
  | 'wrong-data-key';

/**
 * The only error that this folder throws for data that comes from outside. Wrong argument lengths and identifiers that
 * are no UUID are mistakes in the calling code and throw RangeError or TypeError.
 *
 * `message` may go to a caller. `detail` and `cause` are for the log; neither ever holds a key or a plaintext. `detail`
 * lives on the prototype, so that serialising the error does not carry it along: a log line names it.
 */
export class EnvelopeError extends Error {
  override readonly name = 'EnvelopeError';
  readonly code: EnvelopeErrorCode;
  readonly #detail: string;

  constructor(code: EnvelopeErrorCode, detail: string, options?: { cause?: unknown }) {
    super(code === 'bad-context' ? `${MESSAGES[code]} ${detail}` : MESSAGES[code], options);
    this.code = code;
    this.#detail = detail;
  }

  /** What exactly went wrong: for the log, not for a caller. */
  get detail(): string {
    return this.#detail;
  }
}

/** Whether asking the source again may help: the data key was wiped between being handed out and being used. */
export function isDestroyed(error: unknown): boolean {
  return error instanceof EnvelopeError && error.code === 'destroyed';
}

const MESSAGES = {
  'cannot-open': 'The envelope cannot be opened.',
  malformed: 'The bytes are not an envelope.',
  'unknown-version': 'The envelope has a version that is not known here.',
  'other-format': 'A stream is opened with openStream, a record with openItems: these bytes are of the other kind.',
  'bad-context': 'The encryption context is not valid:',
  destroyed: 'The data key is no longer in memory.',
  'wrong-data-key': 'The data key source answered with another data key.',
} satisfies Record<EnvelopeErrorCode, string>;
