import 'server-only';
import { isKnown, unknownWords } from '../../byok/connection-mode.ts';
import { Refusal } from '../../byok/errors.ts';
import type { ReportView } from '../../byok/setup-views.ts';
import type { CheckId } from '../../byok/test-report.ts';
import type { Tx } from '../../db/client.ts';
import type { ConfigurationRow, KeyRow } from '../../db/key-store.ts';
import type { Whose } from '../../key-lifecycle/configuration.ts';
import { preparedOf, reportOfRotation } from './rotation.ts';

/**
 * How long a passed test of a rotation counts. From its commit on every write needs the new key, so what was true last
 * week is not enough.
 */
const testCountsForMinutes = 15;

export type TestedRotation = { prepared: ConfigurationRow; report: ReportView; pinnedKeyRef: string };

/** @throws Refusal `test-required` or `warnings-not-acknowledged` with the one thing to do */
export async function testedRotation(
  tx: Tx,
  key: KeyRow,
  tenant: Whose,
  acknowledged: CheckId[],
  now: Date,
): Promise<TestedRotation> {
  const found = await look(tx, key, tenant, now);
  if ('reason' in found) throw new Refusal('test-required', { details: { reason: found.reason, step: 'test' } });
  const open = found.report.warnings.filter((warning) => !acknowledged.includes(warning));
  if (open.length > 0) throw new Refusal('warnings-not-acknowledged', { details: { warnings: open } });
  return found;
}

/** What keeps a rotation from being begun, warnings apart. */
export async function rotationObstacle(
  tx: Tx,
  key: KeyRow,
  tenant: Whose,
  now: Date,
): Promise<{ reason: string } | undefined> {
  const found = await look(tx, key, tenant, now);
  return 'reason' in found ? found : undefined;
}

async function look(tx: Tx, key: KeyRow, tenant: Whose, now: Date): Promise<TestedRotation | { reason: string }> {
  const prepared = preparedOf(key);
  if (!prepared) return { reason: 'No rotation is prepared. Enter the new key, then test it.' };
  if (!isKnown(prepared)) return { reason: unknownWords(prepared) };
  const report = await reportOfRotation(tx, key, prepared, tenant);
  if (!report) return { reason: 'Run Test Configuration: nothing has been tested yet.' };
  if (report.stale) return { reason: 'Run Test Configuration: the prepared rotation was changed after its last test.' };
  if (!report.passed || report.pinnedKeyRef === null)
    return { reason: 'The last test failed. Fix what it names, then run it again.' };
  if (now.getTime() - Date.parse(report.finishedAt) > testCountsForMinutes * 60_000)
    return {
      reason: `Run Test Configuration again: the last test passed more than ${testCountsForMinutes} minutes ago.`,
    };
  return { prepared, report, pinnedKeyRef: report.pinnedKeyRef };
}
