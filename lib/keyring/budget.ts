import 'server-only';
import { setTimeout as sleep } from 'node:timers/promises';
import { getConfig } from '../config/config.ts';
import { AdaptiveBudget } from './adaptive-budget.ts';

/** What background work may ask of one key service, so that live traffic, which never passes through it, has room. */
export interface KmsBudget {
  /**
   * Runs `call` when its turn has come. While the key service asks for fewer requests it is called again after growing
   * pauses, a bounded number of times.
   * @throws what `call` throws, the last `throttled` included; KmsError `aborted` when the signal ends the waiting
   */
  run<T>(call: (signal: AbortSignal) => Promise<T>, signal: AbortSignal): Promise<T>;
  /** The key service asked for fewer requests: of anybody, live traffic included. */
  stepBack(): void;
}

const holder = globalThis as typeof globalThis & { keywardBudgets?: Map<string | null, KmsBudget> };

/** One per key version and process; null is the platform key. Its root key lies in this process: nothing to be spared. */
export function budgetOf(versionId: string | null): KmsBudget {
  holder.keywardBudgets ??= new Map();
  const known = holder.keywardBudgets.get(versionId) ?? makeBudget(versionId);
  holder.keywardBudgets.set(versionId, known);
  return known;
}

export function closeBudgets(): void {
  holder.keywardBudgets = undefined;
}

function makeBudget(versionId: string | null): KmsBudget {
  const { platformKmsKeyArn, rewrapCallsAtOnce, rewrapCallsPerSecond } = getConfig();
  if (versionId === null && platformKmsKeyArn === undefined) return unlimited;
  const limits = { callsAtOnce: rewrapCallsAtOnce, callsPerSecond: rewrapCallsPerSecond };
  return new AdaptiveBudget(limits, {
    now: () => performance.now(),
    random: Math.random,
    pause: (ms, signal) => sleep(ms, undefined, { signal }).catch(() => undefined),
  });
}

const unlimited: KmsBudget = { run: (call, signal) => call(signal), stepBack() {} };
