'use client';

import { useForm } from 'react-hook-form';
import { SelectField } from '#components/form/select-field.tsx';
import { TextField } from '#components/form/text-field.tsx';
import { TextareaField } from '#components/form/textarea-field.tsx';
import { Panel } from '#components/ui/panel.tsx';
import type { ProviderStep as ProviderValues } from '#lib/byok/aws/step-schemas.ts';
import { type AuthModeId, authModeOf, type ProviderId, providers } from '#lib/byok/providers.ts';
import type { SetupView } from '#lib/byok/setup-views.ts';
import { tagsText } from '#lib/byok/tags-text.ts';
import { formBehaviour } from '../../../../_shared/form/beside-fields.ts';
import { lateResolver } from '../../../../_shared/form/late-resolver.ts';
import { LabelsField } from '../../_shared/labels-field.tsx';
import { StepFrame } from '../step-frame.tsx';
import { useSaveStep } from '../use-save-step.ts';
import { useStepForm } from '../use-step-form.ts';

type Values = {
  provider: ProviderId;
  authMode: AuthModeId;
  alias: string;
  description: string;
  tags: string;
};

const fields = ['provider', 'authMode', 'alias', 'description', 'tags'] as const;

/** Which one it is was chosen above. */
const providerOptions = [{ value: 'aws', label: providers.aws.name }];
const authModeOptions = providers.aws.authModes.map(({ id, name, recommended }) => ({
  value: id,
  label: recommended ? `${name} (recommended)` : name,
}));

const resolver = lateResolver<Values, ProviderValues>(async () => {
  const { providerStepSchema } = await import('#lib/byok/aws/step-schemas.ts');
  return providerStepSchema;
});

/** Step 1: how Keyward connects, and what people call the key. Where it is belongs to the next step. */
export function ProviderStep({ setup }: { setup: SetupView }) {
  const form = useForm<Values, unknown, ProviderValues>({
    resolver,
    defaultValues: initialValues(setup),
    ...formBehaviour,
  });
  const { errors, isDirty } = form.formState;
  const saver = useSaveStep(setup, 'provider', isDirty ? 'ask' : 'free');
  const step = useStepForm(form, saver, { fields, toInput: (values) => ({ step: 'provider', values }) });
  const bind = (name: keyof Values) => ({ id: name, error: errors[name]?.message, ...form.register(name) });

  return (
    <StepFrame {...step}>
      <Panel className="grid gap-4.5">
        <SelectField {...bind('provider')} label="Cloud Provider" options={providerOptions} />
        <SelectField
          {...bind('authMode')}
          hint={authModeOf(form.watch('provider'), form.watch('authMode')).hint}
          label="Authentication Mode"
          options={authModeOptions}
        />
        <TextField
          {...bind('alias')}
          autoComplete="off"
          hint="Your name for this key in Keyward. It changes nothing in AWS."
          label="Alias"
        />
        <TextareaField {...bind('description')} label="Description" optional />
        <LabelsField {...bind('tags')} />
      </Panel>
    </StepFrame>
  );
}

function initialValues({ key, configuration }: SetupView): Values {
  return {
    provider: 'aws',
    // Of another provider's modes none means anything here.
    authMode: configuration.provider === 'aws' ? configuration.authMode : providers.aws.authModes[0].id,
    alias: key.alias,
    description: key.description,
    tags: tagsText(key.tags),
  };
}
