'use client';

import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { ErrorSummary } from '#components/form/error-summary.tsx';
import { TextField } from '#components/form/text-field.tsx';
import { Button } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { ErrorNotice, type ErrorNoticeWords } from '#components/ui/error-notice.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { noticeOf } from '../../_shared/refusal/error-words.ts';
import { changePasswordAction } from './actions.ts';

type Values = { current: string; next: string; repeated: string };
const fieldNames = ['current', 'next', 'repeated'] as const;
const empty: Values = { current: '', next: '', repeated: '' };

type PasswordFormProps = {
  /** For password managers, which file a password under its user name. */
  email: string;
  /** Somebody who must change it goes on to this page afterwards. */
  goOnTo: string;
  required: boolean;
};

export function PasswordForm({ email, goOnTo, required }: PasswordFormProps) {
  const { register, handleSubmit, formState, setError, getValues, reset, trigger } = useForm<Values>({
    mode: 'onTouched',
    defaultValues: empty,
    shouldFocusError: false,
  });
  const [failure, setFailure] = useState<ErrorNoticeWords | null>(null);
  const [done, setDone] = useState(false);
  const { errors, isSubmitting, submitCount, touchedFields } = formState;
  const problems = fieldNames.flatMap((name) => {
    const message = errors[name]?.message;
    return message ? [{ fieldId: name, message }] : [];
  });

  async function save(values: Values): Promise<void> {
    setFailure(null);
    setDone(false);
    const result = await changePasswordAction({ current: values.current, next: values.next }).catch(() => null);
    if (!result) return setFailure(unreachable);
    if (result.ok) {
      if (required) return window.location.assign(goOnTo);
      reset(empty);
      return setDone(true);
    }
    const fields = Object.entries(result.error.fields ?? {});
    for (const [name, message] of fields) if (isField(name)) setError(name, { message });
    if (fields.length === 0) setFailure(noticeOf(result.error));
  }

  return (
    <Panel className="max-w-lg">
      <form className="space-y-4" method="post" noValidate onSubmit={handleSubmit(save)}>
        {submitCount > 0 ? <ErrorSummary attempt={submitCount} errors={problems} /> : null}
        {failure ? <ErrorNotice error={failure} /> : null}
        {done ? (
          <Callout role="status" title="Your password is changed." tone="ok">
            <p>You stay signed in here. Every other session of yours has ended.</p>
          </Callout>
        ) : null}
        <input autoComplete="username" hidden name="email" readOnly type="email" value={email} />
        <TextField
          autoComplete="current-password"
          error={errors.current?.message}
          id="current"
          label="Current password"
          type="password"
          {...register('current', { required: 'Enter your current password.' })}
        />
        <TextField
          autoComplete="new-password"
          error={errors.next?.message}
          hint="At least 12 characters. Several words are easier to keep in mind than signs."
          id="next"
          label="New password"
          type="password"
          {...register('next', {
            required: 'Enter a new password.',
            minLength: { value: 12, message: 'Use at least 12 characters.' },
            // What was repeated before is compared again, but not blamed before it was there.
            onChange: () => (touchedFields.repeated ? void trigger('repeated') : undefined),
          })}
        />
        <TextField
          autoComplete="new-password"
          error={errors.repeated?.message}
          id="repeated"
          label="Repeat new password"
          type="password"
          {...register('repeated', {
            validate: (value) => value === getValues('next') || 'This is not the same as the new password.',
          })}
        />
        <Button pending={isSubmitting} type="submit" variant="primary">
          Change password
        </Button>
      </form>
    </Panel>
  );
}

const unreachable: ErrorNoticeWords = {
  title: 'Keyward could not be reached.',
  meaning: 'Whether the password was changed is not known.',
  next: 'Check your connection, then try again.',
};

function isField(name: string): name is keyof Values {
  return fieldNames.some((known) => known === name);
}
