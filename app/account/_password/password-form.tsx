'use client';

import { useState } from 'react';
import { TextField } from '#components/form/text-field.tsx';
import { Button } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';
import type { ErrorNoticeWords } from '#components/ui/error-notice.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { CommandForm } from '../../_shared/form/command-form.tsx';
import { useCommandForm } from '../../_shared/form/use-command-form.ts';
import { changePasswordAction } from './actions.ts';

type Values = { current: string; next: string; repeated: string };
const empty: Values = { current: '', next: '', repeated: '' };

type PasswordFormProps = {
  /** For password managers, which file a password under its user name. */
  email: string;
  /** Somebody who must change it goes on to this page afterwards. */
  goOnTo: string;
  required: boolean;
};

export function PasswordForm({ email, goOnTo, required }: PasswordFormProps) {
  const [done, setDone] = useState(false);
  const entry = useCommandForm({
    empty,
    act: ({ current, next }) => changePasswordAction({ current, next }),
    onSend: () => setDone(false),
    onDone: () => {
      if (required) return window.location.assign(goOnTo);
      entry.form.reset(empty);
      setDone(true);
    },
    noAnswer: unreachable,
  });
  const { bind, form } = entry;
  const { touchedFields } = form.formState;

  return (
    <Panel className="max-w-lg">
      <CommandForm entry={entry}>
        {done ? (
          <Callout role="status" title="Your password is changed." tone="ok">
            <p>You stay signed in here. Every other session of yours has ended.</p>
          </Callout>
        ) : null}
        <input autoComplete="username" hidden name="email" readOnly type="email" value={email} />
        <TextField
          autoComplete="current-password"
          label="Current password"
          type="password"
          {...bind('current', { required: 'Enter your current password.' })}
        />
        <TextField
          autoComplete="new-password"
          hint="At least 12 characters. A few words are easier to remember than symbols."
          label="New password"
          type="password"
          {...bind('next', {
            required: 'Enter a new password.',
            minLength: { value: 12, message: 'Use at least 12 characters.' },
            // What was repeated before is compared again, but not blamed before it was there.
            onChange: () => (touchedFields.repeated ? void form.trigger('repeated') : undefined),
          })}
        />
        <TextField
          autoComplete="new-password"
          label="Repeat new password"
          type="password"
          {...bind('repeated', {
            validate: (value) => value === form.getValues('next') || 'This is not the same as the new password.',
          })}
        />
        <Button pending={entry.pending} type="submit" variant="primary">
          Change password
        </Button>
      </CommandForm>
    </Panel>
  );
}

const unreachable: ErrorNoticeWords = {
  title: 'Keyward could not be reached.',
  meaning: 'Keyward could not confirm whether the password was changed.',
  next: 'Check your connection, then try again.',
};
