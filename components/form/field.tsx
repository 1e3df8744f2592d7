import type { ReactNode } from 'react';
import { classNames } from '../ui/class-names.ts';

export type FieldWords = {
  label: string;
  /** What to enter; read with the field. */
  hint?: ReactNode;
  /** What is wrong with what was entered; read with the field. */
  error?: string | null | undefined;
};

type FieldProps = FieldWords & { id: string; optional?: boolean; className?: string | undefined; children: ReactNode };

/** Label, hint and error around one control whose id is `id`. The control takes `describedBy`. */
export function Field({ id, label, hint, error, optional, className, children }: FieldProps) {
  return (
    // Beside others of a row, labels stand in one line and so do controls, however long the hints are.
    <div className={classNames('flex min-w-0 flex-col', className)}>
      <label className="mb-1 block font-medium" htmlFor={id}>
        {label}
        {optional ? <span className="font-normal text-ink-2"> (optional)</span> : null}
      </label>
      <Hint id={id}>{hint}</Hint>
      {children}
      <FieldError id={id}>{error}</FieldError>
    </div>
  );
}

export function Hint({ id, children }: { id: string; children: ReactNode }) {
  if (!children) return null;
  return (
    <div className="mb-1 grow text-[0.8125rem] text-ink-2" id={`${id}-hint`}>
      {children}
    </div>
  );
}

export function FieldError({ id, children }: { id: string; children: ReactNode }) {
  if (!children) return null;
  return (
    <p className="mt-1 flex items-baseline gap-1.5 font-medium text-bad" id={`${id}-error`}>
      <svg aria-hidden="true" className="size-2.5 shrink-0" fill="currentColor" viewBox="0 0 8 8">
        <path d="M4 0 8 8H0z" />
      </svg>
      <span className="min-w-0">{children}</span>
    </p>
  );
}

/** The ids of what describes the control, for `aria-describedby`. */
export function describedBy(
  id: string,
  words: { hint?: ReactNode; error?: unknown },
  more?: string,
): string | undefined {
  const ids = [words.hint ? `${id}-hint` : null, words.error ? `${id}-error` : null, more ?? null].filter(Boolean);
  return ids.length > 0 ? ids.join(' ') : undefined;
}

/** The look that all one-line controls share. */
export const controlLook =
  'min-h-9 w-full min-w-0 rounded-control border border-control bg-panel px-2.5 py-1.5 text-ink placeholder:text-ink-3 [&[readonly]]:bg-sunk disabled:cursor-not-allowed disabled:opacity-70 aria-invalid:border-bad aria-invalid:ring-1 aria-invalid:ring-bad';
