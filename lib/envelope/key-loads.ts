import type { DataKey } from './data-key.ts';
import { EnvelopeError } from './errors.ts';

/** What is asked of the cache. */
export type DataKeyRequest = Readonly<{
  dataKeyId: string;
  /** What wraps the data key: a key version's ID, or 'platform'. */
  scope: string;
  /** The scope's epoch as the caller knows it. Unwraps of an older one are discarded. */
  epoch: number;
  /** How long a data key may be used, in ms from the moment its load was sent. 0: it is never kept. */
  ttlMs: number;
}>;

/** An unwrap that has been sent and not yet answered. */
export type Load = {
  readonly request: DataKeyRequest;
  /** When it was sent, on the cache's clock. */
  readonly sentAt: number;
  readonly result: Promise<DataKey>;
};

/**
 * The running loads of a cache: at most one that callers can join per data key and scope, and those that nobody joins
 * any more because a drop came since they were sent.
 */
export class KeyLoads {
  readonly #running = new Set<Running>();
  readonly #joinable = new Map<string, Running>();

  /** The load to wait for. One of an older epoch is discarded instead: its waiters get `destroyed`. */
  find(asked: DataKeyRequest): Load | undefined {
    const load = this.#joinable.get(keyOf(asked));
    if (load === undefined || load.request.epoch >= asked.epoch) return load;
    this.#discard(load);
    return undefined;
  }

  /**
   * Calls `load` now. When it has given the right data key and no drop came, `keep` runs before any waiter does.
   */
  begin(
    request: DataKeyRequest,
    sentAt: number,
    load: () => Promise<DataKey>,
    keep: (key: DataKey, load: Load) => void,
  ): Load {
    const { promise, resolve, reject } = Promise.withResolvers<DataKey>();
    const running: Running = { request, sentAt, result: promise, discarded: false, droppedApps: new Set() };
    this.#running.add(running);
    this.#joinable.set(keyOf(request), running);
    const end = () => {
      this.#running.delete(running);
      this.#leave(running);
    };
    called(load).then(
      (key) => {
        end();
        const refusal = refusalOf(key, running);
        if (refusal === undefined) {
          keep(key, running);
          resolve(key);
        } else {
          key.destroy();
          reject(refusal);
        }
      },
      (error) => {
        end();
        reject(error);
      },
    );
    return running;
  }

  /** @returns how many were discarded now. */
  discard(matches: (request: DataKeyRequest) => boolean): number {
    let discarded = 0;
    for (const load of this.#running) {
      if (load.discarded || !matches(load.request)) continue;
      this.#discard(load);
      discarded++;
    }
    return discarded;
  }

  /** Whose app a load is turns out when it ends: until then nobody new joins any of them. */
  discardApp(appId: string): void {
    for (const load of this.#running) {
      load.droppedApps.add(appId);
      this.#leave(load);
    }
  }

  #discard(load: Running): void {
    load.discarded = true;
    this.#leave(load);
  }

  #leave(load: Running): void {
    const key = keyOf(load.request);
    if (this.#joinable.get(key) === load) this.#joinable.delete(key);
  }
}

type Running = Load & { discarded: boolean; readonly droppedApps: Set<string> };

function refusalOf(key: DataKey, load: Running): EnvelopeError | undefined {
  if (load.discarded || load.droppedApps.has(key.appId)) {
    return new EnvelopeError('destroyed', 'The data key was dropped while it was being loaded.');
  }
  if (key.id !== load.request.dataKeyId) {
    return new EnvelopeError('wrong-data-key', 'The load gave a data key with another ID.');
  }
  return undefined;
}

/** Also turns what `load` throws at once into a rejection. */
async function called(load: () => Promise<DataKey>): Promise<DataKey> {
  return load();
}

function keyOf(request: DataKeyRequest): string {
  return `${request.dataKeyId} ${request.scope}`;
}
