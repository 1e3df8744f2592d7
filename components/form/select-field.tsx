'use client';

import { type ComponentPropsWithRef, useId } from 'react';
import { controlLook, describedBy, Field, type FieldWords } from './field.tsx';

export type SelectOption = { value: string; label: string };
export type SelectGroup = { label: string; options: readonly SelectOption[] };

type SelectFieldProps = FieldWords &
  Omit<ComponentPropsWithRef<'select'>, 'className' | 'children'> & {
    options: readonly (SelectOption | SelectGroup)[];
    /** A first line with the value '' ("Choose a region"). */
    placeholder?: string;
    optional?: boolean;
    className?: string;
  };

/** The browser's own list: known to every keyboard and screen reader. Takes react-hook-form's `register`. */
export function SelectField(props: SelectFieldProps) {
  const { label, hint, error, options, placeholder, optional = false, className, id, ...rest } = props;
  const ownId = useId();
  const fieldId = id ?? ownId;
  return (
    <Field className={className} error={error} hint={hint} id={fieldId} label={label} optional={optional}>
      <select
        {...rest}
        aria-describedby={describedBy(fieldId, { hint, error }, rest['aria-describedby'])}
        aria-invalid={error ? true : undefined}
        className={controlLook}
        id={fieldId}
      >
        {placeholder ? <option value="">{placeholder}</option> : null}
        {options.map((entry) =>
          'options' in entry ? (
            <optgroup key={entry.label} label={entry.label}>
              {entry.options.map(asOption)}
            </optgroup>
          ) : (
            asOption(entry)
          ),
        )}
      </select>
    </Field>
  );
}

function asOption({ value, label }: SelectOption) {
  return (
    <option key={value} value={value}>
      {label}
    </option>
  );
}
