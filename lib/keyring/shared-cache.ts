import 'server-only';
import { getConfig } from '../config/config.ts';
import { listenForEpochs } from '../db/epoch-feed.ts';
import { listEpochs } from '../db/version-store.ts';
import { elapsedMs } from '../envelope/clock.ts';
import { DataKeyCache } from '../envelope/data-key-cache.ts';
import type { Making } from './make-current.ts';
import { dropProvider } from './providers.ts';
import { SharedReads } from './shared-reads.ts';

/**
 * What the callers of one process share: unwrapped data keys, and what is known of the epochs of key versions. When it begins to
 * listen it asks for the epochs of what it holds.
 */
export type SharedCache = {
  cache: DataKeyCache;
  /** A version's epoch as somebody has just learned it: what was unwrapped or assumed under an older one goes. */
  raise(versionId: string, epoch: number): void;
  reads: SharedReads;
  making: Making;
  /**
   * Grows whenever something that was known is known to be void: an epoch has grown, the listening connection was lost, the
   * database was silent. Whoever remembers more of a data key than its copy compares it.
   */
  voided(): number;
  close(): Promise<void>;
};

const holder = globalThis as typeof globalThis & { keywardKeyring?: SharedCache };

/** The process's one. Kept on `globalThis` because a server build may hold this module more than once. */
export function sharedCache(): SharedCache {
  holder.keywardKeyring ??= openSharedCache();
  return holder.keywardKeyring;
}

export async function closeSharedCache(): Promise<void> {
  const old = holder.keywardKeyring;
  holder.keywardKeyring = undefined;
  await old?.close();
}

/** One count for whatever cache this process has had: what was remembered beside one of them is void beside the next. */
let voidings = 0;

/** How long after it was asked for a data key's row speaks for a copy that is there: a process may be stopped meanwhile. */
export const rowStandsMs = 10_000;
/** How long copies are kept without a word from the database. */
const heardForMs = 30_000;
/** Polls beside listening, because a notification can be missed. */
const pollMs = 10_000;
/** Finding the key's connection and writing down its answer come on top of the call itself. */
const besideCallMs = 5_000;

export function openSharedCache(every = { pollMs, heardForMs }): SharedCache {
  const cache = new DataKeyCache({ maxEntries: 10_000, answerWithinMs: getConfig().kmsTimeoutMs + besideCallMs });
  const seen = new Map<string, number>();
  const dropAll = () => {
    voidings++;
    cache.dropAll();
  };
  const raise = (versionId: string, epoch: number) => {
    const known = seen.get(versionId);
    if (known !== undefined && known >= epoch) return;
    seen.set(versionId, epoch);
    cache.dropScope(versionId, epoch);
    if (known === undefined) return;
    voidings++;
    void dropProvider(versionId);
  };
  const poll = pollEpochs(every, seen, raise, dropAll);
  let listened = false;
  const feed = listenForEpochs({
    onEpoch: raise,
    onGap() {
      // What was unwrapped before this process listened for the first time lies under epochs that can be asked for.
      if (listened) dropAll();
      else void poll.ask().catch(dropAll);
      listened = true;
    },
  });
  return {
    cache,
    raise,
    reads: new SharedReads(),
    making: new Map(),
    voided: () => voidings,
    async close() {
      poll.end();
      dropAll();
      await feed.close();
    },
  };
}

/** Asks for the epochs in use; says so when nothing was heard for too long, whatever was asked. */
function pollEpochs(
  every: { pollMs: number; heardForMs: number },
  seen: ReadonlyMap<string, number>,
  raise: SharedCache['raise'],
  onSilence: () => void,
): { ask(): Promise<void>; end(): void } {
  let ended = false;
  let heardOf = elapsedMs();
  const ask = async () => {
    const askedAt = elapsedMs();
    for (const [versionId, epoch] of await listEpochs([...seen.keys()])) if (!ended) raise(versionId, epoch);
    // An answer tells how it was when it was asked for, not when it came.
    heardOf = Math.max(heardOf, askedAt);
  };
  const poll = setInterval(() => void ask().catch(() => undefined), every.pollMs).unref();
  // A timer of its own: a database that takes a question and never answers would not end any poll.
  const watch = setInterval(() => {
    if (elapsedMs() - heardOf <= every.heardForMs - watchMs(every)) return;
    onSilence();
    heardOf = elapsedMs();
  }, watchMs(every)).unref();
  return {
    ask,
    end() {
      ended = true;
      clearInterval(poll);
      clearInterval(watch);
    },
  };
}

/** Looked at so often that the time is kept, and not overdrawn by the time between two looks. */
function watchMs(every: { heardForMs: number }): number {
  return Math.min(1_000, every.heardForMs / 10);
}
