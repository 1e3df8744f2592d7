'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { type Resolver, useForm } from 'react-hook-form';
import { SelectField } from '#components/form/select-field.tsx';
import { TextField } from '#components/form/text-field.tsx';
import { Button } from '#components/ui/button.tsx';
import { CodeBlock } from '#components/ui/code-block.tsx';
import { Panel, PanelHeader } from '#components/ui/panel.tsx';
import { useHydrated } from '#components/ui/use-hydrated.ts';
import { formBehaviour, showBesideFields } from '../../../app/_shared/form/beside-fields.ts';
import { ActionErrorNotice } from '../../../app/_shared/refusal/action-error-notice.tsx';
import type { RotateScreenProps } from '../../../app/(admin)/enterprise-key/_providers/provider-screens.ts';
import { RotationProof } from '../../../app/(admin)/enterprise-key/_rotate/rotation-proof.tsx';
import { gateOf, preparedFor, standingFor } from '../../../app/(admin)/enterprise-key/_rotate/rotation-standing.ts';
import { useRotation } from '../../../app/(admin)/enterprise-key/_rotate/use-rotation.ts';
import { useLeaveGuard } from '../../../app/(admin)/enterprise-key/_shared/leave-guard.tsx';
import { markOf } from '../rules/connection.ts';
import { vaultSteps } from '../rules/steps.ts';
import { hallOptions } from './provider-step.tsx';
import { vaultOf } from './vault-setup.ts';

type Values = { hall: string; slot: string; secret: string };

export function RotateSlot({ view, to, setUp, role, active }: RotateScreenProps) {
  const rotation = useRotation(view, to);
  const hydrated = useHydrated();
  const [prepared, standing] = [preparedFor(view, to), standingFor(view, to)];
  const { hall = '', slot = '' } = vaultOf(prepared ?? standing) ?? {};
  const saved: Values = { hall, slot, secret: '' };
  const form = useForm<Values, unknown, Values>({
    resolver: zodResolver(vaultSteps.rotation) as unknown as Resolver<Values, unknown, Values>,
    defaultValues: saved,
    ...formBehaviour,
  });
  const given = form.watch();
  const { errors } = form.formState;
  const changed = (['hall', 'slot', 'secret'] as const).some((field) => given[field].trim() !== saved[field]);
  const unsaved = prepared === null || changed;
  const guard = useLeaveGuard(changed ? 'ask' : rotation.run.phase === 'running' ? 'cut' : 'free');
  const gate = gateOf(view, to, role);
  const withToken = String(to.authMode) === 'token';

  async function keep(values: Values): Promise<boolean> {
    const kept = await rotation.prepare(values);
    if (!kept.ok && kept.actionError) showBesideFields(form, ['hall', 'slot', 'secret'], kept.actionError);
    if (kept.ok) form.setValue('secret', '');
    return kept.ok;
  }
  const save = form.handleSubmit(async (values) => void (await keep(values)));
  const test = form.handleSubmit(async (values) => {
    if (!unsaved || (await keep(values))) await rotation.test();
  });

  return (
    <>
      <form noValidate onSubmit={(event) => void save(event)}>
        <ActionErrorNotice reload={rotation.lookAgain} actionError={rotation.saveError} />
        <fieldset className="contents" disabled={!hydrated}>
          <div className="grid items-start gap-x-4.5 xl:grid-cols-[minmax(0,1fr)_minmax(0,1.2fr)]">
            {active}
            <Panel aria-labelledby="rotate-to">
              <PanelHeader id="rotate-to" level={3} title="Rotate to" />
              <div className="grid gap-4.5">
                <SelectField
                  error={errors.hall?.message}
                  id="hall"
                  label="Hall"
                  options={hallOptions}
                  placeholder="Choose a hall"
                  {...form.register('hall')}
                />
                <TextField
                  autoComplete="off"
                  error={errors.slot?.message}
                  id="slot"
                  label="Slot name"
                  {...form.register('slot')}
                />
                {withToken ? (
                  <TextField
                    autoComplete="off"
                    error={errors.secret?.message}
                    id="secret"
                    label="Slot token"
                    type="password"
                    {...form.register('secret')}
                  />
                ) : (
                  <CodeBlock code={markOf(setUp.tenant.id)} copyLabel="mark" language="text" />
                )}
              </div>
              <div className="mt-4.5">
                <Button disabledReason={gate.locked} pending={rotation.saving} type="submit">
                  Save Draft
                </Button>
              </div>
            </Panel>
          </div>
        </fieldset>
      </form>
      <RotationProof
        form={{ changed, unsaved, test: () => void test() }}
        gate={gate}
        guard={guard}
        pages={null}
        rotation={rotation}
        view={view}
      />
    </>
  );
}
