'use client';

import { type ComponentPropsWithRef, type ReactNode, useId } from 'react';
import { describedBy, FieldError, Hint } from './field.tsx';

export type RadioOption = { value: string; label: string; hint?: ReactNode; disabled?: boolean };

type RadioGroupProps = Omit<ComponentPropsWithRef<'input'>, 'className' | 'type' | 'value'> & {
  legend: string;
  /** Beside the legend, not a part of it: what explains it. */
  help?: ReactNode;
  hint?: ReactNode;
  error?: string | null | undefined;
  options: readonly RadioOption[];
  /** The chosen value, where the group is controlled; leave it out with react-hook-form's `register`. */
  value?: string;
  /** Id of the first choice: where an error summary's link leads. */
  id?: string;
};

/** One choice of several. Everything else (`name`, `onChange`, `ref` of `register`) goes to each choice. */
export function RadioGroup({ legend, help, hint, error, options, value, id, ...input }: RadioGroupProps) {
  const ownId = useId();
  const groupId = id ?? ownId;
  return (
    <fieldset
      aria-describedby={describedBy(groupId, { hint, error })}
      aria-invalid={error ? true : undefined}
      className="min-w-0"
    >
      <legend className={help ? 'float-left mr-1 mb-1 font-medium' : 'mb-1 font-medium'}>{legend}</legend>
      {help ? <div className="after:clear-both after:block">{help}</div> : null}
      <Hint id={groupId}>{hint}</Hint>
      <div className="space-y-1">
        {options.map((option, index) => (
          <Choice
            input={{ ...input, ...(value === undefined ? {} : { checked: value === option.value }) }}
            id={index === 0 ? groupId : `${groupId}-${option.value}`}
            key={option.value}
            option={option}
          />
        ))}
      </div>
      <FieldError id={groupId}>{error}</FieldError>
    </fieldset>
  );
}

function Choice({ id, option, input }: { id: string; option: RadioOption; input: ComponentPropsWithRef<'input'> }) {
  const hintId = `${id}-choice-hint`;
  return (
    <div className="flex items-start gap-2.5 py-1">
      <input
        {...input}
        aria-describedby={option.hint ? hintId : undefined}
        className="mt-0.5 size-4.5 shrink-0 accent-act"
        disabled={option.disabled ?? input.disabled}
        id={id}
        type="radio"
        value={option.value}
      />
      <div className="min-w-0">
        <label className="block" htmlFor={id}>
          {option.label}
        </label>
        {option.hint ? (
          <div className="text-[0.8125rem] text-ink-2" id={hintId}>
            {option.hint}
          </div>
        ) : null}
      </div>
    </div>
  );
}
