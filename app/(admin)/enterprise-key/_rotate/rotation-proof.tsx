'use client';

import { useState } from 'react';
import type { KeyPageView } from '#lib/byok/key-views.ts';
import { providers } from '#lib/byok/providers.ts';
import type { CheckId } from '#lib/byok/test-report.ts';
import { AcknowledgeWarnings, openWarnings } from '../_shared/connection/acknowledge-warnings.tsx';
import type { OutsidePages } from '../_shared/connection/check-row.tsx';
import { TestPanel } from '../_shared/connection/test-panel.tsx';
import type { LeaveGuard } from '../_shared/leave-guard.tsx';
import { usePlan } from '../_shared/use-plan.ts';
import { RotateFooter } from './rotate-footer.tsx';
import { RotatePlan } from './rotate-plan.tsx';
import { RotateSheet } from './rotate-sheet.tsx';
import { whyNotYet } from './rotation-readiness.ts';
import type { RotationGate } from './rotation-standing.ts';
import type { Rotation } from './use-rotation.ts';

type ProofProps = {
  view: KeyPageView;
  rotation: Rotation;
  gate: RotationGate;
  guard: LeaveGuard;
  /** Of what stands in the form. */
  form: { changed: boolean; unsaved: boolean; test: () => void };
  pages: OutsidePages | null;
};

/** Below what it is to be: the proof that it works, what would move, and the sheet that asks before it begins. */
export function RotationProof({ view, rotation, gate, guard, form, pages }: ProofProps) {
  const [acknowledged, setAcknowledged] = useState<ReadonlySet<CheckId>>(new Set());
  const [reencrypt, setReencrypt] = useState(false);
  const { provider } = rotation.to;
  const { report, locked } = gate;
  const plan = usePlan({ id: view.id, revision: view.revision, reportId: report?.id }, { kind: 'rotate', reencrypt });
  const { rotate } = view.commands;
  const testing = rotation.run.phase === 'running';

  async function begin(): Promise<boolean> {
    const begun = await rotation.rotate({ acknowledged: openWarnings(report), reencrypt });
    if (begun) guard.proceed(`/enterprise-key/${view.id}`);
    return begun;
  }

  return (
    <>
      <TestPanel
        changed={form.changed}
        description={`Saves and tests the values above. It changes nothing, here or in ${providers[provider].words.service}.`}
        disabledReason={locked}
        onStart={form.test}
        pages={pages}
        pending={rotation.saving}
        provider={provider}
        report={report}
        run={rotation.run}
      />
      <AcknowledgeWarnings
        acknowledged={acknowledged}
        intro="You can rotate the key with these warnings. Read each, and acknowledge it by name."
        report={form.changed ? null : report}
        {...(locked ? {} : { onChange: setAcknowledged })}
      />
      <RotatePlan onReencrypt={setReencrypt} plan={plan} reencrypt={reencrypt} />
      <RotateFooter discardable={view.rotation !== null && !locked} revision={rotation.revision} view={view}>
        <RotateSheet
          disabledReason={whyNotYet({
            notMine: gate.notMine,
            rotate,
            unsaved: form.unsaved,
            testing,
            report,
            acknowledged,
          })}
          onConfirm={begin}
          plan={plan}
          reencrypt={reencrypt}
          rotation={rotation}
          view={view}
        />
      </RotateFooter>
      {guard.dialog}
    </>
  );
}
