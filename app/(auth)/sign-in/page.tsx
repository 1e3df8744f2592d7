import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { anyWords } from '#lib/byok/providers.ts';
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
    <main className="mx-auto grid min-h-[calc(100dvh-var(--banner-height))] w-full max-w-98 content-center gap-x-16 gap-y-8 px-4 py-10 md:max-w-230 md:grid-cols-[minmax(0,1fr)_21.25rem] md:items-center md:px-8">
      <div>
        <Brand />
        <h1 className="mt-5 mb-3 text-balance font-[620] text-2xl leading-tight tracking-[-0.022em] md:text-[1.75rem]">
          Your data, under your own key
        </h1>
        <p className="max-w-[36em] text-[0.9375rem] text-ink-2">
          Keyward encrypts your apps’ data with a key in {anyWords.yourPlace}. You decide when it applies. You can take
          it away at any time: the data is then unreadable within minutes.
        </p>
      </div>
      <SignInForm demo={demo} next={next ?? '/'} ownOrigin={config.nextAuthUrl} />
    </main>
  );
}
