'use client';

import type { ComponentPropsWithRef, ReactNode } from 'react';
import { TextField } from '#components/form/text-field.tsx';
import type { SecretNote } from '#lib/byok/key-views.ts';

type SecretFieldProps = Omit<ComponentPropsWithRef<'input'>, 'className' | 'type'> & {
  id: string;
  label: string;
  hint: (stored: SecretNote | null) => ReactNode;
  error: string | undefined;
  /** Of what stands in the form; null where none is stored for it. */
  stored: SecretNote | null;
  readOnly?: boolean;
};

/** Write-only: what is stored is never shown again, only since when and by whom, and may be replaced. */
export function SecretField({ stored, hint, ...field }: SecretFieldProps) {
  return (
    <TextField
      {...field}
      autoComplete="off"
      hint={hint(stored)}
      mono
      placeholder={stored ? '••••••••••••••••' : undefined}
      spellCheck={false}
      type="password"
    />
  );
}
