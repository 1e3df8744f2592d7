'use client';

import { Search } from 'lucide-react';
import { usePathname } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { late } from '#components/ui/late.tsx';
import { useHydrated } from '#components/ui/use-hydrated.ts';
import type { Role } from '#lib/byok/account-views.ts';
import { type NavLink, searchedBy } from '../roles.ts';

// Loaded when it is opened: nobody who does not search pays for it.
const SearchDialog = late(() => import('./search-dialog.tsx').then((module) => module.SearchDialog));

/** Opens the search; so does its key, wherever the focus is, as long as no dialog waits for an answer. */
export function SearchButton({ pages, role }: { pages: readonly NavLink[]; role: Role }) {
  const path = usePathname();
  // Remembered with the page it was opened on: arriving at another one closes it.
  const [openOn, setOpenOn] = useState<string | null>(null);
  const [wanted, setWanted] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const isMac = useHydrated() && /mac|iphone|ipad/i.test(navigator.userAgent);

  function open(): void {
    setWanted(true);
    setOpenOn(path);
  }
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey)
        return;
      event.preventDefault();
      if (document.querySelector('[role="alertdialog"]')) return;
      setWanted(true);
      setOpenOn(path);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [path]);

  return (
    <>
      <Button
        aria-expanded={openOn === path}
        aria-haspopup="dialog"
        // Of a combobox the words in it are no name.
        aria-label="Search"
        aria-keyshortcuts={isMac ? 'Meta+K' : 'Control+K'}
        className="w-full justify-start border-line pr-2 pl-2.5 font-normal text-ink-3"
        onClick={open}
        ref={button}
        // It looks like a field, and pages have buttons of their own that are called Search.
        role="combobox"
      >
        <Search aria-hidden="true" className="size-4" strokeWidth={1.6} />
        Search
        <span
          aria-hidden="true"
          className="ml-auto rounded border border-line px-1.25 py-0.75 font-mono text-[0.6875rem] text-ink-3 leading-none"
        >
          {isMac ? '⌘K' : 'Ctrl K'}
        </span>
      </Button>
      {wanted ? (
        <SearchDialog
          label={searchedBy[role]}
          onClose={() => setOpenOn(null)}
          open={openOn === path}
          pages={pages}
          returnTo={button}
        />
      ) : null}
    </>
  );
}
