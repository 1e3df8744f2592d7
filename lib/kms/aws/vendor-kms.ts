/** The platform key as the vendor's own KMS key, reached with the process's own credentials. */
import { parseKeyArn } from '#lib/byok/aws/arn.ts';
import { type CallLimits, defaultLimits } from '../call-limits.ts';
import { KmsError } from '../errors.ts';
import type { VendorKeyOptions } from '../key-service.ts';
import type { KmsProvider } from '../provider.ts';
import { clarifyState } from './clarify-state.ts';
import { makeKmsClient } from './clients.ts';
import { generateFor, lookAtKey, thereAndBack, unwrapFor, wrapFor } from './data-key-calls.ts';
import type { KeyCaller } from './key-calls.ts';
import { Operation } from './operation.ts';

/** Throws KmsError `invalid-arn` at once. */
export function createVendorKmsProvider(options: VendorKeyOptions): KmsProvider {
  const key = parseKeyArn(options.keyRef);
  if (!key.ok) throw new KmsError('invalid-arn');
  const { arn: keyArn, region } = key.value;
  const limits = { ...defaultLimits, ...options.limits };
  const clock = options.clock ?? (() => new Date());
  const kms = makeKmsClient(region, limits);
  let closed = false;

  const call = async <T>(
    time: CallLimits,
    signal: AbortSignal | undefined,
    work: (caller: KeyCaller) => Promise<T>,
  ): Promise<T> => {
    if (closed) throw new KmsError('aborted');
    const caller = { kms, operation: new Operation(time, signal, Math.random, options.onThrottled), keyArn };
    try {
      return await work(caller);
    } catch (thrown) {
      throw thrown instanceof KmsError ? await clarifyState(caller, thrown) : thrown;
    }
  };

  return {
    kind: 'platform',
    keyId: keyArn,
    generateDataKey: (ids, signal) => call(limits, signal, (caller) => generateFor(caller, ids)),
    wrap: (plaintext, ids, signal) => call(limits, signal, (caller) => wrapFor(caller, plaintext, ids)),
    unwrap: (wrapped, ids, signal) => call(limits, signal, (caller) => unwrapFor(caller, wrapped, ids)),
    probe: async (signal) => {
      const sentAt = clock();
      const began = performance.now();
      const requestIds = await call(
        { ...limits, totalTimeoutMs: 3 * limits.totalTimeoutMs },
        signal,
        async (caller) => {
          await thereAndBack(caller, 'platform');
          return caller.operation.requestIds;
        },
      );
      return { requestIds, sentAt, durationMs: Math.round(performance.now() - began) };
    },
    look: (signal) => call(limits, signal, lookAtKey),
    close: () => {
      closed = true;
      kms.destroy();
    },
  };
}
