import 'server-only';
import type { ErrorCode } from '../../byok/errors.ts';
import { errorWords } from '../../byok/errors.ts';
import { displayStatus } from '../../byok/lifecycle.ts';
import type { ActivationView, HealthView, KeySummary } from '../../byok/views.ts';
import { countActivation } from '../../db/activation-store.ts';
import { type ActivationRow, type KeyRow, scheduledOf, type VersionRow, workingOf } from '../../db/key-store.ts';
import { toHealth } from '../../db/version-store.ts';

/** A key as lists show it. */
export async function toSummary(key: KeyRow, now: Date): Promise<KeySummary> {
  const scheduled = scheduledOf(key);
  const shown = scheduled ?? workingOf(key);
  const activation = key.activations[0] ? await toActivation(key.activations[0]) : null;
  const counts =
    scheduled && key.currentVersionId ? await countActivation(scheduled.id, key.currentVersionId) : undefined;
  const due = scheduled?.enforcementAt ? scheduled.enforcementAt <= now : false;
  return {
    id: key.id,
    alias: key.alias,
    description: key.description,
    state: key.state,
    status: displayStatus(key.state, { due, moving: activation !== null && activation.finishedAt === null }),
    health: key.currentVersion ? toHealthView(key.currentVersion) : null,
    enforcementAt: scheduled?.enforcementAt?.toISOString() ?? null,
    keyArn: shown?.keyArn || null,
    versionNumber: key.currentVersion?.number ?? null,
    appsSelected: shown?._count.apps ?? 0,
    appsUnderKey: counts?.appsDone ?? 0,
    activation,
  };
}

export function toHealthView(version: VersionRow): HealthView {
  return {
    state: toHealth(version.health),
    cause: version.healthCause,
    since: version.healthSince?.toISOString() ?? null,
    at: version.healthAt?.toISOString() ?? null,
    awsRequestId: version.healthRequest,
  };
}

async function toActivation(row: ActivationRow): Promise<ActivationView> {
  const counts = await countActivation(row.configurationId, row.versionId);
  const recordsTotal = row.recordsTotal ?? counts.recordsTotal;
  const switching = row.phase === 'testing' || row.phase === 'switching';
  return {
    phase: row.phase,
    dueAt: row.dueAt.toISOString(),
    attempts: row.attempts,
    failure:
      row.failureCode && isErrorCode(row.failureCode)
        ? { code: row.failureCode, detail: row.failureDetail ?? '' }
        : null,
    nextTryAt: row.nextTryAt?.toISOString() ?? null,
    appsTotal: counts.appsTotal,
    appsDone: counts.appsDone,
    dataKeysLeft: counts.dataKeysLeft,
    recordsTotal,
    // Until every app has its fresh data key, nothing can be called rewritten.
    recordsDone: switching ? 0 : Math.max(0, recordsTotal - counts.recordsLeft),
    startedAt: row.startedAt?.toISOString() ?? null,
    finishedAt: row.finishedAt?.toISOString() ?? null,
  };
}

function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(errorWords, code);
}
