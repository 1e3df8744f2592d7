'use client';

import { useMutation } from '@tanstack/react-query';
import { ChevronDown } from 'lucide-react';
import { useTheme } from 'next-themes';
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { late } from '#components/ui/late.tsx';
import { Menu, MenuChoice, MenuItem, MenuLine, MenuLink } from '#components/ui/menu.tsx';
import { signOut } from '../next-auth-calls.ts';

// Loaded when it is opened: the words are for those who ask.
const GlossarySheet = late(() =>
  import('../../_shared/help/glossary-sheet.tsx').then((module) => module.GlossarySheet),
);

const themes = [
  { value: 'system', label: 'System' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
] as const;

/** Who is signed in, and what concerns them alone. */
export function AccountMenu({ email, role }: { email: string; role: string }) {
  const { theme, setTheme } = useTheme();
  const { leave, pending, failed } = useSignOut();
  const [glossary, setGlossary] = useState<boolean | null>(null);
  return (
    <>
      {failed ? (
        <p className="px-2 pb-2 font-medium text-[0.8125rem] text-bad" role="alert">
          Keyward could not be reached: you are still signed in. Try again.
        </p>
      ) : null}
      <Menu
        align="start"
        side="top"
        trigger={
          <Button
            className="w-full justify-start px-2 py-1.5 text-left font-normal text-xs"
            pending={pending}
            variant="ghost"
          >
            <span className="min-w-0 flex-1">
              <span className="sr-only">Account: </span>
              <span className="wrap-anywhere line-clamp-2" title={email}>
                {email}
              </span>
              <span className="block text-ink-3">{role}</span>
            </span>
            <ChevronDown aria-hidden="true" className="size-4 shrink-0" />
          </Button>
        }
      >
        <MenuChoice
          label="Theme"
          onChange={setTheme}
          options={themes}
          value={themes.find(({ value }) => value === theme)?.value ?? 'system'}
        />
        <MenuLine />
        <MenuItem onClick={() => setGlossary(true)}>Glossary</MenuItem>
        <MenuLink href="/account/password">Change password</MenuLink>
        <MenuItem onClick={leave}>Sign out</MenuItem>
      </Menu>
      {glossary === null ? null : <GlossarySheet onOpenChange={setGlossary} open={glossary} />}
    </>
  );
}

/** Ends the session on the server, then forgets everything that this page had loaded. */
function useSignOut(): { leave: () => void; pending: boolean; failed: boolean } {
  const leaving = useMutation({
    mutationFn: () => signOut({ redirect: false }),
    onSuccess: () => window.location.assign('/sign-in'),
    // Without a connection it fails and says so.
    networkMode: 'always',
  });
  // On success it stays pending until the next page is there.
  const pending = leaving.isPending || leaving.isSuccess;
  return { leave: () => (pending ? undefined : leaving.mutate()), pending, failed: leaving.isError };
}
