'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { ErrorSummary } from '#components/form/error-summary.tsx';
import { SelectField } from '#components/form/select-field.tsx';
import { TextField } from '#components/form/text-field.tsx';
import { Button } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { CopyField } from '#components/ui/copy-field.tsx';
import { ErrorNotice } from '#components/ui/error-notice.tsx';
import { useCreate } from '../use-create.ts';
import { createPersonAction } from './actions.ts';

type Values = { email: string; role: 'admin' | 'viewer' };

const fieldIds = { email: 'person-email', role: 'person-role' };
const empty: Values = { email: '', role: 'admin' };

/** The one-time password stands on the page until it is put away, and nowhere else: not in the address, not in a cache. */
export function CreatePerson({ tenantId }: { tenantId: string }) {
  const router = useRouter();
  const [made, setMade] = useState<{ email: string; oneTimePassword: string } | null>(null);
  const form = useForm<Values>({ defaultValues: empty, shouldFocusError: false });
  const { create, failure, problems } = useCreate(form, fieldIds, (values) =>
    createPersonAction({ ...values, tenantId }),
  );
  const { errors, isSubmitting, submitCount } = form.formState;

  async function submit(values: Values): Promise<void> {
    setMade(null);
    const person = await create(values);
    if (!person) return;
    setMade({ email: person.email, oneTimePassword: person.oneTimePassword });
    form.reset(empty);
    router.refresh();
  }

  return (
    <form
      className="mt-5 space-y-4 border-line border-t pt-4"
      method="post"
      noValidate
      onSubmit={form.handleSubmit(submit)}
    >
      <h3 className="font-semibold">Create an account</h3>
      {made ? (
        <Callout role="status" title={`Copy the password for ${made.email} now: it is not shown again.`} tone="ok">
          <CopyField
            hint="Hand it over on a way of its own. Its owner has 24 hours to sign in and choose a password."
            label="One-time password"
            value={made.oneTimePassword}
          />
          <Button onClick={() => setMade(null)} size="small">
            I have copied it
          </Button>
        </Callout>
      ) : null}
      {submitCount > 0 ? <ErrorSummary attempt={submitCount} errors={problems} /> : null}
      {failure ? <ErrorNotice error={failure} /> : null}
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          autoComplete="off"
          error={errors.email?.message}
          id={fieldIds.email}
          label="Email"
          maxLength={254}
          type="email"
          {...form.register('email', { validate: (email) => email.trim() !== '' || 'Enter an email address.' })}
        />
        <SelectField
          error={errors.role?.message}
          id={fieldIds.role}
          label="Role"
          options={[
            { value: 'admin', label: 'Administrator' },
            { value: 'viewer', label: 'Viewer' },
          ]}
          {...form.register('role')}
        />
      </div>
      <Button pending={isSubmitting} type="submit">
        Create Account
      </Button>
    </form>
  );
}
