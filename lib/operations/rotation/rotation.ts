import 'server-only';
import { describeConnection, readDraft, viewOf } from '../../byok/connection.ts';
import { isKnown } from '../../byok/connection-mode.ts';
import type { KeyPageView } from '../../byok/key-views.ts';
import type { ReportView } from '../../byok/setup-views.ts';
import { db, type Tx } from '../../db/client.ts';
import { type ConfigurationRow, type KeyRow, workingOf } from '../../db/key-store.ts';
import { readSecretNote } from '../../db/secret-store.ts';
import type { TenantRecord } from '../../db/tenant-store.ts';
import type { Whose } from '../../key-lifecycle/configuration.ts';
import { isActive } from '../keys/key-facts.ts';
import { lastReport } from '../setup/report-view.ts';

/** What a rotation that is being prepared would use, and what its test said; null where none is that this version knows. */
export async function rotationOf(key: KeyRow, tenant: TenantRecord): Promise<KeyPageView['rotation']> {
  const prepared = preparedOf(key);
  if (!prepared || !isKnown(prepared)) return null;
  return {
    ...viewOf(readDraft(prepared)),
    provider: prepared.provider,
    authMode: prepared.authMode,
    keyRef: describeConnection(readDraft(prepared)).keyName,
    secret: await readSecretNote(key.tenantId, prepared.secretId),
    report: await reportOfRotation(db(), key, prepared, tenant),
  };
}

/** The working copy of an active key is a rotation that is being prepared. */
export function preparedOf(key: KeyRow): ConfigurationRow | undefined {
  return isActive(key) ? workingOf(key) : undefined;
}

/**
 * The last test of a prepared rotation. One from before the preparation is stale even of the very same names: the same
 * alias may point elsewhere now, and only a new test tells where.
 */
export async function reportOfRotation(
  tx: Tx,
  key: KeyRow,
  prepared: ConfigurationRow,
  tenant: Whose,
): Promise<ReportView | null> {
  const report = await lastReport(tx, key, prepared, tenant);
  if (!report) return null;
  return { ...report, stale: report.stale || new Date(report.startedAt) < prepared.createdAt };
}
