'use client';

import { type ComponentPropsWithRef, type ReactNode, useEffect, useId, useRef } from 'react';
import { describedBy, FieldError } from './field.tsx';

type CheckboxProps = Omit<ComponentPropsWithRef<'input'>, 'className' | 'type'> & {
  label: ReactNode;
  /** The label is there for screen readers only (a row of a table that names itself). */
  hideLabel?: boolean;
  hint?: ReactNode;
  error?: string | null | undefined;
  /** Some of what it stands for is chosen, some is not. */
  indeterminate?: boolean;
};

/** A box to tick. Takes what react-hook-form's `register` returns. */
export function Checkbox({ label, hideLabel, hint, error, indeterminate = false, id, ref, ...input }: CheckboxProps) {
  const ownId = useId();
  const fieldId = id ?? ownId;
  const box = useRef<HTMLInputElement | null>(null);

  // HTML has no attribute for it: only the property says "some".
  useEffect(() => {
    if (box.current) box.current.indeterminate = indeterminate;
  }, [indeterminate]);

  return (
    <div className="min-w-0">
      <div className="flex items-start gap-2.5">
        <input
          {...input}
          aria-describedby={describedBy(fieldId, { hint, error }, input['aria-describedby'])}
          aria-invalid={error ? true : undefined}
          className="mt-0.5 size-4.5 shrink-0 accent-act disabled:cursor-not-allowed"
          id={fieldId}
          ref={(element) => {
            box.current = element;
            if (typeof ref === 'function') return ref(element);
            if (ref) ref.current = element;
          }}
          type="checkbox"
        />
        <div className={hideLabel ? 'sr-only' : 'min-w-0'}>
          <label className="block" htmlFor={fieldId}>
            {label}
          </label>
          {hint ? (
            <div className="text-[0.8125rem] text-ink-2" id={`${fieldId}-hint`}>
              {hint}
            </div>
          ) : null}
        </div>
      </div>
      <FieldError id={fieldId}>{error}</FieldError>
    </div>
  );
}
