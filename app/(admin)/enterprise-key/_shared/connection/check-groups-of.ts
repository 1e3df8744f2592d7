import type { Outcome } from '#lib/byok/test-report.ts';
import type { CheckRow } from './test-run.ts';

/** In the order in which they are to be looked at. */
const order = ['failed', 'warning', 'running', 'waiting', 'not-run', 'passed', 'skipped'] as const satisfies Outcome[];
export type CheckGroup = { id: (typeof order)[number]; rows: CheckRow[] };

/** Each check once, what has to be fixed first. */
export function groupsOf(rows: readonly CheckRow[]): CheckGroup[] {
  return order
    .map((id) => ({ id, rows: rows.filter(({ result }) => result.outcome === id) }))
    .filter((group) => group.rows.length > 0);
}
