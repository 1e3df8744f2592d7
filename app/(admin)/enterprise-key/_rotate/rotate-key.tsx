'use client';

import { useState } from 'react';
import type { Role } from '#lib/byok/account-views.ts';
import type { KeyPageView } from '#lib/byok/key-views.ts';
import type { CheckId } from '#lib/byok/test-report.ts';
import { describeSetUp } from '../_shared/aws/set-up.ts';
import { whyNotMine } from '../_shared/change.ts';
import { AcknowledgeWarnings, openWarnings } from '../_shared/connection/acknowledge-warnings.tsx';
import { TestPanel } from '../_shared/connection/test-panel.tsx';
import { useLeaveGuard } from '../_shared/leave-guard.tsx';
import { usePlan } from '../_shared/use-plan.ts';
import { RotateFooter } from './rotate-footer.tsx';
import { RotatePlan } from './rotate-plan.tsx';
import { RotateSheet } from './rotate-sheet.tsx';
import { RotationDraft } from './rotation-draft.tsx';
import { RotationPolicies, storedSecret } from './rotation-identity.tsx';
import type { RotationValues } from './rotation-input.ts';
import { whyNotYet } from './rotation-readiness.ts';
import { rotationValues, type SetUpValues, setUpSource } from './rotation-values.ts';
import { useRotation } from './use-rotation.ts';
import { useRotationForm } from './use-rotation-form.ts';

type RotateKeyProps = { view: KeyPageView; from: RotationValues; setUp: SetUpValues; role: Role };

/** Rotate Key: what it is to be, proven by the test, what would move, and the sheet that asks before it begins. */
export function RotateKey({ view, from, setUp, role }: RotateKeyProps) {
  const rotation = useRotation(view);
  const saved = view.rotation ? rotationValues(from.mode, view.rotation) : from;
  const stored = storedSecret(view);
  const filled = useRotationForm({
    saved,
    prepared: view.rotation !== null,
    serviceRoleArn: setUp.serviceRoleArn,
    storedFor: stored.storedFor,
    rotation,
  });
  const testing = rotation.run.phase === 'running';
  const guard = useLeaveGuard(filled.changed ? 'ask' : testing ? 'cut' : 'free');
  const report = view.rotation?.report ?? null;
  const [acknowledged, setAcknowledged] = useState<ReadonlySet<CheckId>>(new Set());
  const [reencrypt, setReencrypt] = useState(false);
  const plan = usePlan({ id: view.id, revision: view.revision, reportId: report?.id }, { kind: 'rotate', reencrypt });
  const { rotate } = view.commands;
  const notMine = whyNotMine(role);
  const locked = notMine ?? (rotate.allowed ? null : rotate.reason);
  const { given, unsaved } = filled;
  const described = describeSetUp(setUpSource(setUp, { ...saved, region: given.region }, report, view.standing), given);

  async function begin(): Promise<boolean> {
    const begun = await rotation.rotate({ acknowledged: openWarnings(report), reencrypt });
    if (begun) guard.goOn(`/enterprise-key/${view.id}`);
    return begun;
  }

  return (
    <>
      <RotationDraft
        changed={filled.changed}
        form={filled.form}
        from={from}
        locked={locked}
        onSave={(event) => void filled.save(event)}
        rotation={rotation}
        setUp={setUp}
        stored={stored}
        view={view}
      />
      <RotationPolicies described={described} given={given} report={report} saved={saved} setUp={setUp} />
      <TestPanel
        changed={filled.changed}
        description="Asks AWS, with what is named above; what is not saved yet is saved first. It changes nothing, here or there."
        disabledReason={locked}
        onStart={() => void filled.test()}
        pages={described?.links ?? null}
        pending={rotation.saving}
        report={report}
        run={rotation.run}
      />
      <AcknowledgeWarnings
        acknowledged={acknowledged}
        intro="The key can be rotated with these. Read each, and acknowledge it by name."
        report={filled.changed ? null : report}
        {...(locked ? {} : { onChange: setAcknowledged })}
      />
      <RotatePlan onReencrypt={setReencrypt} plan={plan} reencrypt={reencrypt} />
      <RotateFooter discardable={view.rotation !== null && !locked} revision={rotation.revision} view={view}>
        <RotateSheet
          disabledReason={whyNotYet({ notMine, rotate, unsaved, testing, report, acknowledged })}
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
