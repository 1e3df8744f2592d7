import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import type { ReactNode } from 'react';
import { ErrorNotice } from '#components/ui/error-notice.tsx';
import type { Role } from '#lib/byok/account-views.ts';
import { toldError } from '#lib/byok/told-error.ts';
import { Brand } from './brand.tsx';
import { currentMe } from './current-me.ts';
import { SideNav } from './nav/side-nav.tsx';
import { pagesOf } from './roles.ts';
import { safePath } from './safe-path.ts';
import { WrongRole } from './wrong-role.tsx';

type ShellProps = {
  /** Who finds something here; everybody else is told where to go instead. */
  roles: readonly Role[];
  /** Also open to somebody who first has to choose a password. */
  beforePasswordChange?: boolean;
  children: ReactNode;
};

/** Navigation and page for somebody who is signed in. It shows and hides; what is allowed, the operations decide. */
export async function Shell({ roles, beforePasswordChange = false, children }: ShellProps) {
  const me = await currentMe();
  if (!me.ok) {
    if (me.error.code === 'unauthenticated') redirect(await signInPath());
    return (
      <main className="mx-auto max-w-xl px-4 py-16">
        <h1 className="mb-6">
          <Brand />
        </h1>
        <ErrorNotice error={{ ...toldError(me.error.code), requestId: me.error.requestId }} />
      </main>
    );
  }
  if (me.data.mustChangePassword && !beforePasswordChange) redirect('/account/password');
  return (
    <div className="md:grid md:min-h-[calc(100dvh-var(--banner-height))] md:grid-cols-[13.5rem_minmax(0,1fr)] print:block">
      <SideNav
        links={me.data.mustChangePassword ? [] : pagesOf[me.data.role]}
        email={me.data.email}
        role={me.data.role}
        workplace={me.data.tenant?.name ?? 'Vendor'}
      />
      <main
        className="w-full min-w-0 max-w-280 px-4 pt-4 pb-15 sm:px-9 sm:pt-6 print:max-w-none print:p-0"
        id="main"
        tabIndex={-1}
      >
        {roles.includes(me.data.role) ? children : <WrongRole me={me.data} />}
      </main>
    </div>
  );
}

async function signInPath(): Promise<string> {
  const path = safePath((await headers()).get('x-keyward-path'));
  return path && path !== '/' ? `/sign-in?next=${encodeURIComponent(path)}` : '/sign-in';
}
