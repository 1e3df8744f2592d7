'use client';

import { useRouter } from 'next/navigation';
import { type ReactNode, useState } from 'react';
import { Checkbox } from '#components/form/checkbox.tsx';
import { FieldError } from '#components/form/field.tsx';
import { SelectField } from '#components/form/select-field.tsx';
import { TextField } from '#components/form/text-field.tsx';
import { Button } from '#components/ui/button.tsx';
import { Panel, PanelHeader } from '#components/ui/panel.tsx';
import type { TokenAction } from '#lib/byok/vendor-views.ts';
import { CommandForm } from '../../../_shared/form/command-form.tsx';
import { ShownOnce } from '../../../_shared/form/shown-once.tsx';
import { useCommandForm } from '../../../_shared/form/use-command-form.ts';
import { createTokenAction } from './actions.ts';

type Values = { tenantId: string; name: string; actions: TokenAction[]; endsAt: string };
const empty: Values = { tenantId: '', name: '', actions: [], endsAt: '' };

type CreateTokenProps = {
  tenants: readonly { id: string; name: string }[];
  /** Where the list does not hold all tenants. */
  findTenant: ReactNode;
};

export function CreateToken({ tenants, findTenant }: CreateTokenProps) {
  const router = useRouter();
  const [made, setMade] = useState<{ token: string; name: string; tenantName: string } | null>(null);
  const entry = useCommandForm({
    empty,
    act: ({ name, endsAt, ...values }) => createTokenAction({ ...values, name: name.trim(), endsAt: endOfDay(endsAt) }),
    onSend: () => setMade(null),
    onDone: ({ token, row }) => {
      setMade({ token, name: row.name, tenantName: row.tenantName });
      entry.form.reset(empty);
      router.refresh();
    },
  });
  const { bind, form, messageOf } = entry;

  return (
    <Panel aria-labelledby="create-token">
      <PanelHeader id="create-token" title="Create a token" />
      {made ? (
        <ShownOnce
          hint="Sent as Authorization: Bearer with each call."
          label="Token"
          onPutAway={() => setMade(null)}
          title={`Copy the token “${made.name}” of ${made.tenantName} now: it is not shown again.`}
          value={made.token}
        />
      ) : null}
      {findTenant}
      <CommandForm entry={entry}>
        <div className="grid gap-4 sm:grid-cols-2">
          <SelectField
            hint="The token opens data of this tenant and of no other."
            label="Tenant"
            options={tenants.map(({ id, name }) => ({ value: id, label: name }))}
            placeholder="Choose a tenant"
            {...bind('tenantId', { required: 'Choose a tenant.' })}
          />
          <TextField
            autoComplete="off"
            hint="The service that uses it. You then know what revoking it stops."
            label="Name"
            maxLength={80}
            {...bind('name', { validate: (name) => name.trim() !== '' || 'Enter a name.' })}
          />
        </div>
        <fieldset aria-describedby={messageOf('actions') ? 'actions-error' : undefined}>
          <legend className="mb-1 font-medium">Actions</legend>
          <div className="flex flex-wrap gap-x-6 gap-y-2">
            <Checkbox id="actions" label="encrypt" value="encrypt" {...form.register('actions', atLeastOne)} />
            <Checkbox label="decrypt" value="decrypt" {...form.register('actions', atLeastOne)} />
            <Checkbox
              hint="Hands out data keys in the clear, for at most the tenant’s cache time. Only for a service that must encrypt by itself."
              label="lease"
              value="lease"
              {...form.register('actions', atLeastOne)}
            />
          </div>
          <FieldError id="actions">{messageOf('actions')}</FieldError>
        </fieldset>
        <TextField
          className="sm:max-w-80"
          hint="The last day on which the token works, in UTC. Without a day it works until you revoke it."
          label="Last day"
          optional
          type="date"
          {...bind('endsAt')}
        />
        <Button pending={entry.pending} type="submit" variant="primary">
          Create Token
        </Button>
      </CommandForm>
    </Panel>
  );
}

/** The instant at which the day is over, in UTC; null without a day. */
function endOfDay(day: string): string | null {
  return day ? new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString() : null;
}

const atLeastOne = { validate: (actions: unknown[]) => actions.length > 0 || 'Choose at least one action.' };
