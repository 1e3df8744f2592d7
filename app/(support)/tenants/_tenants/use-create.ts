'use client';

import { useState } from 'react';
import type { FieldValues, Path, UseFormReturn } from 'react-hook-form';
import type { FieldProblem } from '#components/form/error-summary.tsx';
import type { Result } from '#lib/byok/errors.ts';
import { noticeOfTrouble } from '../../../_shared/command/use-act.ts';
import { useCommand } from '../../../_shared/command/use-command.ts';

/**
 * A form that creates something: sends it, puts what is wrong beside its field, and what is about none of them above the form.
 * `fieldIds` says which element each field of the form is.
 */
export function useCreate<Values extends FieldValues, Data>(
  form: UseFormReturn<Values>,
  fieldIds: Record<Path<Values>, string>,
  act: (values: Values) => Promise<Result<Data>>,
) {
  const command = useCommand(act);
  // What is wrong stands beside its field, and what is about none of them above the form.
  const [isAbove, setAbove] = useState(false);
  const { errors } = form.formState;
  const names = Object.keys(fieldIds) as Path<Values>[];
  const problems = names.flatMap((name): FieldProblem[] => {
    const message = errors[name]?.message;
    return typeof message === 'string' ? [{ fieldId: fieldIds[name], message }] : [];
  });

  /** @returns what was created, or undefined after a refusal that is shown */
  async function create(values: Values): Promise<Data | undefined> {
    setAbove(false);
    const done = await command.run(values);
    if (done.ok) return done.data;
    if (done.trouble === null) return undefined;
    const fields = Object.entries(done.trouble === 'no-answer' ? {} : (done.trouble.fields ?? {}));
    const known = fields.filter(([name]) => names.includes(name as Path<Values>));
    for (const [name, message] of known) form.setError(name as Path<Values>, { message });
    setAbove(known.length < fields.length || fields.length === 0);
    return undefined;
  }

  return { create, failure: isAbove && command.trouble ? noticeOfTrouble(command.trouble) : null, problems };
}
