'use client';

import { useRouter } from 'next/navigation';
import { RadioGroup } from '#components/form/radio-group.tsx';
import { SelectField } from '#components/form/select-field.tsx';
import { TextField } from '#components/form/text-field.tsx';
import { Button, LinkButton } from '#components/ui/button.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { slugOf } from '#lib/byok/slug.ts';
import { CommandForm } from '../../../../_shared/form/command-form.tsx';
import { useCommandForm } from '../../../../_shared/form/use-command-form.ts';
import { regionRuleChoices } from '../region-rule-choices.ts';
import { createTenantAction } from './actions.ts';

type Values = { name: string; reference: string; homeRegion: string; regionPolicy: 'refuse' | 'warn' };

const empty: Values = { name: '', reference: '', homeRegion: '', regionPolicy: 'refuse' };

/** `places`: where a tenant's data may lie. */
export function CreateTenant({ places }: { places: readonly { id: string; name: string }[] }) {
  const router = useRouter();
  const entry = useCommandForm({
    empty,
    act: createTenantAction,
    onDone: ({ tenantId }) => router.push(`/tenants/${tenantId}`),
  });
  const { bind, failure, form, pending, problems } = entry;
  const slug = slugOf(form.watch('name'));

  return (
    <Panel aria-label="New tenant">
      <CommandForm entry={entry}>
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField
            autoComplete="off"
            hint="The customer’s people see it, too."
            label="Name"
            maxLength={120}
            {...bind('name', { validate: (name) => name.trim() !== '' || 'Enter a name.' })}
          />
          <TextField
            autoComplete="off"
            hint={`Your own ID for it. Left empty: ${slug || 'made of the name'}.`}
            label="Reference"
            maxLength={100}
            mono
            optional
            spellCheck={false}
            {...bind('reference')}
          />
        </div>
        <SelectField
          hint="Where this customer’s data is stored. It can’t be changed later."
          label="Home region"
          options={places.map(({ id, name }) => ({ value: id, label: `${id} · ${name}` }))}
          placeholder="Choose a region"
          {...bind('homeRegion', { required: 'Choose a region.' })}
        />
        <RadioGroup
          hint="You can change this later."
          legend="A key outside of the home region"
          options={regionRuleChoices}
          {...bind('regionPolicy')}
        />
        <div className="flex flex-wrap gap-2.5">
          <Button
            pending={pending || (form.formState.isSubmitSuccessful && !failure && problems.length === 0)}
            type="submit"
            variant="primary"
          >
            Create Tenant
          </Button>
          <LinkButton href="/tenants">Cancel</LinkButton>
        </div>
      </CommandForm>
    </Panel>
  );
}
