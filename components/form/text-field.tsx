'use client';

import { type ComponentPropsWithRef, type ReactNode, useId } from 'react';
import { classNames } from '../ui/class-names.ts';
import { controlLook, describedBy, Field, type FieldWords } from './field.tsx';

type TextFieldProps = FieldWords &
  Omit<ComponentPropsWithRef<'input'>, 'className'> & {
    /** Says "(optional)" beside the label. */
    optional?: boolean;
    /** For names and IDs of machines. */
    mono?: boolean;
    /** Beneath the control: what was understood of the entry. */
    after?: ReactNode;
    className?: string;
  };

/** One line of text. Takes what react-hook-form's `register` returns. Errors link to `id`; give it one. */
export function TextField(props: TextFieldProps) {
  const { label, hint, error, optional = false, mono, after, className, id, ...input } = props;
  const ownId = useId();
  const fieldId = id ?? ownId;
  return (
    <Field className={className} error={error} hint={hint} id={fieldId} label={label} optional={optional}>
      <input
        type="text"
        {...input}
        aria-describedby={describedBy(fieldId, { hint, error }, input['aria-describedby'])}
        aria-invalid={error ? true : undefined}
        className={classNames(controlLook, mono && 'font-mono text-[0.8125rem]')}
        id={fieldId}
      />
      {after}
    </Field>
  );
}
