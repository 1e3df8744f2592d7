import 'server-only';
import { randomUUID } from 'node:crypto';
import { Refusal } from '../byok/errors.ts';
import { getConfig } from '../config/config.ts';
import { type AppScope, type DataKeyRow, findCurrentDataKey, findDataKey } from '../db/data-key-store.ts';
import { findVersion } from '../db/version-store.ts';
import { elapsedMs } from '../envelope/clock.ts';
import { DataKey } from '../envelope/data-key.ts';
import type { DataKeySource } from '../envelope/data-key-source.ts';
import type { DataKeyRequest } from '../envelope/key-loads.ts';
import { KmsError } from '../kms/errors.ts';
import type { KmsProvider } from '../kms/provider.ts';
import { closeBudgets } from './budget.ts';
import { counted } from './calls.ts';
import { type GeneratedDataKey, unwrap } from './data-keys.ts';
import { writeUses } from './last-use.ts';
import { currentRow, type MakeCurrent, type ReadRow } from './make-current.ts';
import { countMessages } from './message-count.ts';
import { observeAnswer, observeFailure } from './observe.ts';
import { closeProviders, connect, dropProvider, platformScope, providerFor } from './providers.ts';
import { closeSharedCache, rowStandsMs, type SharedCache, sharedCache } from './shared-cache.ts';
import { SharedReads } from './shared-reads.ts';
import { noteUnknownDataKey } from './unknown-data-keys.ts';

/** A source of data keys for one request, which remembers what the request used. */
export type RequestSource = DataKeySource & {
  /** the provider's request IDs of every call made for this request. */
  readonly providerRequestIds: string[];
  /** Rows that served, by data key ID. */
  readonly rows: Map<string, DataKeyRow>;
  close(): void;
};

type ProviderOf = (versionId: string | null) => Promise<KmsProvider>;
/** @param sentAt before the wrapping key was asked, by `elapsedMs` */
type OnRaw = (row: DataKeyRow, raw: Buffer, sentAt: number) => void;

/** Data keys from the process's cache, else from the wrapping key; each row is read from the database each time. */
export function cachedSource(): RequestSource {
  return source(countedProvider, sharedCache());
}

/** The same past the cache of copies, for a key that leaves this process: `onRaw` is given what was unwrapped, and copies it. */
export function unwrappingSource(onRaw: OnRaw): RequestSource {
  const keys: DataKey[] = [];
  return { ...source(countedProvider, undefined, keys, onRaw), close: () => destroyAll(keys) };
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
  const fresh = source(provider, undefined, keys, undefined, true);
  return {
    ...fresh,
    close() {
      destroyAll(keys);
      for (const made of own.values()) void made.then((it) => it.close()).catch(() => undefined);
    },
  };
}

export async function closeKeyring(): Promise<void> {
  await closeSharedCache();
  await writeUses().catch(() => undefined);
  await closeProviders();
  closeBudgets();
}

const countedProvider: ProviderOf = async (versionId) => counted(await providerFor(versionId));

function destroyAll(keys: DataKey[]): void {
  for (const key of keys) key.destroy();
}

function source(
  provider: ProviderOf,
  shared: SharedCache | undefined,
  own: DataKey[] = [],
  onRaw?: OnRaw,
  asked = false,
): RequestSource {
  const providerRequestIds: string[] = [];
  const rows = new Map<string, DataKeyRow>();
  const request: Request = { provider, shared, own, onRaw, asked, providerRequestIds, rows };
  const reads = shared?.reads ?? new SharedReads();
  const read = (scope: AppScope, dataKeyId: string) =>
    reads.read(`${scope.tenantId} ${scope.appId} ${dataKeyId}`, async () => {
      const readAt = elapsedMs();
      const row = await (dataKeyId === 'current' ? findCurrentDataKey(scope) : findDataKey(scope, dataKeyId));
      return row && { row, readAt };
    });
  const make: MakeCurrent = {
    read: (scope) => read(scope, 'current'),
    provider,
    refused,
    making: shared?.making ?? new Map(),
    onGenerated: (row, generated, at) => keepGenerated(request, row, generated, at),
  };
  return {
    providerRequestIds,
    rows,
    async current(scope, messages) {
      const key = await loadLatest(request, () => countedRow(scope, messages, make));
      if (!key) throw new Refusal('conflict');
      return key;
    },
    async byId(scope, dataKeyId) {
      const key = await loadLatest(request, () => read(scope, dataKeyId));
      // Stored records that a key transition has sealed again since are read once more: what those lack is nobody's loss.
      if (!key && (shared || onRaw)) noteUnknownDataKey(scope, dataKeyId);
      return key;
    },
    close() {},
  };
}

