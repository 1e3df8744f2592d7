import 'server-only';
import { Refusal } from '../byok/errors.ts';
import { findApp } from '../db/app-store.ts';
import { transaction } from '../db/client.ts';
import { type AppScope, type DataKeyRow, findCurrentDataKey, putCurrentDataKey } from '../db/data-key-store.ts';
import { listEpochs } from '../db/version-store.ts';
import { elapsedMs } from '../envelope/clock.ts';
import type { KmsProvider } from '../kms/provider.ts';
import { type GeneratedDataKey, generateDataKey } from './data-keys.ts';

/** What an app belonged to when somebody made a data key for it, and why that failed, where it did. */
type Outcome = { keyVersionId: string | null; failure?: unknown };

/** `generatedId`: the data key that is about to be stored, or is already and not kept yet. */
type Generation = { outcome: Promise<Outcome>; generatedId: string | undefined };

/** By app: callers that need a fresh data key at once make one together. */
export type Making = Map<string, Generation>;

/** What the database said of a data key, and when it was asked. */
export type ReadRow = { row: DataKeyRow; readAt: number };

export type MakeCurrent = {
  /** The row of the app's current data key, asked for no earlier than now. */
  read(scope: AppScope): Promise<ReadRow | undefined>;
  provider(versionId: string | null): Promise<KmsProvider>;
  making: Making;
  /** Ends a failed call to a wrapping key. */
  refused(versionId: string | null, error: unknown): Promise<never>;
  /** A fresh data key is stored. `sentAt` is before its key service was asked; the epoch is the one that it was generated under. */
  onGenerated(row: DataKeyRow, generated: GeneratedDataKey, at: { sentAt: number; epoch: number }): Promise<void>;
};

/** Somebody else may change what the app belongs to meanwhile, but hardly so often. */
const maxAttempts = 6;

/**
 * The row of the app's data key for new data: its current one, and a fresh one where the current one lies under another
 * wrapping than the app belongs to, or there is none yet. However often the app is sent elsewhere meanwhile, what is
 * returned was right when it was read last (callers that need a fresh one at once make it together, in two calls; of two processes
 * that make one, one wins and both use it), and no failure of a wrapping that the app has left reaches the caller.
 * @throws Refusal `not-found` where there is no such app; what `refused` throws for the wrapping that the app belongs to
 */
export async function currentRow(scope: AppScope, make: MakeCurrent): Promise<ReadRow> {
  for (let attempt = 1; attempt <= maxAttempts; attempt++) {
    const current = await make.read(scope);
    if (current && current.row.keyVersionId === current.row.appVersionId) {
      await kept(scope, current.row.id, make);
      return current;
    }
    const { keyVersionId, failure } = await makeTogether(scope, current?.row, make);
    if (failure === undefined) continue;
    const app = await findApp(scope.tenantId, scope.appId);
    if (!app || app.keyVersionId === keyVersionId) throw failure;
  }
  throw new Refusal('conflict');
}

/** A data key that this process has just stored is in its memory in a moment: not to be unwrapped once more meanwhile. */
async function kept(scope: AppScope, dataKeyId: string, { making }: MakeCurrent): Promise<void> {
  const generation = making.get(placeOf(scope));
  if (generation?.generatedId === dataKeyId) await generation.outcome.catch(() => undefined);
}

function makeTogether(scope: AppScope, before: DataKeyRow | undefined, make: MakeCurrent): Promise<Outcome> {
  const place = placeOf(scope);
  const known = make.making.get(place);
  if (known) return known.outcome;
  const onGenerating = (dataKeyId: string) => {
    generation.generatedId = dataKeyId;
  };
  const outcome = makeOne(scope, before, make, onGenerating).finally(() => make.making.delete(place));
  const generation: Generation = { outcome, generatedId: undefined };
  make.making.set(place, generation);
  return outcome;
}

function placeOf({ tenantId, appId }: AppScope): string {
  return `${tenantId} ${appId}`.toLowerCase();
}

/** @param onBirth told of the data key before anybody can read it */
async function makeOne(
  scope: AppScope,
  before: DataKeyRow | undefined,
  make: MakeCurrent,
  onGenerating: (dataKeyId: string) => void,
): Promise<Outcome> {
  const app = await findApp(scope.tenantId, scope.appId);
  if (!app) throw new Refusal('not-found');
  const { keyVersionId } = app;
  const epoch = await epochOf(keyVersionId);
  const sentAt = elapsedMs();
  let generated: GeneratedDataKey;
  try {
    generated = await generateDataKey(scope, keyVersionId, await make.provider(keyVersionId)).catch((error: unknown) =>
      make.refused(keyVersionId, error),
    );
  } catch (failure) {
    return { keyVersionId, failure };
  }
  try {
    onGenerating(generated.made.id);
    // Whoever comes second takes what the first has made.
    const put = { keyVersionId, currentId: before?.id ?? null };
    if (await transaction((tx) => putCurrentDataKey(tx, generated.made, put))) {
      const row = await findCurrentDataKey(scope);
      if (row?.id === generated.made.id) await make.onGenerated(row, generated, { sentAt, epoch });
    }
    return { keyVersionId };
  } finally {
    generated.raw.fill(0);
  }
}

async function epochOf(versionId: string | null): Promise<number> {
  if (versionId === null) return 0;
  return (await listEpochs([versionId])).get(versionId) ?? 0;
}
