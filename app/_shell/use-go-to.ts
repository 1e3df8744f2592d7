'use client';

import { useRouter } from 'next/navigation';
import { useTransition } from 'react';

/** Whoever is still where they were after so long is taken on by the browser. */
const lostAfterMs = 3_000;

export type GoTo = { goTo: (href: string) => void; going: boolean };

/**
 * Goes to another page of the console, and makes sure of arriving. The refresh that comes with a command's answer can overtake a
 * navigation in the router, and puts another form in the place of the one that asked for it: the page then stayed where it was
 * without a word. So the watch over it belongs to no component, and ends with whatever other page is reached first.
 */
export function useGoTo(): GoTo {
  const router = useRouter();
  const [going, startGoing] = useTransition();

  function goTo(href: string): void {
    makeSureOf(href);
    startGoing(() => router.push(href));
  }
  return { goTo, going };
}

let watch: ReturnType<typeof setTimeout> | undefined;

function makeSureOf(href: string): void {
  const from = here();
  clearTimeout(watch);
  watch = setTimeout(() => {
    if (here() === from && !isHere(href)) window.location.assign(href);
  }, lostAfterMs);
}

function here(): string {
  return `${window.location.pathname}${window.location.search}`;
}

function isHere(href: string): boolean {
  const to = new URL(href, window.location.href);
  return `${to.pathname}${to.search}` === here();
}
