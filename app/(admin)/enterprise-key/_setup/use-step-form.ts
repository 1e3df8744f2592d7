'use client';

import type { FormEvent } from 'react';
import { type FieldPath, type FieldValues, get, type UseFormReturn } from 'react-hook-form';
import type { FieldProblem } from '#components/form/error-summary.tsx';
import type { StepInput } from './step-input.ts';
import type { SaveHow, StepSaver, Trouble } from './use-save-step.ts';

/** Errors show on leaving a field. On a failed try the summary takes the focus, and leads to each field. */
export const formBehaviour = { mode: 'onTouched', shouldFocusError: false } as const;

/** What StepFrame takes, but for its content. */
type StepForm = {
  saver: StepSaver;
  onNext: (event: FormEvent) => void;
  onSaveDraft: () => void;
  problems: FieldProblem[];
  attempt: number;
};

/**
 * Joins a form with the saving of its step: what the server says about a field is shown beside that field, like what
 * the browser found. `fields` gives the order of the summary; each field's id is its name.
 */
export function useStepForm<Values extends FieldValues, Parsed extends FieldValues>(
  form: UseFormReturn<Values, unknown, Parsed>,
  saver: StepSaver,
  options: {
    fields: readonly FieldPath<Values>[];
    toInput: (parsed: Parsed) => StepInput;
    /** What stays in the form once it is saved, where that is not everything. */
    kept?: (values: Values) => Values;
  },
): StepForm {
  const submit = (how: SaveHow) =>
    form.handleSubmit(async (parsed) => {
      const sent = structuredClone(form.getValues());
      const trouble = await saver.save(options.toInput(parsed), how);
      if (trouble === 'busy') return;
      if (trouble) showBesideFields(form, options.fields, trouble);
      else if (how === 'draft') settle(form, options.fields, sent, options.kept?.(sent) ?? sent);
    });
  const { errors, submitCount } = form.formState;
  return {
    saver,
    onNext: (event) => void submit('next')(event),
    onSaveDraft: () => void submit('draft')(),
    // Before the first try an error stands beside its field only, when the field was left.
    problems:
      submitCount === 0
        ? []
        : options.fields.flatMap((field) => {
            const message = errors[field]?.message;
            return typeof message === 'string' ? [{ fieldId: field, message }] : [];
          }),
    attempt: submitCount,
  };
}

/** What was sent is saved; what was typed since then stays, and is not. */
function settle<Values extends FieldValues, Parsed extends FieldValues>(
  form: UseFormReturn<Values, unknown, Parsed>,
  fields: readonly FieldPath<Values>[],
  sent: Values,
  kept: Values,
): void {
  const now = structuredClone(form.getValues());
  form.reset(kept);
  for (const field of fields) {
    const typed: Values[typeof field] = get(now, field);
    if (typed !== get(sent, field)) form.setValue(field, typed, { shouldDirty: true });
  }
}

/** What the server says about a field is shown beside it. */
export function showBesideFields<Values extends FieldValues, Parsed extends FieldValues>(
  form: UseFormReturn<Values, unknown, Parsed>,
  fields: readonly FieldPath<Values>[],
  trouble: Trouble,
): void {
  if (trouble === 'no-answer') return;
  for (const field of fields) {
    // The server names a field of the step either by itself or as a part of what was sent.
    const message = trouble.fields?.[field] ?? trouble.fields?.[`values.${field}`];
    if (message) form.setError(field, { type: 'server', message });
  }
}
