import { blankDraft, type ConnectionView, readConnection, rulesOf, viewOf } from '../../byok/connection.ts';
import { isKnown } from '../../byok/connection-mode.ts';
import { countOf, formatDay, plural } from '../../byok/format.ts';
import type { VersionView } from '../../byok/key-views.ts';
import type { ProtectedApp } from '../../db/app-store.ts';
import type { VersionRow } from '../../db/key-store.ts';
import type { NeededVersion } from '../../db/version-store.ts';
import { toHealthView } from './key-view.ts';

export type VersionFacts = {
  /** Of one key, newest first. */
  versions: VersionRow[];
  currentVersionId: string | null;
  /** All of the tenant's. */
  apps: Pick<ProtectedApp, 'keyVersionId' | 'wrappings'>[];
  /** By version: data keys that a key transition could not take away from it, and why the first of them stayed. */
  stuck: Map<string, { dataKeys: number; detail: string }>;
  /** Versions, of whichever key and tenant, that need one of these CMKs. */
  needing: NeededVersion[];
  /** How long after its last use a version may still be needed: the longer of its own retention and the backups'. */
  retentionDays: number;
  cacheTtlSeconds: number;
  /** Where links into the console of this provider lead. */
  consoleUrlOf: (provider: string) => string;
  now: Date;
};

const dayMs = 86_400_000;

/** The time line of a key's versions: what hangs on each now, and whether the CMK behind it is still needed. */
export function toVersions(facts: VersionFacts): VersionView[] {
  const current = facts.versions.find(({ id }) => id === facts.currentVersionId);
  return facts.versions.map((version) => {
    const hanging = hangingOn(version.id, facts.apps);
    return {
      id: version.id,
      number: version.number,
      current: version.id === facts.currentVersionId,
      provider: version.provider,
      ...connectionIn(version, facts.consoleUrlOf),
      pinnedKeyRef: version.pinnedKeyRef,
      madeBy: version.madeBy,
      madeAt: version.createdAt.toISOString(),
      // Who names the CMK of the active version is reached as that one is.
      health: toHealthView(current && isSameKey(current, version) ? current : version, facts.cacheTtlSeconds),
      lastUsedAt: version.lastUsedAt?.toISOString() ?? null,
      dataKeys: hanging.dataKeys,
      records: hanging.records,
      retirement: retirementOf(version, hanging, facts),
    };
  });
}

function connectionIn(
  version: VersionRow,
  consoleUrlOf: VersionFacts['consoleUrlOf'],
): ConnectionView & Pick<VersionView, 'keyRef' | 'unknownConnection' | 'keyUrl'> {
  const { provider, authMode, keyRef, pinnedKeyRef } = version;
  if (!isKnown(version))
    return { ...viewOf(blankDraft('')), keyRef: '', unknownConnection: { provider, authMode }, keyUrl: null };
  const connection = readConnection(version);
  const keyUrl =
    rulesOf(connection).keyPage?.({ keyRef: pinnedKeyRef, consoleUrl: consoleUrlOf(connection.provider) }) ?? null;
  return { ...viewOf(connection), keyRef, unknownConnection: null, keyUrl };
}

function isSameKey(one: VersionRow, other: VersionRow): boolean {
  return one.provider === other.provider && one.pinnedKeyRef === other.pinnedKeyRef;
}

type Hanging = { dataKeys: number; records: number; apps: number };

function hangingOn(versionId: string, apps: VersionFacts['apps']): Hanging {
  const hanging = { dataKeys: 0, records: 0, apps: 0 };
  for (const app of apps) {
    if (app.keyVersionId === versionId) hanging.apps++;
    for (const wrapping of app.wrappings) {
      if (wrapping.keyVersionId !== versionId) continue;
      hanging.dataKeys += wrapping.dataKeys;
      hanging.records += wrapping.records;
    }
  }
  return hanging;
}

/**
 * Safe only where nothing needs the version any more and its retention has passed since it was last used: whoever
 * restores a backup of yesterday needs yesterday's key.
 */
function retirementOf(version: VersionRow, hanging: Hanging, facts: VersionFacts): VersionView['retirement'] {
  const reasons: string[] = [];
  if (version.id === facts.currentVersionId) reasons.push('It is active now.');
  else if (hanging.apps > 0) reasons.push(`${countOf(hanging.apps, 'app or bot uses', 'apps and bots use')} it.`);
  if (hanging.dataKeys > 0) {
    const keys = countOf(hanging.dataKeys, 'data key');
    const verb = plural(hanging.dataKeys, 'uses', 'use');
    reasons.push(`${keys} (${countOf(hanging.records, 'record')}) still ${verb} it.`);
  }
  const stuck = facts.stuck.get(version.id);
  if (stuck) {
    const keys = countOf(stuck.dataKeys, 'data key');
    reasons.push(`${keys} could not be rewrapped from it: ${stuck.detail}`);
  }
  const other = facts.needing.find((one) => one.pinnedKeyRef === version.pinnedKeyRef && one.id !== version.id);
  if (other && version.id !== facts.currentVersionId)
    reasons.push(`${nameOf(other, version, facts)} needs the same CMK.`);
  const lastUsedAt = version.lastUsedAt ?? version.createdAt;
  const safeFrom = new Date(lastUsedAt.getTime() + facts.retentionDays * dayMs);
  const needed = reasons.length > 0;
  if (!needed && safeFrom > facts.now) {
    reasons.push(
      `It was last used on ${formatDay(lastUsedAt.toISOString())}; its retention of ${countOf(facts.retentionDays, 'day')} has not passed.`,
    );
  }
  return {
    safe: reasons.length === 0,
    reasons,
    safeFrom: needed || safeFrom <= facts.now ? null : safeFrom.toISOString(),
  };
}

/** Another tenant's things are not named: its people are not asked whether they want to be known here. */
function nameOf(other: NeededVersion, version: VersionRow, { versions }: VersionFacts): string {
  if (versions.some((one) => one.id === other.id)) return `Version ${other.number}`;
  return other.tenantId === version.tenantId ? `Your key ${other.alias}` : 'Another tenant';
}
