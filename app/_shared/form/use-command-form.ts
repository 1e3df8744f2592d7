'use client';

import { useState } from 'react';
import {
  type DefaultValues,
  type FieldPath,
  type FieldValues,
  get,
  type RegisterOptions,
  useForm,
} from 'react-hook-form';
import type { FieldProblem } from '#components/form/error-summary.tsx';
import type { ErrorNoticeWords } from '#components/ui/error-notice.tsx';
import type { Result } from '#lib/byok/errors.ts';
import { noticeOfActionError } from '../command/use-act.ts';
import { useCommand } from '../command/use-command.ts';
import { formBehaviour } from './beside-fields.ts';

type CommandFormOptions<Values extends FieldValues, Data> = {
  /** Each field of the form, in the order of the summary. */
  empty: Values;
  /** Stands before a field's name in its id, where the page has another field of that name. */
  prefix?: string;
  /** When an error shows first: on leaving the field, or not before the first try. */
  mode?: 'onTouched' | 'onSubmit';
  act: (values: Values) => Promise<Result<Data>>;
  /** Takes away what the last try has said. */
  onSend?: () => void;
  onDone: (data: Data, sent: Values) => void;
  /** What is said where no answer came. */
  noAnswer?: ErrorNoticeWords;
};

/** A form that is one command: sends it, puts what is wrong beside its field, and what is about none of them above the form. */
export function useCommandForm<Values extends FieldValues, Data>(options: CommandFormOptions<Values, Data>) {
  const { empty, prefix = '', mode = formBehaviour.mode, noAnswer } = options;
  const form = useForm<Values>({ ...formBehaviour, mode, defaultValues: empty as DefaultValues<Values> });
  const command = useCommand(options.act);
  const [isAbove, setAbove] = useState(false);
  const { errors, isSubmitting, submitCount } = form.formState;
  const fields = Object.keys(empty) as FieldPath<Values>[];

  const messageOf = (field: FieldPath<Values>): string | undefined => {
    const found: { message?: unknown } | undefined = get(errors, field);
    return typeof found?.message === 'string' ? found.message : undefined;
  };

  async function send(values: Values): Promise<void> {
    setAbove(false);
    options.onSend?.();
    const done = await command.run(values);
    if (done.ok) return options.onDone(done.data, values);
    if (done.actionError === null) return;
    const told = Object.entries(done.actionError === 'no-answer' ? {} : (done.actionError.fields ?? {}));
    const beside = told.flatMap(([name, message]) => {
      const field = fields.find((known) => name === known || name.startsWith(`${known}.`));
      return field ? [{ field, message }] : [];
    });
    for (const { field, message } of beside) form.setError(field, { message });
    setAbove(beside.length < told.length || told.length === 0);
  }

  const { actionError } = command;
  return {
    form,
    messageOf,
    /** What a field takes. */
    bind: <Name extends FieldPath<Values>>(field: Name, rules?: RegisterOptions<Values, Name>) => ({
      id: `${prefix}${field}`,
      error: messageOf(field),
      ...form.register(field, rules),
    }),
    submit: form.handleSubmit(send),
    // A second press ends its own submission at once, while the first still runs.
    pending: isSubmitting || command.pending,
    attempt: submitCount,
    problems: fields.flatMap((field): FieldProblem[] => {
      const message = messageOf(field);
      return message ? [{ fieldId: `${prefix}${field}`, message }] : [];
    }),
    failure:
      isAbove && actionError ? (actionError === 'no-answer' && noAnswer) || noticeOfActionError(actionError) : null,
  };
}
