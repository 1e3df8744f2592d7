'use client';

import type { KeyPageView } from '#lib/byok/key-views.ts';
import type { RotateScreenProps } from '../../_providers/provider-screens.ts';
import { PolicyHelp } from '../../_shared/aws/policy-help.tsx';
import { describeSetUp } from '../../_shared/aws/set-up.ts';
import { useLeaveGuard } from '../../_shared/leave-guard.tsx';
import { RotationProof } from '../rotation-proof.tsx';
import { gateOf, preparedFor, type RotateTo, standingFor } from '../rotation-standing.ts';
import { useRotation } from '../use-rotation.ts';
import { RotationDraft } from './rotation-draft.tsx';
import type { StoredSecret } from './rotation-mode.ts';
import { rotationModes } from './rotation-modes.ts';
import { rotationValues, setUpSource } from './rotation-values.ts';
import { useRotationForm } from './use-rotation-form.ts';

/** Rotate Key, to a key in AWS: what it is to be, proven by the test, what would move, and the sheet that asks before it begins. */
export function RotateAwsKey({ view, to, setUp, role, active }: RotateScreenProps) {
  const rotation = useRotation(view, to);
  const [prepared, standing] = [preparedFor(view, to), standingFor(view, to)];
  const from = standing && rotationValues(to.authMode, standing);
  const blank = { region: setUp.tenant.homeRegion, keyArn: '', roleArn: '', accessKeyId: '' };
  const saved = rotationValues(to.authMode, prepared ?? standing ?? blank);
  const stored = storedSecret(view, to);
  const filled = useRotationForm({
    saved,
    prepared: prepared !== null,
    serviceRoleArn: setUp.ourIdentity,
    storedFor: stored.storedFor,
    rotation,
  });
  const testing = rotation.run.phase === 'running';
  const guard = useLeaveGuard(filled.changed ? 'ask' : testing ? 'cut' : 'free');
  const gate = gateOf(view, to, role);
  const { given, changed, unsaved } = filled;
  const source = setUpSource(setUp, { ...saved, region: given.region }, gate.report, standing);
  const described = describeSetUp(source, given);

  return (
    <>
      <RotationDraft
        changed={changed}
        form={filled.form}
        from={from}
        active={active}
        locked={gate.locked}
        onSave={(event) => void filled.save(event)}
        rotation={rotation}
        setUp={setUp}
        stored={stored}
      />
      <PolicyHelp {...rotationModes[given.mode].policies({ setUp, saved, given, report: gate.report, described })} />
      <RotationProof
        form={{ changed, unsaved, test: () => void filled.test() }}
        gate={gate}
        guard={guard}
        pages={described?.links ?? null}
        rotation={rotation}
        view={view}
      />
    </>
  );
}

/** Of what is prepared, else of what is active. */
function storedSecret(view: KeyPageView, to: RotateTo): StoredSecret {
  const from = preparedFor(view, to) ?? standingFor(view, to);
  return from?.secret ? { storedFor: from.accessKeyId, note: from.secret } : { storedFor: '', note: null };
}
