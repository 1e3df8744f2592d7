'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { useMemo, useState } from 'react';
import { useForm } from 'react-hook-form';
import { LinkButton } from '#components/ui/button.tsx';
import type { CheckId } from '#lib/byok/test-report.ts';
import type { KeyPageView, Role } from '#lib/byok/views.ts';
import { AcknowledgeWarnings, openWarnings } from '../_wizard/acknowledge-warnings.tsx';
import { DiscardButton } from '../_wizard/discard-button.tsx';
import { useLeaveGuard } from '../_wizard/leave-guard.tsx';
import { PolicyHelp } from '../_wizard/policy-help.tsx';
import { describeSetUp } from '../_wizard/set-up.ts';
import { TestPanel } from '../_wizard/test-panel.tsx';
import { formBehaviour, showBesideFields } from '../_wizard/use-step-form.ts';
import { type RotationValues, whyNotMine } from './change.ts';
import { RotatePlan } from './rotate-plan.tsx';
import { RotateSheet } from './rotate-sheet.tsx';
import { RotationDraft } from './rotation-draft.tsx';
import { whyNotYet } from './rotation-readiness.ts';
import { rotationFields, rotationSchema, type SetUpValues, sameValues, setUpSource } from './rotation-values.ts';
import { usePlan } from './use-plan.ts';
import { useRotation } from './use-rotation.ts';

type RotateKeyProps = { view: KeyPageView; from: RotationValues; setUp: SetUpValues; role: Role };

/** Rotate Key: what it is to be, proven by the test, what would move, and the sheet that asks before it begins. */
export function RotateKey({ view, from, setUp, role }: RotateKeyProps) {
  const saved = view.rotation ?? from;
  const form = useForm<RotationValues>({
    resolver: zodResolver(useMemo(() => rotationSchema(setUp.serviceRoleArn), [setUp.serviceRoleArn])),
    defaultValues: { keyArn: saved.keyArn, roleArn: saved.roleArn, region: saved.region },
    ...formBehaviour,
  });
  const given = form.watch();
  const changed = !sameValues(given, saved);
  const rotation = useRotation(view);
  const testing = rotation.run.phase === 'running';
  const guard = useLeaveGuard(changed ? 'ask' : testing ? 'cut' : 'free');
  const [acknowledged, setAcknowledged] = useState<ReadonlySet<CheckId>>(new Set());
  const [reencrypt, setReencrypt] = useState(false);
  const notMine = whyNotMine(role);
  const locked = notMine ?? (view.commands.rotate.allowed ? null : view.commands.rotate.reason);
  const report = view.rotation?.report ?? null;
  const plan = usePlan({ id: view.id, revision: view.revision, reportId: report?.id }, { kind: 'rotate', reencrypt });
  const unsaved = changed || !view.rotation;
  const described = describeSetUp(setUpSource(setUp, { ...saved, region: given.region }, report), given);

  const save = form.handleSubmit(async (values) => {
    const kept = await rotation.prepare(values);
    if (!kept.ok && kept.trouble) showBesideFields(form, rotationFields, kept.trouble);
  });
  // What is not kept yet is kept first: a test is always one of what the server has.
  const test = form.handleSubmit(async (values) => {
    const kept = unsaved ? await rotation.prepare(values) : null;
    if (kept && !kept.ok) {
      if (kept.trouble) showBesideFields(form, rotationFields, kept.trouble);
    } else await rotation.test();
  });
  const rotate = async () => {
    const begun = await rotation.rotate({ acknowledged: openWarnings(report), reencrypt });
    if (begun) guard.goOn(`/enterprise-key/${view.id}`);
    return begun;
  };

  return (
    <>
      <RotationDraft
        form={form}
        from={from}
        locked={locked}
        onSave={(event) => void save(event)}
        rotation={rotation}
        setUp={setUp}
        view={view}
      />
      <PolicyHelp missing="Name a role and a region to see their policies." setUp={described} />
      <TestPanel
        changed={changed}
        description="Asks AWS, with the role and the key named above; what is not saved yet is saved first. It changes nothing, here or there."
        disabledReason={locked}
        onStart={() => void test()}
        pages={described?.links ?? null}
        pending={rotation.saving}
        report={report}
        run={rotation.run}
      />
      <AcknowledgeWarnings
        acknowledged={acknowledged}
        intro="The key can be rotated with these. Read each, and acknowledge it by name."
        report={changed ? null : report}
        {...(locked ? {} : { onChange: setAcknowledged })}
      />
      <RotatePlan onReencrypt={setReencrypt} plan={plan} reencrypt={reencrypt} />
      <div className="flex flex-wrap items-start gap-2.5">
        <LinkButton href={`/enterprise-key/${view.id}`}>Back</LinkButton>
        {view.rotation && !locked ? (
          <DiscardButton keyId={view.id} revision={rotation.revision} what="rotation" />
        ) : null}
        <div className="ml-auto">
          <RotateSheet
            disabledReason={whyNotYet({
              notMine,
              rotate: view.commands.rotate,
              unsaved,
              testing,
              report,
              acknowledged,
            })}
            onConfirm={rotate}
            plan={plan}
            reencrypt={reencrypt}
            rotation={rotation}
            view={view}
          />
        </div>
      </div>
      {guard.dialog}
    </>
  );
}
