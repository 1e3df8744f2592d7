'use client';

import { useMutation } from '@tanstack/react-query';

import { type FormEvent, useEffect, useRef, useState } from 'react';
import { TextField } from '#components/form/text-field.tsx';
import { Button } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { ErrorNotice, type ErrorNoticeWords } from '#components/ui/error-notice.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { useHydrated } from '#components/ui/use-hydrated.ts';
import { errorWords } from '#lib/byok/errors.ts';
import { signIn } from '../../../_shell/next-auth-calls.ts';

type Demo = { password: string; accounts: readonly { email: string; who: string }[] };
type SignInFormProps = {
  /** Where to go on to: a path of our own. */
  next: string;
  /** The demo's accounts; null in production. */
  demo: Demo | null;
  /** Where this installation is found. */
  ownOrigin: string;
};

/** What was refused, and until when, where there is a time to wait for. */
type SignInRefusal = ErrorNoticeWords & { until?: string };

// Which of the two was wrong stays untold.
const refusal: ErrorNoticeWords = { title: 'Email or password is wrong.', next: 'Check both and try again.' };
const unreachable: ErrorNoticeWords = {
  title: 'Keyward could not sign you in.',
  meaning: 'It did not answer as expected. Your password may still be right.',
  next: 'Try again in a minute.',
};

const tooMany: ErrorNoticeWords = {
  title: 'Too many tries.',
  meaning: 'After several failed tries, this browser has to wait. Your account is not locked.',
};

export function SignInForm({ next, demo, ownOrigin }: SignInFormProps) {
  const isElsewhere = useHydrated() && window.location.origin !== ownOrigin;
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [tried, setTried] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const missing = { email: email.trim() === '', password: password === '' };

  const signingIn = useMutation({
    // What was typed is no argument: it would be kept with what came of it.
    mutationFn: () => trySignIn(email, password),
    onSuccess: (refused) => void (refused ?? window.location.assign(next)),
    // Without a connection it fails and says so.
    networkMode: 'always',
    gcTime: 0,
  });
  const error = signingIn.data ?? null;
  // On success it stays pending until the next page is there, loaded anew with nothing of another person's.
  const pending = signingIn.isPending || signingIn.data === null;

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (pending) return;
    setTried(true);
    signingIn.reset();
    if (missing.email || missing.password) {
      const first = form.current?.elements.namedItem(missing.email ? 'email' : 'password');
      if (first instanceof HTMLElement) first.focus();
      return;
    }
    signingIn.mutate();
  }

  return (
    <div className="min-w-0">
      <form
        aria-labelledby="sign-in"
        className="space-y-4 rounded-panel border border-line bg-panel p-5 sm:p-6"
        method="post"
        noValidate
        onSubmit={submit}
        ref={form}
      >
        <h2 className="font-semibold text-[0.9375rem]" id="sign-in">
          Sign in
        </h2>
        {isElsewhere ? <Elsewhere ownOrigin={ownOrigin} /> : null}
        {error ? (
          <ErrorNotice error={error}>
            {error.until ? <TryAgain at={error.until} key={error.until} /> : null}
          </ErrorNotice>
        ) : null}
        <TextField
          autoCapitalize="none"
          autoComplete="username"
          error={tried && missing.email ? 'Enter your email.' : null}
          label="Email"
          name="email"
          onChange={(event) => setEmail(event.currentTarget.value)}
          spellCheck={false}
          type="email"
          value={email}
        />
        <TextField
          autoComplete="current-password"
          error={tried && missing.password ? 'Enter your password.' : null}
          label="Password"
          name="password"
          onChange={(event) => setPassword(event.currentTarget.value)}
          type="password"
          value={password}
        />
        <Button className="w-full" pending={pending} type="submit" variant="primary">
          Sign in
        </Button>
      </form>
      {demo ? (
        <DemoAccounts
          accounts={demo.accounts}
          onChoose={(chosen) => {
            setEmail(chosen);
            setPassword(demo.password);
            if (!pending) signingIn.reset();
          }}
        />
      ) : null}
    </div>
  );
}

/** When to try again; once that has come, that it has. */
function TryAgain({ at }: { at: string }) {
  const [come, setCome] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setCome(true), Date.parse(at) - Date.now());
    return () => clearTimeout(timer);
  }, [at]);
  if (come) return <p>You can try again now.</p>;
  return (
    <p>
      Try again <RelativeTime at={at} withAbsolute />.
    </p>
  );
}

/** From any other address nothing can be sent: it would look like another site’s. */
function Elsewhere({ ownOrigin }: { ownOrigin: string }) {
  return (
    <Callout title="You cannot sign in at this address." tone="warn">
      <p>
        Go to{' '}
        <a className="link break-all" href={ownOrigin}>
          {ownOrigin}
        </a>{' '}
        and sign in there.
      </p>
    </Callout>
  );
}

async function trySignIn(email: string, password: string): Promise<SignInRefusal | null> {
  try {
    const answer = await signIn('credentials', { email: email.trim(), password, redirect: false });
    if (answer?.ok && !answer.error) return null;
    const [code, seconds] = (answer?.error ?? '').split(':');
    if (code === 'CredentialsSignin') return refusal;
    if (code === 'password-ended') return errorWords[code];
    if (code === 'too-many-requests')
      return { ...tooMany, until: new Date(Date.now() + Number(seconds) * 1_000).toISOString() };
    return unreachable;
  } catch {
    return unreachable;
  }
}

type DemoAccountsProps = { accounts: Demo['accounts']; onChoose: (email: string) => void };

function DemoAccounts({ accounts, onChoose }: DemoAccountsProps) {
  return (
    <section aria-labelledby="demo-accounts" className="mt-3.5 px-3 sm:px-3.5">
      <h2 className="mb-1 px-2.5 font-medium text-ink-2 text-xs" id="demo-accounts">
        Demo accounts: select one to fill in the form
      </h2>
      <ul>
        {accounts.map(({ email, who }) => (
          <li key={email}>
            <Button
              className="w-full flex-wrap justify-between gap-x-3 gap-y-0 text-left font-normal"
              onClick={() => onChoose(email)}
              size="small"
              variant="ghost"
            >
              <span className="wrap-anywhere text-ink">{email}</span>
              <span className="text-ink-3">{who}</span>
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
