'use client';

import type { UseFormRegisterReturn } from 'react-hook-form';
import { TextField } from '#components/form/text-field.tsx';
import { formatInstant } from '#lib/byok/format.ts';
import type { SecretNote } from '#lib/byok/key-views.ts';

type SecretFieldProps = UseFormRegisterReturn & {
  id: string;
  error: string | undefined;
  /** Of the access key ID that stands in the form; null where none is stored for it. */
  stored: SecretNote | null;
  readOnly?: boolean;
};

/** Write-only: what is stored is never shown again, only since when and by whom, and may be replaced. */
export function SecretField({ stored, ...field }: SecretFieldProps) {
  return (
    <TextField
      {...field}
      autoComplete="off"
      hint={
        stored ? (
          <>
            ClientSecret. Stored since {formatInstant(stored.storedAt)}, by {stored.storedBy}. Nobody can read it here:
            leave this empty to keep it, or paste another to replace it.
          </>
        ) : (
          'ClientSecret. AWS shows it once, when the access key is created. It is stored encrypted, and never shown again.'
        )
      }
      label="Secret Access Key"
      mono
      placeholder={stored ? '••••••••••••••••' : undefined}
      spellCheck={false}
      type="password"
    />
  );
}
