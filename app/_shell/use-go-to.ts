'use client';

import { useRouter } from 'next/navigation';
import { useTransition } from 'react';
import { makeSureOf } from './sure-arrival.ts';

export type GoTo = { goTo: (href: string) => void; going: boolean };

/**
 * Goes to another page of the console, and makes sure of arriving. The refresh that comes with a command's answer can overtake a
 * navigation in the router, and puts another form in the place of the one that asked for it: the page then stayed where it was
 * without a word. So the watch over it belongs to no component.
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
