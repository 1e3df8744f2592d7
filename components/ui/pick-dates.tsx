'use client';

import { lazy, Suspense, useState } from 'react';
import { PickFace, pickLook } from './pick-face.tsx';
import { useHydrated } from './use-hydrated.ts';

/** Days such as "2026-11-28"; null: without an end on that side. */
export type Dates = { since: string | null; until: string | null };

export type PickDatesProps = {
  label: string;
  chosen: Dates;
  /** Today, where the reader is. */
  today: () => string;
  onPick: (dates: Dates) => void;
};

/** Fetched when somebody wants to choose: until then a page goes without. */
const DatesPopover = lazy(() => import('./dates-popover.tsx').then((module) => ({ default: module.DatesPopover })));

/** A compact filter by a first and a last day, both included. */
export function PickDates(props: PickDatesProps) {
  const { label, chosen } = props;
  const hydrated = useHydrated();
  const [wanted, setWanted] = useState(false);
  const words = wordsOf(chosen);
  const button = (
    <button
      aria-expanded={false}
      aria-haspopup="dialog"
      aria-label={words ? `${label}: ${words}` : label}
      className={pickLook(words !== undefined)}
      disabled={!hydrated}
      onClick={() => setWanted(true)}
      type="button"
    >
      <PickFace>{words ?? label}</PickFace>
    </button>
  );
  return wanted ? (
    <Suspense fallback={button}>
      <DatesPopover {...props} />
    </Suspense>
  ) : (
    button
  );
}

/** "1 Nov 2026 to 30 Nov 2026"; undefined where nothing is chosen. */
export function wordsOf({ since, until }: Dates): string | undefined {
  if (since && until) return since === until ? dayWords(since) : `${dayWords(since)} to ${dayWords(until)}`;
  if (since) return `Since ${dayWords(since)}`;
  return until ? `Until ${dayWords(until)}` : undefined;
}

function dayWords(day: string): string {
  return new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }).format(
    Date.parse(`${day}T00:00:00Z`),
  );
}
