'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { type Resolver, useForm } from 'react-hook-form';
import { SelectField } from '#components/form/select-field.tsx';
import { TextField } from '#components/form/text-field.tsx';
import { TextareaField } from '#components/form/textarea-field.tsx';
import { Panel } from '#components/ui/panel.tsx';
import type { SetupView } from '#lib/byok/setup-views.ts';
import { tagsText } from '#lib/byok/tags-text.ts';
import { formBehaviour } from '../../../app/_shared/form/beside-fields.ts';
import { StepFrame } from '../../../app/(admin)/enterprise-key/_setup/step-frame.tsx';
import { useSaveStep } from '../../../app/(admin)/enterprise-key/_setup/use-save-step.ts';
import { useStepForm } from '../../../app/(admin)/enterprise-key/_setup/use-step-form.ts';
import { LabelsField } from '../../../app/(admin)/enterprise-key/_shared/labels-field.tsx';
import { halls, type VaultAuthMode } from '../rules/connection.ts';
import { vaultDeclaration } from '../rules/declaration.ts';
import { type VaultProviderStep, vaultSteps } from '../rules/steps.ts';
import { vaultOf } from './vault-setup.ts';

type Values = {
  provider: 'vault';
  authMode: VaultAuthMode;
  hall: string;
  alias: string;
  description: string;
  tags: string;
};

const fields = ['authMode', 'hall', 'alias', 'description', 'tags'] as const;

export function ChooseHall({ setup }: { setup: SetupView }) {
  const form = useForm<Values, unknown, VaultProviderStep>({
    resolver: zodResolver(vaultSteps.provider) as unknown as Resolver<Values, unknown, VaultProviderStep>,
    defaultValues: initial(setup),
    ...formBehaviour,
  });
  const { errors, isDirty } = form.formState;
  const saver = useSaveStep(setup, 'provider', isDirty ? 'ask' : 'free');
  const step = useStepForm(form, saver, { fields, toInput: (values) => ({ step: 'provider', values }) });
  const bind = (name: (typeof fields)[number]) => ({ id: name, error: errors[name]?.message, ...form.register(name) });
  return (
    <StepFrame {...step}>
      <Panel className="grid gap-4.5">
        <SelectField
          {...bind('authMode')}
          hint={vaultDeclaration.authModes.find(({ id }) => id === form.watch('authMode'))?.hint}
          label="What we show at the door"
          options={vaultDeclaration.authModes.map(({ id, name }) => ({ value: id, label: name }))}
        />
        <SelectField {...bind('hall')} label="Hall" options={hallOptions} placeholder="Choose a hall" />
        <TextField {...bind('alias')} autoComplete="off" hint="What you call this slot here." label="Alias" />
        <TextareaField {...bind('description')} label="Description" optional />
        <LabelsField {...bind('tags')} />
      </Panel>
    </StepFrame>
  );
}

export const hallOptions = Object.entries(halls).map(([value, label]) => ({ value, label }));

function initial(setup: SetupView): Values {
  const { key } = setup;
  const { authMode = 'badge', hall = '' } = vaultOf(setup.configuration) ?? {};
  return {
    provider: 'vault',
    authMode,
    hall,
    alias: key.alias,
    description: key.description,
    tags: tagsText(key.tags),
  };
}
