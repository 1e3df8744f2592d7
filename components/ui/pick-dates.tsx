'use client';

import { lazy, Suspense, useState } from 'react';
import { PickFace, pickLook } from './pick-face.tsx';
import { type PickDatesProps, wordsOf } from './picked-dates.ts';
import { useHydrated } from './use-hydrated.ts';

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
