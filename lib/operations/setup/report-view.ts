import { wordsOf } from '../../byok/messages/words.ts';
import 'server-only';
import { isKnown } from '../../byok/connection-mode.ts';
import { readKeyFacts } from '../../byok/key-facts.ts';
import type { ReportView } from '../../byok/setup-views.ts';
import { inWords, testReportSchema } from '../../byok/test-report.ts';
import type { Tx } from '../../db/client.ts';
import { type ConfigurationRow, findReport, type KeyRow, type ReportRow } from '../../db/key-store.ts';
import { fingerprintOf, type Whose } from '../../key-lifecycle/configuration.ts';

/** What is known of a configuration from its tests; null where nothing of this key has been tested yet, and where no test can speak of it. */
export async function lastReport(
  tx: Tx,
  key: KeyRow,
  configuration: ConfigurationRow,
  tenant: Whose,
): Promise<ReportView | null> {
  if (!isKnown(configuration)) return null;
  const fingerprint = fingerprintOf(configuration, tenant);
  const row = await findReport(tx, key, fingerprint);
  return row ? toReport(row, fingerprint) : null;
}

/** A stored report as screens show it; `fingerprint` is the one of what would be scheduled now. */
function toReport(row: ReportRow, fingerprint: string): ReportView {
  const report = testReportSchema.parse({
    passed: row.passed,
    checks: row.checks,
    warnings: row.warnings,
    pinnedKeyRef: row.pinnedKeyRef,
  });
  return {
    id: row.id,
    ...report,
    checks: report.checks.map((check) => inWords(check, wordsOf)),
    facts: readKeyFacts(row.facts),
    testedBy: row.testedBy,
    requestId: row.requestId,
    startedAt: row.startedAt.toISOString(),
    finishedAt: row.finishedAt.toISOString(),
    stale: row.fingerprint !== fingerprint,
  };
}
