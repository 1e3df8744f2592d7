'use client';

import { type ComponentPropsWithRef, useId } from 'react';
import { classNames } from '../ui/class-names.ts';
import { controlLook, describedBy, Field, type FieldWords } from './field.tsx';

type TextareaFieldProps = FieldWords &
  Omit<ComponentPropsWithRef<'textarea'>, 'className'> & { optional?: boolean; className?: string };

/** Several lines of text. Takes what react-hook-form's `register` returns. */
export function TextareaField({ label, hint, error, optional = false, className, id, ...rest }: TextareaFieldProps) {
  const ownId = useId();
  const fieldId = id ?? ownId;
  return (
    <Field className={className} error={error} hint={hint} id={fieldId} label={label} optional={optional}>
      <textarea
        rows={3}
        {...rest}
        aria-describedby={describedBy(fieldId, { hint, error }, rest['aria-describedby'])}
        aria-invalid={error ? true : undefined}
        className={classNames(controlLook, 'block')}
        id={fieldId}
      />
    </Field>
  );
}
