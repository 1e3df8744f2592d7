import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getConfig } from '#lib/config/config.ts';
import { Brand } from '../../_shell/brand.tsx';
import { currentMe } from '../../_shell/current-me.ts';
import { landingPath } from '../../_shell/roles.ts';
import { safePath } from '../../_shell/safe-path.ts';
import { demoAccounts } from './_sign-in/demo-accounts.ts';
import { SignInForm } from './_sign-in/sign-in-form.tsx';

export const metadata: Metadata = { title: 'Sign in' };

type SignInPageProps = { searchParams: Promise<{ next?: string | string[] }> };

export default async function SignInPage({ searchParams }: SignInPageProps) {
  const next = safePath((await searchParams).next);
  const me = await currentMe();
  if (me.ok) redirect(next ?? landingPath(me.data.role));
  const config = getConfig();
  const demo = config.mode === 'demo' ? { password: config.demoPassword, accounts: demoAccounts } : null;
  return (
    <main className="mx-auto flex w-full max-w-96 flex-col gap-6 px-4 py-12 sm:py-20">
      <Brand />
      <h1 className="font-semibold text-[1.375rem] leading-tight tracking-tight">Sign in</h1>
      <SignInForm demo={demo} next={next ?? '/'} ownOrigin={config.nextAuthUrl} />
    </main>
  );
}
