import type { FieldPath, FieldValues, UseFormReturn } from 'react-hook-form';
import type { ActionError } from '../refusal/action-error.ts';

/** Errors show on leaving a field. On a failed try the summary takes the focus, and leads to each field. */
export const formBehaviour = { mode: 'onTouched', shouldFocusError: false } as const;

/** What the server says about a field is shown beside it. */
export function showBesideFields<Values extends FieldValues, Parsed extends FieldValues>(
  form: UseFormReturn<Values, unknown, Parsed>,
  fields: readonly FieldPath<Values>[],
  actionError: ActionError,
): void {
  if (actionError === 'no-answer') return;
  for (const field of fields) {
    // The server names a field of the step either by itself or as a part of what was sent.
    const message = actionError.fields?.[field] ?? actionError.fields?.[`values.${field}`];
    if (message) form.setError(field, { type: 'server', message });
  }
}
