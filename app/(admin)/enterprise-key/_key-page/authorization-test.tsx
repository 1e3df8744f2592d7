'use client';

import { type RefObject, useState } from 'react';
import { type UseFormReturn, useForm } from 'react-hook-form';
import { ErrorSummary, type FieldProblem } from '#components/form/error-summary.tsx';
import { SelectField } from '#components/form/select-field.tsx';
import { TextField } from '#components/form/text-field.tsx';
import { Button } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { ErrorNotice } from '#components/ui/error-notice.tsx';
import { PanelHeader } from '#components/ui/panel.tsx';
import type { Role } from '#lib/byok/account-views.ts';
import type { KeyPageView } from '#lib/byok/key-views.ts';
import { useAct } from '../../../_shared/command/use-act.ts';
import { checkProfileAction } from './actions.ts';

type Credentials = { profileId: string; userName: string; password: string };
type AuthorizationTestProps = {
  /** So that Validate can send it too. */
  formRef: RefObject<HTMLFormElement | null>;
  profiles: KeyPageView['profiles'];
  role: Role;
  /** After each try: a refusal is told by the key's badge at once, too. */
  onAsked: () => void;
};

const fieldIds = {
  profileId: 'authorization-profile',
  userName: 'authorization-user-name',
  password: 'authorization-password',
} as const satisfies Record<keyof Credentials, string>;

/** Compares what is typed with what an authorization profile holds encrypted: what matches was decrypted rightly. */
export function AuthorizationTest({ formRef, profiles, role, onAsked }: AuthorizationTestProps) {
  const [matches, setMatches] = useState<boolean | null>(null);
  const check = useAct(checkProfileAction);
  const form = useForm<Credentials>({
    mode: 'onTouched',
    shouldFocusError: false,
    defaultValues: { profileId: profiles.length === 1 ? (profiles[0]?.id ?? '') : '', userName: '', password: '' },
  });
  const { submitCount } = form.formState;
  // What the last try found, not what is wrong just now: the summary takes the focus and must not do so during typing.
  const [problems, setProblems] = useState<FieldProblem[]>([]);

  const submit = form.handleSubmit(
    async (credentials) => {
      setProblems([]);
      setMatches(null);
      const answer = await check.run(credentials);
      onAsked();
      form.resetField('password');
      if (answer) setMatches(answer.matches);
    },
    (found) => setProblems(problemsOf(found)),
  );

  return (
    <form aria-labelledby="authorization-test" noValidate onSubmit={submit} ref={formRef}>
      <PanelHeader
        description="An authorization profile is a stored service login, encrypted. Enter the login: Keyward decrypts the profile and compares. Five tries a minute; each is logged, without what you typed."
        id="authorization-test"
        title="Test authorization"
      />
      <ErrorSummary attempt={submitCount} errors={problems} />
      <Fields form={form} profiles={profiles} />
      <div className="mt-4 mb-3">
        <Button disabledReason={whyNot(profiles.length, role)} pending={check.pending} type="submit">
          Test authorization
        </Button>
      </div>
      {check.error ? <ErrorNotice error={check.error} /> : null}
      <div role="status">{matches === null || check.pending ? null : <Answer matches={matches} />}</div>
    </form>
  );
}

function Fields({ form, profiles }: { form: UseFormReturn<Credentials>; profiles: KeyPageView['profiles'] }) {
  const { errors } = form.formState;
  return (
    <div className="grid gap-4 sm:grid-cols-3">
      <SelectField
        {...form.register('profileId', { required: 'Choose an authorization profile.' })}
        error={errors.profileId?.message}
        id={fieldIds.profileId}
        label="Authorization Profile"
        options={profiles.map(({ id, name, appName }) => ({ value: id, label: `${name} (${appName})` }))}
        placeholder="Choose a profile"
      />
      <TextField
        {...form.register('userName', { required: 'Enter the user name.' })}
        autoComplete="off"
        error={errors.userName?.message}
        id={fieldIds.userName}
        label="User Name"
      />
      <TextField
        {...form.register('password', { required: 'Enter the password.' })}
        autoComplete="off"
        error={errors.password?.message}
        id={fieldIds.password}
        label="Password"
        type="password"
      />
    </div>
  );
}

function Answer({ matches }: { matches: boolean }) {
  return matches ? (
    <Callout title="Basic authentication successful." tone="ok" />
  ) : (
    <Callout title="User name or password does not match." tone="bad">
      <p>The profile was opened and holds something else. Check both and try again.</p>
    </Callout>
  );
}

function problemsOf(errors: Partial<Record<keyof Credentials, { message?: string | undefined }>>): FieldProblem[] {
  return (['profileId', 'userName', 'password'] as const).flatMap((name) => {
    const message = errors[name]?.message;
    return message ? [{ fieldId: fieldIds[name], message }] : [];
  });
}

function whyNot(profiles: number, role: Role): string | null {
  if (role !== 'admin') return 'Only an administrator of your organisation can test authorization.';
  return profiles === 0 ? 'No app or bot of yours has an authorization profile.' : null;
}
