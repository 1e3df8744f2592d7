'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useState, useTransition } from 'react';

/** After the router has settled elsewhere, and while it is still at work. */
const settledMs = 1_000;
const busyMs = 10_000;

export type GoTo = { goTo: (href: string) => void; going: boolean };

/**
 * Goes to another page of the console, and makes sure of arriving. The refresh that comes with a command's answer can
 * overtake a navigation in the router; the page then stays where it was without a word. So whoever is still here after the
 * router has settled is taken there by the browser itself, which also says when nothing answers.
 */
export function useGoTo(): GoTo {
  const router = useRouter();
  const [going, startGoing] = useTransition();
  const [wanted, setWanted] = useState<string | null>(null);

  useEffect(() => {
    if (wanted === null) return;
    const timer = setTimeout(
      () => {
        setWanted(null);
        if (!isHere(wanted)) window.location.assign(wanted);
      },
      going ? busyMs : settledMs,
    );
    return () => clearTimeout(timer);
  }, [wanted, going]);

  function goTo(href: string): void {
    setWanted(href);
    startGoing(() => router.push(href));
  }
  return { goTo, going };
}

function isHere(href: string): boolean {
  const to = new URL(href, window.location.href);
  return to.pathname === window.location.pathname && to.search === window.location.search;
}
