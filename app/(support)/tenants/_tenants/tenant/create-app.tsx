'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { SelectField } from '#components/form/select-field.tsx';
import { TextField } from '#components/form/text-field.tsx';
import { Button } from '#components/ui/button.tsx';
import { slugOf } from '#lib/byok/slug.ts';
import type { AppKind } from '#lib/byok/vendor-views.ts';
import { CommandForm } from '../../../../_shared/form/command-form.tsx';
import { useCommandForm } from '../../../../_shared/form/use-command-form.ts';
import { createAppAction } from './actions.ts';

type Values = { name: string; reference: string; kind: AppKind };

const empty: Values = { name: '', reference: '', kind: 'app' };

export function CreateApp({ tenantId, hasKey }: { tenantId: string; hasKey: boolean }) {
  const router = useRouter();
  const [said, setSaid] = useState('');
  const entry = useCommandForm({
    empty,
    prefix: 'app-',
    mode: 'onSubmit',
    act: (values) => createAppAction({ ...values, tenantId }),
    onSend: () => setSaid(''),
    onDone: (app, { kind }) => {
      setSaid(app.created ? `“${app.name}” was created.` : `“${app.name}” is there already. Nothing was changed.`);
      entry.form.reset({ ...empty, kind });
      router.refresh();
    },
  });
  const { bind } = entry;
  const slug = slugOf(entry.form.watch('name'));

  return (
    <CommandForm
      className="mt-5 space-y-4 border-line border-t pt-4"
      entry={entry}
      heading={
        <div>
          <h3 className="font-semibold">Create an app or bot</h3>
          <p className="mt-0.5 text-ink-2">
            {hasKey
              ? 'The platform key protects its data until the tenant’s administrator selects it for an enterprise key. A new app never joins a key automatically.'
              : 'The platform key protects its data until the tenant’s administrator selects it for an enterprise key.'}
          </p>
        </div>
      }
    >
      <div className="grid gap-4 sm:grid-cols-3">
        <TextField
          autoComplete="off"
          hint="The tenant’s people see it."
          label="Name"
          maxLength={120}
          {...bind('name', { validate: (name) => name.trim() !== '' || 'Enter a name.' })}
        />
        <SelectField
          hint="As your product calls it."
          label="Kind"
          options={[
            { value: 'app', label: 'App' },
            { value: 'bot', label: 'Bot' },
          ]}
          {...bind('kind')}
        />
        <TextField
          autoComplete="off"
          hint={`Your own ID. Left empty: ${slug || 'made of the name'}.`}
          label="Reference"
          maxLength={100}
          mono
          optional
          spellCheck={false}
          {...bind('reference')}
        />
      </div>
      <div className="flex flex-wrap items-center gap-2.5">
        <Button pending={entry.pending} type="submit">
          Create App
        </Button>
        <span className="text-ok" role="status">
          {said}
        </span>
      </div>
    </CommandForm>
  );
}
