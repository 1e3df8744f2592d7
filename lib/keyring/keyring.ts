import 'server-only';
import { randomUUID } from 'node:crypto';
import { Refusal } from '../byok/errors.ts';
import { findApp } from '../db/app-store.ts';
import { transaction } from '../db/client.ts';
import {
  type AppScope,
  type DataKeyRow,
  findCurrentDataKey,
  findDataKey,
  putCurrentDataKey,
} from '../db/data-key-store.ts';
import { listenForEpochs } from '../db/epoch-feed.ts';
import { findVersion, listEpochs } from '../db/version-store.ts';
import { DataKey } from '../envelope/data-key.ts';
import { DataKeyCache } from '../envelope/data-key-cache.ts';
import type { DataKeySource } from '../envelope/data-key-source.ts';
import { KmsError } from '../kms/errors.ts';
import type { KmsProvider } from '../kms/provider.ts';
import { closeBudgets } from './budget.ts';
import { newDataKey, unwrap } from './data-keys.ts';
import { observeAnswer, observeFailure } from './observe.ts';
import { closeProviders, connect, dropProvider, platformScope, providerFor } from './providers.ts';

/** A source of data keys for one request, which remembers what the request used. */
export type RequestSource = DataKeySource & {
  /** AWS request IDs of every call made for this request. */
  readonly awsRequestIds: string[];
  /** Rows that served, by data key ID. */
  readonly rows: Map<string, DataKeyRow>;
  close(): void;
};

type ProviderOf = (versionId: string | null) => Promise<KmsProvider>;
type Keyring = {
  cache: DataKeyCache;
  /** Resolves once notifications arrive, or after a second without: what is kept before would be dropped then. */
  ready: Promise<void>;
  /** A version's epoch as somebody has just learned it: what was unwrapped or assumed under an older one goes. */
  raise(versionId: string, epoch: number): void;
  close(): Promise<void>;
};
const holder = globalThis as typeof globalThis & { keywardKeyring?: Keyring };

/** Data keys from the process's cache, else from the wrapping key; each row is read from the database each time. */
export function cachedSource(): RequestSource {
  return source((versionId) => providerFor(versionId), keyring());
}

/**
 * Data keys past every cache: unwrapped by the wrapping key itself, for this request alone, with a role assumed anew.
 */
export function freshSource(): RequestSource {
  const own = new Map<string, Promise<KmsProvider>>();
  const keys: DataKey[] = [];
  const provider = (versionId: string | null) => {
    if (versionId === null) return providerFor(null);
    const known = own.get(versionId) ?? connectAnew(versionId);
    own.set(versionId, known);
    return known;
  };
  const fresh = source(provider, undefined, keys);
  return {
    ...fresh,
    close() {
      for (const key of keys) key.destroy();
      for (const made of own.values()) void made.then((it) => it.close()).catch(() => undefined);
    },
  };
}

export async function closeKeyring(): Promise<void> {
  const old = holder.keywardKeyring;
  holder.keywardKeyring = undefined;
  await old?.close();
  await closeProviders();
  closeBudgets();
}

function source(provider: ProviderOf, shared: Keyring | undefined, own: DataKey[] = []): RequestSource {
  const awsRequestIds: string[] = [];
  const rows = new Map<string, DataKeyRow>();

  const load = async (row: DataKeyRow): Promise<DataKey> => {
    rows.set(row.id, row);
    const unwrapped = () => unwrapNow(row, provider, awsRequestIds);
    if (!shared) {
      const key = await unwrapped();
      own.push(key);
      return key;
    }
    await shared.ready;
    // A row may tell of a new epoch before its notification has come.
    if (row.keyVersionId) shared.raise(row.keyVersionId, row.epoch);
    return shared.cache.getOrLoad(
      {
        dataKeyId: row.id,
        scope: row.keyVersionId ?? platformScope,
        epoch: row.epoch,
        ttlMs: row.cacheTtlSeconds * 1000,
      },
      unwrapped,
    );
  };

  return {
    awsRequestIds,
    rows,
    async current(scope) {
      const row = await findCurrentDataKey(scope);
      return load(row && row.keyVersionId === row.appVersionId ? row : await makeCurrent(scope, row, provider));
    },
    async byId(scope, dataKeyId) {
      const row = await findDataKey(scope, dataKeyId);
      return row && load(row);
    },
    close() {},
  };
}

