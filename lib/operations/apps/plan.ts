import { formatCount } from '../../byok/format.ts';
import { priceOf } from '../../byok/providers.ts';
import type { PlanView } from '../../byok/transition-views.ts';
import type { Wrapping } from '../../db/app-store.ts';

/** An app that is to move, with what there is of it now. */
export type PlannedApp = {
  to: string | null;
  /** False for a rekey, which leaves wrappings as they are. */
  rewrap: boolean;
  reencrypt: boolean;
  wrappings: Wrapping[];
  records: number;
};

export type PlanFacts = {
  apps: PlannedApp[];
  /** Data keys that the command itself unwraps first, to prove that the key can be reached. */
  proofs: number;
  callsAtOnce: number;
  callsPerSecond: number;
  cacheTtlSeconds: number;
  /** Of the keys that are asked. */
  providers: readonly (string | undefined)[];
};

/** How long one call to a KMS in the same continent takes, in seconds, when all is well. */
const callSeconds = { low: 0.02, high: 0.05 };
/** Records of about 1 KiB that one worker seals again in a second. */
const recordsPerSecond = { low: 3_000, high: 20_000 };
/** Records that are opened with one look into the cache of data keys (lib/jobs/transition/reencrypt-records.ts). */
const recordsPerLook = 500;

type Work = Pick<PlanView, 'freshDataKeys' | 'dataKeysToRewrap' | 'records' | 'recordsToReencrypt'> & {
  generate: number;
  encrypt: number;
  decrypt: number;
};

/**
 * What a key transition would do, with an upper bound of the calls to the customer's key: two for a fresh data key (generate, read
 * back), at most three for a rewrap (unwrap, wrap, read back), and one for each data key that re-encryption takes into
 * the cache. The platform's root key lies in the process: asking it costs nothing and is not counted.
 */
export function planOf(facts: PlanFacts): Omit<PlanView, 'appsAdded' | 'appsRemoved' | 'refusal'> {
  const work: Work = {
    freshDataKeys: facts.apps.length,
    dataKeysToRewrap: 0,
    records: 0,
    recordsToReencrypt: 0,
    generate: 0,
    encrypt: 0,
    decrypt: facts.proofs,
  };
  for (const app of facts.apps) addApp(work, app, facts.cacheTtlSeconds);
  const { generate, encrypt, decrypt, ...counts } = work;
  const total = generate + encrypt + decrypt;
  const [provider = null, ...others] = new Set(facts.providers.filter((one) => one !== undefined));
  const only = others.length === 0 ? provider : null;
  const price = only === null ? undefined : priceOf(only);
  const seconds = secondsFor(total, work.recordsToReencrypt, facts);
  return {
    apps: facts.apps.length,
    ...counts,
    kmsCalls: { generate, encrypt, decrypt, total },
    seconds,
    assumption: `Assumes ${callSeconds.low * 1000} to ${callSeconds.high * 1000} ms per KMS call, ${facts.callsAtOnce} at once and at most ${facts.callsPerSecond} per second. Assumes ${formatCount(recordsPerSecond.low)} to ${formatCount(recordsPerSecond.high)} records per second.`,
    provider: only,
    costUsd: price ? Math.round(total * price.usdPerCall * 1e6) / 1e6 : null,
    price: price?.words ?? '',
  };
}

function addApp(work: Work, app: PlannedApp, cacheTtlSeconds: number): void {
  const toKey = app.to !== null;
  if (toKey) {
    work.generate++;
    work.decrypt++;
  }
  for (const { keyVersionId, dataKeys } of app.wrappings) {
    if (!app.rewrap || keyVersionId === app.to) continue;
    work.dataKeysToRewrap += dataKeys;
    if (keyVersionId !== null) work.decrypt += dataKeys;
    if (toKey) {
      work.encrypt += dataKeys;
      work.decrypt += dataKeys;
    }
  }
  work.records += app.records;
  if (!app.reencrypt) return;
  work.recordsToReencrypt += app.records;
  if (toKey) work.decrypt += loads(app, cacheTtlSeconds);
}

/** How often re-encryption unwraps a data key of an app: old and fresh ones, again whenever the cache's time is over. */
function loads(app: PlannedApp, cacheTtlSeconds: number): number {
  const old = app.wrappings.reduce((sum, one) => sum + one.dataKeys, 0);
  const looks = old + Math.floor(app.records / recordsPerLook);
  const everyLook = 2 * looks;
  if (cacheTtlSeconds === 0) return everyLook;
  const lives = 1 + Math.floor(app.records / recordsPerSecond.low / cacheTtlSeconds);
  return Math.min(everyLook, old + lives + Math.min(old, lives));
}

function secondsFor(calls: number, records: number, budget: PlanFacts): PlanView['seconds'] {
  const at = (callTakes: number, perSecond: number) => {
    const rate = Math.min(budget.callsPerSecond, budget.callsAtOnce / callTakes);
    return Math.ceil(calls / rate + records / perSecond);
  };
  return {
    low: at(callSeconds.low, recordsPerSecond.high),
    high: at(callSeconds.high, recordsPerSecond.low),
  };
}
