import 'server-only';
import { readAliasWatch } from '../../byok/alias-watch.ts';
import type { ErrorCode } from '../../byok/errors.ts';
import { errorWords } from '../../byok/errors.ts';
import { lossWordsOf } from '../../byok/failure-words.ts';
import { isOldFrom } from '../../byok/health.ts';
import type { HealthView, KeySummary, UnreadableVersion } from '../../byok/key-views.ts';
import { displayStatus } from '../../byok/lifecycle.ts';
import { isLossCause } from '../../byok/loss-causes.ts';
import { healthMessage } from '../../byok/messages/health-message.ts';
import { storedMessage } from '../../byok/messages/message.ts';
import { wordsOf } from '../../byok/messages/words.ts';
import type { TransitionView } from '../../byok/transition-views.ts';
import { visible } from '../../byok/visible-text.ts';
import { countAppsUnderKey } from '../../db/app-store.ts';
import { databaseNow } from '../../db/database-clock.ts';
import { displayedConfiguration, type KeyRow, scheduledOf, type TransitionRow } from '../../db/key-store.ts';
import { namesOf } from '../../db/person-names.ts';
import { countTransition, listFailures, toTransitionKind } from '../../db/transition-store.ts';
import { type HealthRow, listUnreadable, toHealth } from '../../db/version-store.ts';
import { unknownOf } from '../../key-lifecycle/unknown-connection.ts';

/** A key as lists show it. */
export async function toSummary(key: KeyRow, now: Date): Promise<KeySummary> {
  const scheduled = scheduledOf(key);
  const shown = displayedConfiguration(key);
  const transition = key.transitions[0] ? await toTransitionView(key.transitions[0]) : null;
  const due = scheduled?.enforcementAt ? scheduled.enforcementAt <= now : false;
  return {
    id: key.id,
    alias: visible(key.alias),
    description: visible(key.description),
    state: key.state,
    provider: visible((key.currentVersion ?? shown)?.provider ?? ''),
    status: displayStatus(key.state, {
      due,
      activating: transition?.kind === 'activate' && transition.finishedAt === null && transition.triedAt === null,
    }),
    health: key.currentVersion ? toHealthView(key.currentVersion, key.tenant.cacheTtlSeconds) : null,
    unreadable: (key.currentVersion?.number ?? 0) > 1 ? await unreadableOf(key) : [],
    enforcementAt: scheduled?.enforcementAt?.toISOString() ?? null,
    keyRef: shown?.keyRef || null,
    versionNumber: key.currentVersion?.number ?? null,
    lastTest: lastTestOf(key),
    aliasWatch: key.currentVersion ? readAliasWatch(key.currentVersion) : null,
    unknownConnection: unknownOf(key),
    appsSelected: shown?._count.apps ?? 0,
    appsUnderKey: key.currentVersionId ? await countAppsUnderKey(key.id) : 0,
    transition,
  };
}

async function unreadableOf(key: KeyRow): Promise<UnreadableVersion[]> {
  const lost = await listUnreadable(key.id);
  return lost.map(({ number, apps, dataKeys, records, ...row }) => {
    return {
      number,
      provider: row.provider,
      apps,
      dataKeys,
      records,
      health: toHealthView(row, key.tenant.cacheTtlSeconds),
    };
  });
}

function lastTestOf({ reports: [report] }: KeyRow): KeySummary['lastTest'] {
  return report ? { at: report.finishedAt.toISOString(), passed: report.passed } : null;
}

/** @param cacheTtlSeconds of its tenant: what is asked for more often is old sooner */
export function toHealthView(version: HealthRow, cacheTtlSeconds: number, now = databaseNow()): HealthView {
  const { healthAt, healthFailure } = version;
  const oldFrom = healthAt && isOldFrom(healthAt, cacheTtlSeconds);
  const state = toHealth(version.health);
  const deletedAt = version.keyDeletedAt?.toISOString() ?? null;
  const why = healthMessage(state, version);
  return {
    state,
    cause: why && wordsOf(why),
    next:
      state === 'revoked' && isLossCause(healthFailure)
        ? lossWordsOf(version.provider, healthFailure, { deletedAt }).next
        : null,
    since: version.healthSince?.toISOString() ?? null,
    at: healthAt?.toISOString() ?? null,
    oldFrom: oldFrom?.toISOString() ?? null,
    old: oldFrom !== null && oldFrom <= now,
    providerRequestId: version.healthRequest,
  };
}

export async function toTransitionView(row: TransitionRow): Promise<TransitionView> {
  const counts = await countTransition(row.id);
  const stuck = counts.dataKeys.failed > 0 ? await listFailures(row.id, 20) : [];
  // Sentences are made of these here, so that they are names already.
  const name = await namesOf([row.requestedBy, row.pausedBy ?? '']);
  return {
    id: row.id,
    kind: toTransitionKind(row.kind),
    phase: row.phase,
    requestedBy: name(row.requestedBy),
    dueAt: row.dueAt.toISOString(),
    attempts: row.attempts,
    failure: row.failureCode
      ? { code: toErrorCode(row.failureCode), detail: wordsOf(storedMessage(row.failureMessage, row.failureDetail)) }
      : null,
    nextTryAt: row.nextTryAt?.toISOString() ?? null,
    paused: row.pausedAt ? { at: row.pausedAt.toISOString(), by: name(row.pausedBy ?? '') } : null,
    ...counts,
    failures: stuck.map(({ message, ...failure }) => {
      return { ...failure, code: toErrorCode(failure.code), detail: wordsOf(message) };
    }),
    startedAt: row.startedAt?.toISOString() ?? null,
    triedAt: row.triedAt?.toISOString() ?? null,
    finishedAt: row.finishedAt?.toISOString() ?? null,
  };
}

function toErrorCode(code: string): ErrorCode {
  return isErrorCode(code) ? code : 'internal';
}

function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(errorWords, code);
}
