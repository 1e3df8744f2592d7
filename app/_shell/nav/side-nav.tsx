'use client';

import { Building2, Clock, CodeXml, KeyRound, LayoutGrid, type LucideIcon, Menu, X } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useId, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { classNames } from '#components/ui/class-names.ts';
import type { Role } from '#lib/byok/account-views.ts';
import { Brand } from '../brand.tsx';
import { type NavIcon, type NavLink, roleWords } from '../roles.ts';
import { SearchButton } from '../search/search-button.tsx';
import { AccountMenu } from './account-menu.tsx';

type SideNavProps = { links: readonly NavLink[]; email: string; workplace: string; role: Role };

/** At the left of wide screens; on narrow ones a bar whose button opens the same links. */
export function SideNav({ links, email, workplace, role }: SideNavProps) {
  const path = usePathname();
  const menuId = useId();
  // Remembered with the page it was opened on: arriving at another one closes it.
  const [openOn, setOpenOn] = useState<string | null>(null);
  const open = openOn === path;
  const Icon = open ? X : Menu;

  return (
    <header className="border-line border-b md:sticky md:top-0 md:z-20 md:flex md:h-[calc(100dvh-var(--banner-height))] md:flex-col md:overflow-y-auto md:border-r md:border-b-0 md:px-3 md:pt-4.5 md:pb-3.5 print:hidden">
      <a
        className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:rounded-control focus:bg-panel focus:px-3 focus:py-2"
        href="#main"
      >
        Skip to the page
      </a>
      <div className="flex items-center justify-between gap-3 px-4 py-2.5 md:px-2 md:pt-0 md:pb-4.5">
        <Brand workplace={workplace} />
        <Button
          aria-controls={menuId}
          aria-expanded={open}
          className="md:hidden"
          onClick={() => setOpenOn(open ? null : path)}
          size="small"
        >
          <Icon aria-hidden="true" className="size-4" />
          Menu
        </Button>
      </div>
      <div
        className={classNames('flex-col gap-3 px-4 pb-4 md:flex md:grow md:px-0 md:pb-0', open ? 'flex' : 'hidden')}
        id={menuId}
      >
        {links.length > 0 ? (
          <>
            <SearchButton pages={links} role={role} />
            <nav aria-label="Main">
              <ul className="space-y-0.5">
                {links.map((link) => (
                  <li key={link.href}>
                    <NavItem active={path === link.href || path.startsWith(`${link.href}/`)} link={link} />
                  </li>
                ))}
              </ul>
            </nav>
          </>
        ) : null}
        <div className="md:mt-auto">
          <AccountMenu email={email} role={roleWords[role]} />
        </div>
      </div>
    </header>
  );
}

function NavItem({ link, active }: { link: NavLink; active: boolean }) {
  const Icon = icons[link.icon];
  return (
    <Link
      aria-current={active ? 'page' : undefined}
      className="flex items-center gap-2.5 rounded-[7px] px-2.5 py-1.75 text-ink-2 no-underline hover:bg-hover hover:text-ink aria-[current]:bg-hover aria-[current]:font-[550] aria-[current]:text-ink forced-colors:aria-[current]:outline-2 forced-colors:aria-[current]:outline-[Highlight]"
      href={link.href}
    >
      <Icon aria-hidden="true" className="size-4 shrink-0" strokeWidth={1.6} />
      {link.label}
    </Link>
  );
}

const icons = {
  key: KeyRound,
  apps: LayoutGrid,
  history: Clock,
  tenants: Building2,
  tokens: CodeXml,
} as const satisfies Record<NavIcon, LucideIcon>;
