'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { type Resolver, useForm } from 'react-hook-form';
import { SelectField } from '#components/form/select-field.tsx';
import { TextField } from '#components/form/text-field.tsx';
import { TextareaField } from '#components/form/textarea-field.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { type ProviderStep as ProviderChoice, providerStepSchema } from '#lib/byok/aws/step-schemas.ts';
import { tagsText } from '#lib/byok/labels.ts';
import { authModeOf, providers } from '#lib/byok/providers.ts';
import type { SetupView } from '#lib/byok/setup-views.ts';
import { formBehaviour } from '../../../../_shared/form/beside-fields.ts';
import { regionGroups } from '../../_shared/aws/region-choices.ts';
import { LabelsField } from '../../_shared/labels-field.tsx';
import { StepFrame } from '../step-frame.tsx';
import { useSaveStep } from '../use-save-step.ts';
import { useStepForm } from '../use-step-form.ts';
import { awsModes } from './modes.ts';
import type { ProviderValues as Values } from './provider-description.ts';
import { RegionNote } from './region-note.tsx';

const fields = ['provider', 'authMode', 'region', 'accountId', 'roleName', 'alias', 'description', 'tags'] as const;

const defaultRoleName = 'BYOK_Role';

/** Which one it is was chosen above. */
const providerOptions = [{ value: 'aws', label: providers.aws.name }];
const authModeOptions = providers.aws.authModes.map(({ id, name, recommended }) => ({
  value: id,
  label: recommended ? `${name} (recommended)` : name,
}));

/** Step 1: where the key lives, how we come to it, and what people call it. */
export function ProviderStep({ setup }: { setup: SetupView }) {
  const form = useForm<Values, unknown, ProviderChoice>({
    resolver: zodResolver(providerStepSchema) as unknown as Resolver<Values, unknown, ProviderChoice>,
    defaultValues: initialValues(setup),
    ...formBehaviour,
  });
  const { errors, isDirty } = form.formState;
  const saver = useSaveStep(setup, 'provider', isDirty ? 'ask' : 'free');
  const step = useStepForm(form, saver, { fields, toInput: (values) => ({ step: 'provider', values }) });
  const bind = (name: keyof Values) => ({ id: name, error: errors[name]?.message, ...form.register(name) });
  const { aboveRegion, belowRegion } = awsModes[form.watch('authMode')].provider;
  const given = {
    setup,
    region: form.watch('region'),
    onRegion: (region: string) => form.setValue('region', region, { shouldDirty: true, shouldValidate: true }),
    bind,
  };

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
        {aboveRegion?.(given)}
        <SelectField
          {...bind('region')}
          hint={<RegionNote region={form.watch('region')} tenant={setup.tenant} />}
          label="AWS Region"
          options={regionGroups(setup.tenant)}
          placeholder="Choose a region"
        />
        {belowRegion?.(given)}
        <TextField
          {...bind('alias')}
          autoComplete="off"
          hint="What you call this key here. It changes nothing in AWS."
          label="Alias"
        />
        <TextareaField {...bind('description')} label="Description" optional />
        <LabelsField {...bind('tags')} />
      </Panel>
    </StepFrame>
  );
}

function initialValues({ key, configuration, tenant }: SetupView): Values {
  return {
    provider: 'aws',
    ...(configuration.provider === 'aws' ? chosen(configuration) : unchosen),
    region: (configuration.provider === 'aws' && configuration.region) || tenant.homeRegion,
    alias: key.alias,
    description: key.description,
    tags: tagsText(key.tags),
  };
}

/** Of another provider nothing means anything here. */
const unchosen = { authMode: providers.aws.authModes[0].id, accountId: '', roleName: defaultRoleName } as const;

function chosen({ authMode, accountId, roleName }: SetupView['configuration']) {
  return { authMode, accountId, roleName: roleName || defaultRoleName };
}
