'use client';

import { type ReactNode, useId } from 'react';
import { CopyButton } from './copy-button.tsx';

type CopyFieldProps = {
  label: string;
  value: string;
  name?: string;
  id?: string;
  hint?: ReactNode /** Beside the label, not a part of it: what explains it. */;
  help?: ReactNode;
};

/** A value that is read and copied, never typed: a labelled read-only input, and a button "Copy" that it describes. */
export function CopyField({ label, value, name, id, hint, help }: CopyFieldProps) {
  const ownId = useId();
  const fieldId = id ?? ownId;
  return (
    <div className="min-w-0">
      <div className="mb-1 flex flex-wrap items-center gap-x-1">
        <label className="font-medium" htmlFor={fieldId} id={`${fieldId}-label`}>
          {label}
        </label>
        {help}
      </div>
      {hint ? (
        <p className="mb-1 text-[0.8125rem] text-ink-2" id={`${fieldId}-hint`}>
          {hint}
        </p>
      ) : null}
      <div className="flex flex-wrap items-center gap-2">
        <input
          aria-describedby={hint ? `${fieldId}-hint` : undefined}
          className="min-h-9 min-w-0 flex-1 basis-48 rounded-control border border-control bg-sunk px-2.5 py-1.5 font-mono text-[0.8125rem]"
          id={fieldId}
          name={name}
          onFocus={(event) => event.currentTarget.select()}
          readOnly
          value={value}
        />
        <CopyButton aria-describedby={`${fieldId}-label`} text={value} />
      </div>
    </div>
  );
}
