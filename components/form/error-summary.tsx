'use client';

import { type MouseEvent, useEffect, useRef } from 'react';

export type FieldProblem = {
  fieldId: string;
  message: string;
  /** Opens what the field is folded away in. */
  reveal?: () => void;
};

type ErrorSummaryProps = {
  errors: readonly FieldProblem[];
  /** Change it at each failed try (react-hook-form's `submitCount`): the summary takes the focus again. */
  attempt?: number;
  title?: string;
};

/** All that is wrong with a form, above it; each line leads to its field. Shows nothing while there is nothing. */
export function ErrorSummary({ errors, attempt = 0, title = 'There is a problem' }: ErrorSummaryProps) {
  const box = useRef<HTMLDivElement>(null);
  const any = errors.length > 0;

  // biome-ignore lint/correctness/useExhaustiveDependencies: another failed try moves the focus here again
  useEffect(() => {
    if (any) box.current?.focus();
  }, [any, attempt]);

  if (!any) return null;
  return (
    <div className="mb-4.5 rounded-md border-2 border-bad bg-bad-bg px-4 py-3" ref={box} role="alert" tabIndex={-1}>
      <h2 className="font-semibold text-base">{title}</h2>
      <ul className="mt-1 list-disc space-y-0.5 pl-5">
        {errors.map(({ fieldId, message, reveal }) => (
          <li key={`${fieldId} ${message}`}>
            <a
              className="font-medium text-bad underline"
              href={`#${fieldId}`}
              onClick={(event) => goTo(event, fieldId, reveal)}
            >
              {message}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}

function goTo(event: MouseEvent, fieldId: string, reveal: (() => void) | undefined): void {
  if (!reveal && !document.getElementById(fieldId)) return;
  // The address stays as it is: a fragment would be one more entry to go back through.
  event.preventDefault();
  reveal?.();
  focusOnceThere(fieldId, reveal ? 60 : 0);
}

/** What was just opened is there some frames later, and may be loaded first. */
function focusOnceThere(fieldId: string, frames: number): void {
  const field = document.getElementById(fieldId);
  field?.scrollIntoView({ block: 'center' });
  field?.focus({ preventScroll: true });
  if (frames > 0 && (!field || document.activeElement !== field))
    requestAnimationFrame(() => focusOnceThere(fieldId, frames - 1));
}
