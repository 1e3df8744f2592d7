/** How checks ask AWS: a refusal is an answer, and what may still be on its way is asked for again. */
import type { KmsFailureCode } from '#lib/byok/kms-failure.ts';
import { KmsError } from '../../errors.ts';
import { asAccessKeyFailure } from '../access-key-failure.ts';
import { Operation } from '../operation.ts';
import type { TestRun } from './test-run.ts';

export type Answer<T> = { ok: true; value: T } | { ok: false; failure: KmsError };

/** Asks once, within the limits of one call. The request IDs go to the running check. Throws only `aborted`. */
export async function ask<T>(test: TestRun, work: (operation: Operation) => Promise<T>): Promise<Answer<T>> {
  const operation = new Operation(test.limits, test.options.signal);
  try {
    return { ok: true, value: await work(operation) };
  } catch (thrown) {
    if (!(thrown instanceof KmsError) || thrown.failure === 'aborted') throw thrown;
    const withAccessKey = test.options.configuration.authMode === 'access-key';
    return { ok: false, failure: withAccessKey ? asAccessKeyFailure(thrown) : thrown };
  } finally {
    test.requestIds.push(...operation.requestIds);
  }
}

/** Asks until the answer is worth keeping or `endsAt` (by performance.now) is reached; gives the last answer. */
export async function* askAgain<T>(
  test: TestRun,
  again: { while: (answer: Answer<T>) => boolean; endsAt: number },
  work: (operation: Operation) => Promise<T>,
): AsyncGenerator<number, Answer<T>> {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await ask(test, work);
    const pauseMs = test.waitLimits.pauseMs * Math.min(attempt, 5);
    if (!again.while(answer) || performance.now() + pauseMs > again.endsAt) return answer;
    yield attempt + 1;
    const pause = new Operation({ ...test.limits, totalTimeoutMs: pauseMs + 1_000 }, test.options.signal);
    await pause.rest(pauseMs);
  }
}

/** For what should be allowed: asks again while it is denied. */
export async function* askPatiently<T>(
  test: TestRun,
  work: (operation: Operation) => Promise<T>,
): AsyncGenerator<number, Answer<T>> {
  const endsAt = performance.now() + test.waitLimits.positiveMs;
  return yield* askAgain(test, { while: (answer) => !answer.ok && denials.has(answer.failure.failure), endsAt }, work);
}

/** The same for what is not one operation of the test's own clients; several such share the time until `endsAt`. */
export async function* waitsFor<T>(
  test: TestRun,
  endsAt: number,
  work: () => Promise<Answer<T>>,
): AsyncGenerator<number, Answer<T>> {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await work();
    const pauseMs = test.waitLimits.pauseMs * Math.min(attempt, 5);
    const denied = !answer.ok && denials.has(answer.failure.failure);
    if (!denied || performance.now() + pauseMs > endsAt) return answer;
    yield attempt + 1;
    const pause = new Operation({ ...test.limits, totalTimeoutMs: pauseMs + 1_000 }, test.options.signal);
    await pause.rest(pauseMs);
  }
}

const denials: ReadonlySet<KmsFailureCode> = new Set([
  'assume-role-denied',
  'vendor-denied',
  'organization-denied',
  'access-denied',
]);
