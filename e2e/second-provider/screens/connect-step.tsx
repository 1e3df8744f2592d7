'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { type Resolver, useForm } from 'react-hook-form';
import { TextField } from '#components/form/text-field.tsx';
import { Panel } from '#components/ui/panel.tsx';
import type { SetupView } from '#lib/byok/setup-views.ts';
import { formBehaviour } from '../../../app/_shared/form/beside-fields.ts';
import { StepFrame } from '../../../app/(admin)/enterprise-key/_setup/step-frame.tsx';
import { useSaveStep } from '../../../app/(admin)/enterprise-key/_setup/use-save-step.ts';
import { useStepForm } from '../../../app/(admin)/enterprise-key/_setup/use-step-form.ts';
import { vaultSteps } from '../rules/steps.ts';
import { slotOf, tokenWords } from './vault-setup.ts';

type Values = { slot: string; secret: string };

export function ConnectSlot({ setup }: { setup: SetupView }) {
  const { configuration } = setup;
  const form = useForm<Values, unknown, Values>({
    resolver: zodResolver(vaultSteps.connect) as unknown as Resolver<Values, unknown, Values>,
    defaultValues: { slot: slotOf(configuration), secret: '' },
    ...formBehaviour,
  });
  const { errors, isDirty } = form.formState;
  const saver = useSaveStep(setup, 'connect', isDirty ? 'ask' : 'free');
  const step = useStepForm(form, saver, {
    fields: ['slot', 'secret'],
    toInput: (values) => ({ step: 'connect', values }),
    kept: (values) => ({ ...values, secret: '' }),
  });
  return (
    <StepFrame {...step}>
      <Panel className="grid gap-4.5">
        <TextField
          autoComplete="off"
          error={errors.slot?.message}
          id="slot"
          label="Slot name"
          {...form.register('slot')}
        />
        {String(configuration.authMode) === 'token' ? (
          <TextField
            autoComplete="off"
            error={errors.secret?.message}
            hint={tokenWords(configuration.secret)}
            id="secret"
            label="Slot token"
            type="password"
            {...form.register('secret')}
          />
        ) : null}
      </Panel>
    </StepFrame>
  );
}