async function unwrapNow(row: DataKeyRow, provider: ProviderOf, awsRequestIds: string[]): Promise<DataKey> {
  try {
    const { plaintext, requestIds } = await unwrap(row, await provider(row.keyVersionId));
    awsRequestIds.push(...requestIds);
    try {
      await observeAnswer(row.keyVersionId, row.health, requestIds);
      return DataKey.fromRaw({ id: row.id, tenantId: row.tenantId, appId: row.appId, raw: plaintext });
    } finally {
      plaintext.fill(0);
    }
  } catch (error) {
    if (error instanceof KmsError) awsRequestIds.push(...error.requestIds);
    return refused(row.keyVersionId, error);
  }
}

/**
 * Ends a failed call to a wrapping key: what it means is written down, after a revocation nothing of this version
 * stays in this process, and the caller is refused with a code. What was no failure of the key is thrown on as it is.
 * @param versionId the version whose key failed; null for the platform key
 */
export async function refused(versionId: string | null, error: unknown): Promise<never> {
  if (!(error instanceof KmsError)) throw error;
  const refusal = await observeFailure(versionId, error);
  if (versionId && refusal.code === 'key-revoked') {
    keyring().cache.dropScope(versionId);
    await dropProvider(versionId);
  }
  throw refusal;
}

/** An app's fresh data key under what the app belongs to, where it has none yet: its key version, or the platform key. */
async function makeCurrent(scope: AppScope, before: DataKeyRow | undefined, provider: ProviderOf): Promise<DataKeyRow> {
  const app = await findApp(scope.tenantId, scope.appId);
  if (!app) throw new Refusal('not-found');
  const made = await newDataKey(scope, app.keyVersionId, await provider(app.keyVersionId)).catch((error: unknown) =>
    refused(app.keyVersionId, error),
  );
  // Whoever comes second takes what the first has made.
  await transaction((tx) =>
    putCurrentDataKey(tx, made, { keyVersionId: app.keyVersionId, currentId: before?.id ?? null }),
  );
  const row = await findCurrentDataKey(scope);
  if (!row || row.keyVersionId !== row.appVersionId) throw new Refusal('conflict');
  return row;
}

async function connectAnew(versionId: string): Promise<KmsProvider> {
  const version = await findVersion(versionId);
  if (!version) throw new Error(`key version ${versionId} does not exist`);
  return connect(version, randomUUID());
}

function keyring(): Keyring {
  holder.keywardKeyring ??= openKeyring();
  return holder.keywardKeyring;
}

/** Polls beside listening, because a notification can be missed; without an answer for 30 s nothing is kept. */
const pollMs = 10_000;
const silenceMs = 30_000;
/** How long the first request of a process waits for notifications; polling does without. */
const listenWithinMs = 1_000;

function openKeyring(): Keyring {
  const cache = new DataKeyCache({ maxEntries: 10_000 });
  const seen = new Map<string, number>();
  const raise = (versionId: string, epoch: number) => {
    const known = seen.get(versionId);
    if (known !== undefined && known >= epoch) return;
    seen.set(versionId, epoch);
    cache.dropScope(versionId, epoch);
    if (known !== undefined) void dropProvider(versionId);
  };
  const feed = listenForEpochs({ onEpoch: raise, onGap: () => void cache.dropAll() });
  const ready = Promise.race([
    feed.listening,
    new Promise<void>((resolve) => void setTimeout(resolve, listenWithinMs).unref()),
  ]);
  let closed = false;
  // A timer of its own: a database that takes a question and never answers would not end any poll.
  const silence = setTimeout(() => {
    cache.dropAll();
    if (!closed) silence.refresh();
  }, silenceMs).unref();
  const poll = setInterval(() => {
    listEpochs([...seen.keys()])
      .then((epochs) => {
        if (!closed) silence.refresh();
        for (const [versionId, epoch] of epochs) raise(versionId, epoch);
      })
      .catch(() => undefined);
  }, pollMs).unref();
  return {
    cache,
    ready,
    raise,
    async close() {
      closed = true;
      clearInterval(poll);
      clearTimeout(silence);
      cache.dropAll();
      await feed.close();
    },
  };
}
