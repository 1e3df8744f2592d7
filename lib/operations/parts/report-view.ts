import 'server-only';
import { testReportSchema } from '../../byok/test-report.ts';
import type { ReportView } from '../../byok/views.ts';
import type { ReportRow } from '../../db/key-store.ts';

/** A stored report as screens show it; `fingerprint` is the one of what would be scheduled now. */
export function toReport(row: ReportRow, fingerprint: string): ReportView {
  const report = testReportSchema.parse({
    passed: row.passed,
    checks: row.checks,
    warnings: row.warnings,
    pinnedKeyArn: row.pinnedKeyArn,
  });
  return {
    id: row.id,
    ...report,
    byEmail: row.byEmail,
    requestId: row.requestId,
    startedAt: row.startedAt.toISOString(),
    finishedAt: row.finishedAt.toISOString(),
    stale: row.fingerprint !== fingerprint,
  };
}
