import { LinkButton } from '#components/ui/button.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import type { Me } from '#lib/byok/account-views.ts';
import { errorWords } from '#lib/byok/errors.ts';
import { landingPath, pagesOf, roleWords } from './roles.ts';

/** In place of a page that belongs to another role. */
export function WrongRole({ me }: { me: Pick<Me, 'role' | 'email'> }) {
  const landing = pagesOf[me.role][0];
  return (
    <>
      <PageHeader title={errorWords.forbidden.title} />
      <p className="mb-5 max-w-prose">
        This page belongs to another role. You are signed in as <strong>{me.email}</strong> ({roleWords[me.role]}). If
        you need it, ask an administrator of your organisation, or sign in with another account.
      </p>
      <LinkButton href={landingPath(me.role)} variant="primary">
        Go to {landing.label}
      </LinkButton>
    </>
  );
}
