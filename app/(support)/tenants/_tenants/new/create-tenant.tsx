'use client';

import { useRouter } from 'next/navigation';
import { useForm } from 'react-hook-form';
import { ErrorSummary } from '#components/form/error-summary.tsx';
import { RadioGroup } from '#components/form/radio-group.tsx';
import { SelectField } from '#components/form/select-field.tsx';
import { TextField } from '#components/form/text-field.tsx';
import { Button, LinkButton } from '#components/ui/button.tsx';
import { ErrorNotice } from '#components/ui/error-notice.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { regionList } from '#lib/byok/aws/regions.ts';
import { slugOf } from '#lib/byok/references.ts';
import { regionRuleChoices } from '../region-rule-choices.ts';
import { useCreate } from '../use-create.ts';
import { createTenantAction } from './actions.ts';

type Values = { name: string; reference: string; homeRegion: string; regionPolicy: 'refuse' | 'warn' };

const fieldIds = { name: 'name', reference: 'reference', homeRegion: 'homeRegion', regionPolicy: 'regionPolicy' };
const empty: Values = { name: '', reference: '', homeRegion: '', regionPolicy: 'refuse' };

export function CreateTenant() {
  const router = useRouter();
  const form = useForm<Values>({ mode: 'onTouched', defaultValues: empty, shouldFocusError: false });
  const { create, failure, problems } = useCreate(form, fieldIds, createTenantAction);
  const { errors, isSubmitting, isSubmitSuccessful, submitCount } = form.formState;
  const slug = slugOf(form.watch('name'));

  async function submit(values: Values): Promise<void> {
    const tenant = await create(values);
    if (tenant) router.push(`/tenants/${tenant.tenantId}`);
  }

  return (
    <Panel aria-label="New tenant">
      <form className="space-y-4" method="post" noValidate onSubmit={form.handleSubmit(submit)}>
        {submitCount > 0 ? <ErrorSummary attempt={submitCount} errors={problems} /> : null}
        {failure ? <ErrorNotice error={failure} /> : null}
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField
            autoComplete="off"
            error={errors.name?.message}
            hint="The customer’s people see it, too."
            id="name"
            label="Name"
            maxLength={120}
            {...form.register('name', { validate: (name) => name.trim() !== '' || 'Enter a name.' })}
          />
          <TextField
            autoComplete="off"
            error={errors.reference?.message}
            hint={`Your own ID for it. Left empty: ${slug || 'made of the name'}.`}
            id="reference"
            label="Reference"
            maxLength={100}
            mono
            optional
            spellCheck={false}
            {...form.register('reference')}
          />
        </div>
        <SelectField
          error={errors.homeRegion?.message}
          hint="Where this customer’s data is stored. It can’t be changed later."
          id="homeRegion"
          label="Home region"
          options={regionList.map(({ id, name }) => ({ value: id, label: `${id} · ${name}` }))}
          placeholder="Choose a region"
          {...form.register('homeRegion', { required: 'Choose a region.' })}
        />
        <RadioGroup
          error={errors.regionPolicy?.message}
          hint="You can change this later."
          id="regionPolicy"
          legend="A key outside of the home region"
          options={regionRuleChoices}
          {...form.register('regionPolicy')}
        />
        <div className="flex flex-wrap gap-2.5">
          <Button
            pending={isSubmitting || (isSubmitSuccessful && !failure && problems.length === 0)}
            type="submit"
            variant="primary"
          >
            Create Tenant
          </Button>
          <LinkButton href="/tenants">Cancel</LinkButton>
        </div>
      </form>
    </Panel>
  );
}
