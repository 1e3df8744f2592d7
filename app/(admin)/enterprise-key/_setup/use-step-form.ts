'use client';

import { type FieldPath, type FieldValues, get, type UseFormReturn } from 'react-hook-form';
import { showBesideFields } from '../../../_shared/form/beside-fields.ts';
import type { StepForm } from './step-frame.tsx';
import type { StepInput } from './step-input.ts';
import type { SaveHow, StepSaver } from './use-save-step.ts';

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
      const actionError = await saver.save(options.toInput(parsed), how);
      if (actionError === 'busy') return;
      if (actionError === 'stays' || (actionError === null && how === 'draft'))
        settle(form, options.fields, sent, options.kept?.(sent) ?? sent);
      else if (actionError) showBesideFields(form, options.fields, actionError);
    });
  const { errors, submitCount } = form.formState;
  return {
    saver,
    onSave: (how) => void submit(how)(),
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
