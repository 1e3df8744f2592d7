'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { SelectField } from '#components/form/select-field.tsx';
import { TextField } from '#components/form/text-field.tsx';
import { Button } from '#components/ui/button.tsx';
import { CommandForm } from '../../../../_shared/form/command-form.tsx';
import { ShownOnce } from '../../../../_shared/form/shown-once.tsx';
import { useCommandForm } from '../../../../_shared/form/use-command-form.ts';
import { createPersonAction } from './actions.ts';

type Values = { email: string; role: 'admin' | 'viewer' };

const empty: Values = { email: '', role: 'admin' };

export function CreatePerson({ tenantId }: { tenantId: string }) {
  const router = useRouter();
  const [made, setMade] = useState<{ email: string; oneTimePassword: string } | null>(null);
  const entry = useCommandForm({
    empty,
    prefix: 'person-',
    mode: 'onSubmit',
    act: (values) => createPersonAction({ ...values, tenantId }),
    onSend: () => setMade(null),
    onDone: ({ email, oneTimePassword }) => {
      setMade({ email, oneTimePassword });
      entry.form.reset(empty);
      router.refresh();
    },
  });
  const { bind } = entry;

  return (
    <CommandForm
      className="mt-5 space-y-4 border-line border-t pt-4"
      entry={entry}
      heading={
        <>
          <h3 className="font-semibold">Create an account</h3>
          {made ? (
            <ShownOnce
              hint="Send it through a separate channel. Its owner has 24 hours to sign in and choose a password."
              label="One-time password"
              onPutAway={() => setMade(null)}
              title={`Copy the password for ${made.email} now: it is not shown again.`}
              value={made.oneTimePassword}
            />
          ) : null}
        </>
      }
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          autoComplete="off"
          label="Email"
          maxLength={254}
          type="email"
          {...bind('email', { validate: (email) => email.trim() !== '' || 'Enter an email address.' })}
        />
        <SelectField
          label="Role"
          options={[
            { value: 'admin', label: 'Administrator' },
            { value: 'viewer', label: 'Viewer' },
          ]}
          {...bind('role')}
        />
      </div>
      <Button pending={entry.pending} type="submit">
        Create Account
      </Button>
    </CommandForm>
  );
}
