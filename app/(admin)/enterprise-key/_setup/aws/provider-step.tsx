'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { type Resolver, type UseFormRegisterReturn, useForm } from 'react-hook-form';
import { SelectField } from '#components/form/select-field.tsx';
import { TextField } from '#components/form/text-field.tsx';
import { TextareaField } from '#components/form/textarea-field.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { type ProviderStep as ProviderValues, providerStepSchema } from '#lib/byok/aws/step-schemas.ts';
import { tagsText } from '#lib/byok/labels.ts';
import { type AuthModeId, authModeOf, type ProviderId, providers } from '#lib/byok/providers.ts';
import type { SetupView } from '#lib/byok/setup-views.ts';
import { formBehaviour } from '../../../../_shared/form/beside-fields.ts';
import { regionGroups } from '../../_shared/aws/region-choices.ts';
import { LabelsField } from '../../_shared/labels-field.tsx';
import { StepFrame } from '../step-frame.tsx';
import { useSaveStep } from '../use-save-step.ts';
import { useStepForm } from '../use-step-form.ts';
import { DomainField } from './domain-field.tsx';
import { RegionNote } from './region-note.tsx';
import { ServiceRoleNote } from './service-role-note.tsx';

/** Of every mode at once: what the chosen one does not have is not saved. */
type Values = {
  provider: ProviderId;
  authMode: AuthModeId;
  region: string;
  accountId: string;
  roleName: string;
  alias: string;
  description: string;
  tags: string;
};

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
  const form = useForm<Values, unknown, ProviderValues>({
    resolver: zodResolver(providerStepSchema) as unknown as Resolver<Values, unknown, ProviderValues>,
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
        {form.watch('authMode') === 'access-key' ? (
          <DomainField
            onRegion={(region) => form.setValue('region', region, { shouldDirty: true, shouldValidate: true })}
          />
        ) : null}
        <SelectField
          {...bind('region')}
          hint={<RegionNote region={form.watch('region')} tenant={setup.tenant} />}
          label="AWS Region"
          options={regionGroups(setup.tenant)}
          placeholder="Choose a region"
        />
        {form.watch('authMode') === 'assume-role' ? (
          <ServiceRoleNote region={form.watch('region')} setup={setup} />
        ) : null}
        <NameFields bind={bind} withRole={form.watch('authMode') === 'assume-role'} />
      </Panel>
    </StepFrame>
  );
}

type Bind = (name: keyof Values) => UseFormRegisterReturn & { id: string; error: string | undefined };

/** What the role is to be called, where it is to be, and what people here call the key. */
function NameFields({ bind, withRole }: { bind: Bind; withRole: boolean }) {
  return (
    <>
      {withRole ? <RoleFields bind={bind} /> : null}
      <TextField
        {...bind('alias')}
        autoComplete="off"
        hint="What you call this key here. It changes nothing in AWS."
        label="Alias"
      />
      <TextareaField {...bind('description')} label="Description" optional />
      <LabelsField {...bind('tags')} />
    </>
  );
}

function RoleFields({ bind }: { bind: Bind }) {
  return (
    <>
      <TextField
        {...bind('accountId')}
        autoComplete="off"
        hint="12 digits: the account in which you create the role, and usually the key."
        inputMode="numeric"
        label="AWS Account ID"
        mono
      />
      <TextField
        {...bind('roleName')}
        autoComplete="off"
        hint="Leave it as it is unless your organisation names roles by a rule."
        label="Role Name"
        mono
        spellCheck={false}
      />
    </>
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
