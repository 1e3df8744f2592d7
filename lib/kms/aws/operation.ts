/**
 * One call of ours to a key service, which may need several of AWS's: it has one time limit in all, and one list of
 * request IDs. What is transient is tried again with full jitter
 * (https://docs.aws.amazon.com/general/latest/gr/api-retries.html), as long as the time suffices.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { kmsFailures } from '#lib/byok/kms-failure.ts';
import type { CallLimits } from '../call-limits.ts';
import { KmsError } from '../errors.ts';
import { type AwsService, toKmsError } from './error-map.ts';
import { collectRequestIds, commandOf } from './request-ids.ts';

const maxAttempts = 4;
const firstPauseMs = 100;
const longestPauseMs = 1_000;

export class Operation {
  readonly requestIds: string[] = [];
  readonly #endsAt: number;
  readonly #ended: AbortSignal;
  readonly #caller: AbortSignal | undefined;
  readonly #jitter: () => number;
  readonly #onThrottled: (() => void) | undefined;

  /** `jitter` gives numbers from 0 up to 1. Time runs from here, by the monotonic clock. */
  constructor(limits: CallLimits, caller?: AbortSignal, jitter: () => number = Math.random, onThrottled?: () => void) {
    const timeout = AbortSignal.timeout(limits.totalTimeoutMs);
    this.#endsAt = performance.now() + limits.totalTimeoutMs;
    this.#caller = caller;
    this.#ended = caller ? AbortSignal.any([timeout, caller]) : timeout;
    this.#jitter = jitter;
    this.#onThrottled = onThrottled;
  }

  /**
   * Sends one AWS call, again where that may help. Throws KmsError with the request IDs of this whole operation; when
   * the time ends a further attempt, the failure of the one before it is what is known. `once`: for what would be done twice.
   */
  async send<T>(
    service: AwsService,
    call: (signal: AbortSignal) => Promise<T>,
    { once = false }: { once?: boolean } = {},
  ): Promise<T> {
    let before: KmsError | undefined;
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.within(() => collectRequestIds(this.requestIds, () => call(this.#ended)));
      } catch (thrown) {
        const failure = this.#failure(thrown, service, attempt, before);
        if (failure.failure === 'throttled') this.#onThrottled?.();
        const pauseMs = this.#jitter() * Math.min(longestPauseMs, firstPauseMs * 2 ** attempt);
        const again = !once && kmsFailures[failure.failure].retry && attempt < maxAttempts;
        if (!again || performance.now() + pauseMs >= this.#endsAt) throw failure;
        before = failure;
        await this.rest(pauseMs);
      }
    }
  }

  /** Waits for something that is not an AWS call of this operation, at most as long as the operation may last. */
  async within<T>(work: () => Promise<T>): Promise<T> {
    if (this.#ended.aborted) throw this.#ending(1);
    const { promise: ending, reject } = Promise.withResolvers<never>();
    const end = () => reject(this.#ending(1));
    this.#ended.addEventListener('abort', end, { once: true });
    try {
      return await Promise.race([work(), ending]);
    } finally {
      this.#ended.removeEventListener('abort', end);
    }
  }

  /** A pause in milliseconds, which the operation's end cuts short. */
  async rest(ms: number): Promise<void> {
    await pause(ms, undefined, { signal: this.#ended }).catch(() => {
      throw this.#ending(1);
    });
  }

  #failure(thrown: unknown, service: AwsService, attempts: number, before: KmsError | undefined): KmsError {
    const command = commandOf(this.requestIds);
    if (!this.#ended.aborted) return toKmsError(thrown, { service, requestIds: this.requestIds, attempts, command });
    const timedOut = !this.#caller?.aborted;
    return timedOut && before ? before.as(before.failure, this.requestIds) : this.#ending(attempts);
  }

  #ending(attempts: number): KmsError {
    const failure = this.#caller?.aborted ? 'aborted' : 'timed-out';
    return new KmsError(failure, { requestIds: this.requestIds, attempts });
  }
}
