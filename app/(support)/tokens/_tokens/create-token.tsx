'use client';

import { useRouter } from 'next/navigation';
import { type ReactNode, useState } from 'react';
import { useForm } from 'react-hook-form';
import { Checkbox } from '#components/form/checkbox.tsx';
import { ErrorSummary } from '#components/form/error-summary.tsx';
import { FieldError } from '#components/form/field.tsx';
import { SelectField } from '#components/form/select-field.tsx';
import { TextField } from '#components/form/text-field.tsx';
import { Button } from '#components/ui/button.tsx';
import { ErrorNotice, type ErrorNoticeWords } from '#components/ui/error-notice.tsx';
import { Panel, PanelHeader } from '#components/ui/panel.tsx';
import type { TokenAction } from '#lib/byok/vendor-views.ts';
import { noticeOf, unreachable } from '../../../_shared/refusal/error-words.ts';
import { createTokenAction } from './actions.ts';
import { NewToken } from './new-token.tsx';

type Values = { tenantId: string; name: string; actions: TokenAction[]; endsAt: string };
const fieldNames = ['tenantId', 'name', 'actions', 'endsAt'] as const;
const empty: Values = { tenantId: '', name: '', actions: [], endsAt: '' };

type CreateTokenProps = {
  tenants: readonly { id: string; name: string }[];
  /** Where the list does not hold all tenants. */
  findTenant: ReactNode;
};

/** The token stands on the page until it is put away, and nowhere else: not in the address, not in a cache. */
export function CreateToken({ tenants, findTenant }: CreateTokenProps) {
  const router = useRouter();
  const [made, setMade] = useState<{ token: string; name: string; tenantName: string } | null>(null);
  const [failure, setFailure] = useState<ErrorNoticeWords | null>(null);
  const form = useForm<Values>({ mode: 'onTouched', defaultValues: empty, shouldFocusError: false });
  const { errors, isSubmitting, submitCount } = form.formState;
  const problems = fieldNames.flatMap((name) => {
    const message = errors[name]?.message;
    return message ? [{ fieldId: name, message }] : [];
  });

  async function create(values: Values): Promise<void> {
    setFailure(null);
    setMade(null);
    const result = await createTokenAction({
      ...values,
      name: values.name.trim(),
      endsAt: endOfDay(values.endsAt),
    }).catch(() => null);
    if (!result) return setFailure(unreachable);
    if (result.ok) {
      setMade({ token: result.data.token, name: result.data.row.name, tenantName: result.data.row.tenantName });
      form.reset(empty);
      return router.refresh();
    }
    const fields = Object.entries(result.error.fields ?? {});
    for (const [name, message] of fields) {
      const field = fieldNames.find((known) => name === known || name.startsWith(`${known}.`));
      if (field) form.setError(field, { message });
    }
    if (fields.length === 0) setFailure(noticeOf(result.error));
  }

  return (
    <Panel aria-labelledby="create-token">
      <PanelHeader id="create-token" title="Create a token" />
      {made ? <NewToken {...made} onPutAway={() => setMade(null)} /> : null}
      {findTenant}
      <form className="space-y-4" method="post" noValidate onSubmit={form.handleSubmit(create)}>
        {submitCount > 0 ? <ErrorSummary attempt={submitCount} errors={problems} /> : null}
        {failure ? <ErrorNotice error={failure} /> : null}
        <div className="grid gap-4 sm:grid-cols-2">
          <SelectField
            error={errors.tenantId?.message}
            hint="The token opens data of this tenant and of no other."
            id="tenantId"
            label="Tenant"
            options={tenants.map(({ id, name }) => ({ value: id, label: name }))}
            placeholder="Choose a tenant"
            {...form.register('tenantId', { required: 'Choose a tenant.' })}
          />
          <TextField
            autoComplete="off"
            error={errors.name?.message}
            hint="Which service it is for, so that you know later what revoking it stops."
            id="name"
            label="Name"
            maxLength={80}
            {...form.register('name', { validate: (name) => name.trim() !== '' || 'Enter a name.' })}
          />
        </div>
        <fieldset aria-describedby={errors.actions ? 'actions-error' : undefined}>
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
          <FieldError id="actions">{errors.actions?.message}</FieldError>
        </fieldset>
        <TextField
          className="sm:max-w-80"
          error={errors.endsAt?.message}
          hint="The last day on which the token works, in UTC. Without a day it works until you revoke it."
          id="endsAt"
          label="Last day"
          optional
          type="date"
          {...form.register('endsAt')}
        />
        <Button pending={isSubmitting} type="submit" variant="primary">
          Create Token
        </Button>
      </form>
    </Panel>
  );
}

/** The instant at which the day is over, in UTC; null without a day. */
function endOfDay(day: string): string | null {
  return day ? new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString() : null;
}

const atLeastOne = { validate: (actions: unknown[]) => actions.length > 0 || 'Choose at least one action.' };
