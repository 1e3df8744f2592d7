'use client';

import { Checkbox } from '#components/form/checkbox.tsx';
import type { FieldProblem } from '#components/form/error-summary.tsx';
import { Panel, PanelHeader } from '#components/ui/panel.tsx';
import { checkName } from '#lib/byok/checks.ts';
import type { ReportView } from '#lib/byok/setup-views.ts';
import type { CheckId } from '#lib/byok/test-report.ts';

type AcknowledgeProps = {
  report: ReportView | null;
  /** What it means to go on with them. */
  intro: string;
  acknowledged: ReadonlySet<CheckId>;
  /** Those to mark as problems. */
  missing?: readonly CheckId[];
  /** Left out for who may read them only. */
  onChange?: (next: ReadonlySet<CheckId>) => void;
};

/** Warnings of a passed test, each to be acknowledged by name. */
export function AcknowledgeWarnings({ report, intro, acknowledged, missing = [], onChange }: AcknowledgeProps) {
  const warnings = openWarnings(report);
  if (warnings.length === 0) return null;
  return (
    <Panel aria-labelledby="warnings-heading">
      <PanelHeader description={intro} id="warnings-heading" level={3} title="Warnings of the test" />
      <div className="grid gap-3">
        {warnings.map((id) => (
          <Checkbox
            checked={acknowledged.has(id)}
            disabled={!onChange}
            error={missing.includes(id) ? warningProblem(id).message : null}
            hint={report?.checks.find((check) => check.id === id)?.summary}
            id={acknowledgeId(id)}
            key={id}
            label={`I acknowledge the warning “${checkName(id)}”`}
            onChange={(event) => onChange?.(changed(acknowledged, id, event.currentTarget.checked))}
          />
        ))}
      </div>
    </Panel>
  );
}

/** Warnings of a test that no longer counts need no acknowledgement: it has to be run again first. */
export function openWarnings(report: ReportView | null): CheckId[] {
  return report?.passed && !report.stale ? report.warnings : [];
}

export function warningProblem(id: CheckId): FieldProblem {
  return { fieldId: acknowledgeId(id), message: `Acknowledge the warning “${checkName(id)}”.` };
}

function changed(acknowledged: ReadonlySet<CheckId>, id: CheckId, on: boolean): ReadonlySet<CheckId> {
  return new Set([...acknowledged].filter((other) => other !== id).concat(on ? id : []));
}

function acknowledgeId(id: CheckId): string {
  return `acknowledge-${id}`;
}