type Request = {
  provider: ProviderOf;
  shared: SharedCache | undefined;
  /** Data keys of a source without a cache. */
  own: DataKey[];
  onRaw: OnRaw | undefined;
  /** Whether it is asked to learn of the key, too. */
  asked: boolean;
  providerRequestIds: string[];
  rows: Map<string, DataKeyRow>;
};

/** The row for new messages, which are counted in it. @returns undefined where it was deleted each time */
async function countedRow(scope: AppScope, messages: number, make: MakeCurrent): Promise<ReadRow | undefined> {
  for (let attempt = 1; attempt <= maxAttempts; attempt++) {
    const current = await currentRow(scope, make);
    if (await countMessages(current.row.id, messages)) return current;
  }
  return undefined;
}

const maxAttempts = 3;

/** What a wrapping refuses that a data key has left meanwhile is nobody's concern: then the one that it has now is asked. */
async function loadLatest(request: Request, read: () => Promise<ReadRow | undefined>): Promise<DataKey | undefined> {
  let failed: { row: DataKeyRow; error: Refusal } | undefined;
  for (let attempt = 1; ; attempt++) {
    const found = await read();
    if (!found) return undefined;
    if (failed && (attempt > maxAttempts || isSameWrapping(failed.row, found.row))) throw failed.error;
    try {
      return await load(request, found);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      failed = { row: found.row, error };
    }
  }
}

function isSameWrapping(one: DataKeyRow, other: DataKeyRow): boolean {
  return one.id === other.id && one.revision === other.revision && one.unwrapVersionId === other.unwrapVersionId;
}

/** Whatever stops this process in between, the key is used only while its own time runs and the row still stands. */
async function load(request: Request, { row, readAt }: ReadRow): Promise<DataKey> {
  const { shared } = request;
  request.rows.set(row.id, row);
  if (!shared) {
    const standsUntil = elapsedMs() + getConfig().kmsTimeoutMs + rowStandsMs;
    const key = await unwrapNow(row, request);
    request.own.push(key);
    return key.limitedTo(() => elapsedMs() < standsUntil);
  }
  // A row may tell of a new epoch before its notification has come.
  if (row.unwrapVersionId) shared.raise(row.unwrapVersionId, row.epoch);
  const asked = askFor(row);
  const mayUse = shared.cache.lease(asked.ttlMs, readAt + rowStandsMs);
  const key = await shared.cache.getOrLoad(asked, () => unwrapNow(row, request));
  return key.limitedTo(() => mayUse(key));
}

function askFor(row: DataKeyRow): DataKeyRequest {
  const scope = row.unwrapVersionId ?? platformScope;
  return { dataKeyId: row.id, scope, epoch: row.epoch, ttlMs: row.cacheTtlSeconds * 1000 };
}

/** A data key that this process has just made serves from its memory like one that it unwrapped. */
async function keepGenerated(
  { shared, providerRequestIds }: Request,
  row: DataKeyRow,
  generated: GeneratedDataKey,
  at: { sentAt: number; epoch: number },
): Promise<void> {
  providerRequestIds.push(...generated.requestIds);
  // The key was changed to another version of the same CMK meanwhile: what the row says is that one's.
  if (row.unwrapVersionId !== row.keyVersionId) return;
  await observeAnswer(row.keyVersionId, row.health, generated.requestIds);
  if (!shared || row.epoch !== at.epoch) return;
  const key = DataKey.fromRaw({ id: row.id, tenantId: row.tenantId, appId: row.appId, raw: generated.raw });
  const kept = await shared.cache.getOrLoad(askFor(row), async () => key, at.sentAt).catch(() => undefined);
  if (kept !== key) key.destroy();
}

async function unwrapNow(row: DataKeyRow, { provider, onRaw, asked, providerRequestIds }: Request): Promise<DataKey> {
  const versionId = row.unwrapVersionId;
  const sentAt = elapsedMs();
  try {
    const { plaintext, requestIds } = await unwrap(row, await provider(versionId));
    providerRequestIds.push(...requestIds);
    try {
      await observeAnswer(versionId, row.health, requestIds, { asked });
      onRaw?.(row, plaintext, sentAt);
      return DataKey.fromRaw({ id: row.id, tenantId: row.tenantId, appId: row.appId, raw: plaintext });
    } finally {
      plaintext.fill(0);
    }
  } catch (error) {
    if (error instanceof KmsError) providerRequestIds.push(...error.requestIds);
    return refused(versionId, error);
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
    sharedCache().cache.dropScope(versionId);
    await dropProvider(versionId);
  }
  throw refusal;
}

async function connectAnew(versionId: string): Promise<KmsProvider> {
  const version = await findVersion(versionId);
  if (!version) throw new Error(`key version ${versionId} does not exist`);
  return connect(version, randomUUID());
}
