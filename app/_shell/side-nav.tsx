'use client';

import { Menu, X } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useId, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { classNames } from '#components/ui/class-names.ts';
import { Brand } from './brand.tsx';
import type { NavLink } from './roles.ts';
import { SignOut } from './sign-out.tsx';
import { ThemeSwitch } from './theme-switch.tsx';

type SideNavProps = { links: readonly NavLink[]; email: string; organisation: string; role: string };

/** At the left of wide screens; on narrow ones a bar whose button opens the same links. */
export function SideNav({ links, email, organisation, role }: SideNavProps) {
  const path = usePathname();
  const menuId = useId();
  // Remembered with the page it was opened on: arriving at another one closes it.
  const [openOn, setOpenOn] = useState<string | null>(null);
  const open = openOn === path;
  const Icon = open ? X : Menu;

  return (
    <header className="border-line border-b md:sticky md:top-0 md:flex md:h-[calc(100dvh-var(--banner-height))] md:flex-col md:overflow-y-auto md:border-r md:border-b-0 md:px-3.5 md:py-5">
      <a
        className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:rounded-control focus:bg-panel focus:px-3 focus:py-2"
        href="#main"
      >
        Skip to the page
      </a>
      <div className="flex items-center justify-between px-4 py-2 md:px-2 md:pt-0 md:pb-4.5">
        <Brand />
        <Button
          aria-controls={menuId}
          aria-expanded={open}
          className="md:hidden"
          onClick={() => setOpenOn(open ? null : path)}
          size="small"
          variant="ghost"
        >
          <Icon aria-hidden="true" className="size-4.5" />
          Menu
        </Button>
      </div>
      <div
        className={classNames('flex-col px-4 pb-4 md:flex md:grow md:px-0 md:pb-0', open ? 'flex' : 'hidden')}
        id={menuId}
      >
        {links.length > 0 ? (
          <nav aria-label="Main">
            <ul className="space-y-0.5">
              {links.map((link) => (
                <li key={link.href}>
                  <NavItem active={path === link.href || path.startsWith(`${link.href}/`)} link={link} />
                </li>
              ))}
            </ul>
          </nav>
        ) : null}
        <div className="mt-4 space-y-2.5 border-line border-t px-2 pt-3 text-ink-2 text-xs md:mt-auto">
          <p className="wrap-anywhere">
            {organisation} · {email} · {role}
          </p>
          <ThemeSwitch />
          <p>
            <Link className="link inline-block py-1" href="/account/password">
              Change password
            </Link>
          </p>
          <SignOut />
        </div>
      </div>
    </header>
  );
}

function NavItem({ link, active }: { link: NavLink; active: boolean }) {
  return (
    <Link
      aria-current={active ? 'page' : undefined}
      className="block rounded-[7px] px-2.5 py-1.5 text-ink-2 no-underline hover:bg-idle-bg aria-[current]:bg-idle-bg aria-[current]:font-medium aria-[current]:text-ink"
      href={link.href}
    >
      {link.label}
    </Link>
  );
}
