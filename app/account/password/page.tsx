import type { Metadata } from 'next';
import { Callout } from '#components/ui/callout.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { errorWords } from '#lib/byok/errors.ts';
import { currentMe } from '../../_shell/current-me.ts';
import { landingPath } from '../../_shell/roles.ts';
import { PasswordForm } from '../_password/password-form.tsx';

export const metadata: Metadata = { title: 'Change password' };

export default async function PasswordPage() {
  const me = await currentMe();
  // The layout has already sent somebody without a session away.
  if (!me.ok) return null;
  const { title, meaning, next } = errorWords['password-change-required'];
  return (
    <>
      <PageHeader subtitle={me.data.email} title="Change password" />
      {me.data.mustChangePassword ? (
        <Callout title={title}>
          <p>
            {meaning} {next}
          </p>
        </Callout>
      ) : null}
      <PasswordForm email={me.data.email} goOnTo={landingPath(me.data.role)} required={me.data.mustChangePassword} />
    </>
  );
}
