'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { ErrorSummary } from '#components/form/error-summary.tsx';
import { SelectField } from '#components/form/select-field.tsx';
import { TextField } from '#components/form/text-field.tsx';
import { Button } from '#components/ui/button.tsx';
import { ErrorNotice } from '#components/ui/error-notice.tsx';
import { slugOf } from '#lib/byok/references.ts';
import type { AppKind } from '#lib/byok/vendor-views.ts';
import { useCreate } from '../use-create.ts';
import { createAppAction } from './actions.ts';

type Values = { name: string; reference: string; kind: AppKind };

const fieldIds = { name: 'app-name', reference: 'app-reference', kind: 'app-kind' };
const empty: Values = { name: '', reference: '', kind: 'app' };

export function CreateApp({ tenantId, hasKey }: { tenantId: string; hasKey: boolean }) {
  const router = useRouter();
  const [said, setSaid] = useState('');
  const form = useForm<Values>({ defaultValues: empty, shouldFocusError: false });
  const { create, failure, problems } = useCreate(form, fieldIds, (values) => createAppAction({ ...values, tenantId }));
  const { errors, isSubmitting, submitCount } = form.formState;
  const slug = slugOf(form.watch('name'));

  async function submit(values: Values): Promise<void> {
    setSaid('');
    const app = await create(values);
    if (!app) return;
    setSaid(app.created ? `“${app.name}” was created.` : `“${app.name}” is there already. Nothing was changed.`);
    form.reset({ ...empty, kind: values.kind });
    router.refresh();
  }

  return (
    <form
      className="mt-5 space-y-4 border-line border-t pt-4"
      method="post"
      noValidate
      onSubmit={form.handleSubmit(submit)}
    >
      <div>
        <h3 className="font-semibold">Create an app or bot</h3>
        <p className="mt-0.5 text-ink-2">
          {hasKey
            ? 'Its data is under the platform key until the tenant’s administrator selects it for an enterprise key: a new one belongs to no key by itself, also where all others do.'
            : 'Its data is under the platform key until the tenant’s administrator selects it for an enterprise key.'}
        </p>
      </div>
      {submitCount > 0 ? <ErrorSummary attempt={submitCount} errors={problems} /> : null}
      {failure ? <ErrorNotice error={failure} /> : null}
      <div className="grid gap-4 sm:grid-cols-3">
        <TextField
          autoComplete="off"
          error={errors.name?.message}
          hint="The tenant’s people see it."
          id={fieldIds.name}
          label="Name"
          maxLength={120}
          {...form.register('name', { validate: (name) => name.trim() !== '' || 'Enter a name.' })}
        />
        <SelectField
          error={errors.kind?.message}
          hint="As your product calls it."
          id={fieldIds.kind}
          label="Kind"
          options={[
            { value: 'app', label: 'App' },
            { value: 'bot', label: 'Bot' },
          ]}
          {...form.register('kind')}
        />
        <TextField
          autoComplete="off"
          error={errors.reference?.message}
          hint={`Your own ID. Left empty: ${slug || 'made of the name'}.`}
          id={fieldIds.reference}
          label="Reference"
          maxLength={100}
          mono
          optional
          spellCheck={false}
          {...form.register('reference')}
        />
      </div>
      <div className="flex flex-wrap items-center gap-2.5">
        <Button pending={isSubmitting} type="submit">
          Create App
        </Button>
        <span className="text-ok" role="status">
          {said}
        </span>
      </div>
    </form>
  );
}
