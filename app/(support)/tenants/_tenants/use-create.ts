'use client';

import { useState } from 'react';
import type { FieldValues, Path, UseFormReturn } from 'react-hook-form';
import type { FieldProblem } from '#components/form/error-summary.tsx';
import type { ErrorNoticeWords } from '#components/ui/error-notice.tsx';
import type { Result } from '#lib/byok/errors.ts';
import { noticeOf, unreachable } from '../../../_shared/refusal/error-words.ts';

/**
 * A form that creates something: sends it, puts what is wrong beside its field, and what is about none of them above the form.
 * `fieldIds` says which element each field of the form is.
 */
export function useCreate<Values extends FieldValues, Data>(
  form: UseFormReturn<Values>,
  fieldIds: Record<Path<Values>, string>,
  act: (values: Values) => Promise<Result<Data>>,
) {
  const [failure, setFailure] = useState<ErrorNoticeWords | null>(null);
  const { errors } = form.formState;
  const names = Object.keys(fieldIds) as Path<Values>[];
  const problems = names.flatMap((name): FieldProblem[] => {
    const message = errors[name]?.message;
    return typeof message === 'string' ? [{ fieldId: fieldIds[name], message }] : [];
  });

  /** @returns what was created, or undefined after a refusal that is shown */
  async function create(values: Values): Promise<Data | undefined> {
    setFailure(null);
    const result = await act(values).catch(() => undefined);
    if (!result) return void setFailure(unreachable);
    if (result.ok) return result.data;
    const fields = Object.entries(result.error.fields ?? {});
    const known = fields.filter(([name]) => names.includes(name as Path<Values>));
    for (const [name, message] of known) form.setError(name as Path<Values>, { message });
    if (known.length < fields.length || fields.length === 0) setFailure(noticeOf(result.error));
  }

  return { create, failure, problems };
}
