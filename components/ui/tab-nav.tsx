'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useEffect, useRef } from 'react';

export type TabLink = { label: string; href: string /** Shown beside the label, read with it. */; count?: number };

type TabNavProps = {
  label: string;
  tabs: readonly TabLink[];
  /** Off where a look is an event, or costs something. */
  prefetch?: false;
};

/** Tabs that are pages: each has an address of its own, so they are links. The one that is open tells so. */
export function TabNav({ label, tabs, prefetch }: TabNavProps) {
  const path = usePathname();
  const nav = useRef<HTMLElement>(null);

  // On narrow screens the one that is open may lie beyond the edge. Only this row is scrolled, never the page.
  useEffect(() => {
    const row = nav.current;
    const open = row?.querySelector(`[href="${CSS.escape(path)}"]`);
    if (!row || !open) return;
    const observer = new ResizeObserver(() => {
      const [around, tab] = [row.getBoundingClientRect(), open.getBoundingClientRect()];
      row.scrollLeft += tab.left + tab.width / 2 - (around.left + around.width / 2);
    });
    observer.observe(row);
    return () => observer.disconnect();
  }, [path]);
  return (
    <nav
      aria-label={label}
      ref={nav}
      className="-mx-4 mt-4.5 mb-4 overflow-x-auto px-4 [scrollbar-width:none] sm:mx-0 sm:px-0 print:hidden"
    >
      <ul className="flex min-w-max gap-5.5 border-line border-b">
        {tabs.map((tab) => (
          <li key={tab.href}>
            <Link
              aria-current={path === tab.href ? 'page' : undefined}
              className="-mb-px block whitespace-nowrap border-transparent border-b-2 pt-2 pb-2.25 text-ink-2 no-underline hover:text-ink aria-[current]:border-act aria-[current]:font-[550] aria-[current]:text-ink forced-colors:mb-0 forced-colors:border-[Canvas] forced-colors:aria-[current]:border-[Highlight]"
              href={tab.href}
              prefetch={prefetch}
            >
              {tab.label}
              {tab.count === undefined ? null : (
                <span className="ml-1.25 text-[0.78125rem] text-ink-3 tabular-nums">{count.format(tab.count)}</span>
              )}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

const count = new Intl.NumberFormat('en');
