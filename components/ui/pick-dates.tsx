'use client';

import { useState } from 'react';
import { ErrorNotice } from './error-notice.tsx';
import { latePart, useLatePart } from './late-part.ts';
import { notLoaded } from './not-loaded.tsx';
import { PickFace, pickLook } from './pick-face.tsx';
import { type PickDatesProps, wordsOf } from './picked-dates.ts';
import { useHydrated } from './use-hydrated.ts';

/** Fetched when somebody wants to choose: until then a page goes without. */
const days = latePart(() => import('./dates-popover.tsx').then(({ DatesPopover }) => DatesPopover));

/** A compact filter by a first and a last day, both included. */
export function PickDates(props: PickDatesProps) {
  const { label, chosen } = props;
  const hydrated = useHydrated();
  const [wanted, setWanted] = useState(false);
  const [failed, setFailed] = useState(false);
  const Days = useLatePart(days, wanted, () => {
    setFailed(true);
    // It can be pressed again.
    setWanted(false);
  });
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
  if (Days && wanted) return <Days {...props} />;
  return (
    <>
      {button}
      {failed && !wanted ? <ErrorNotice error={notLoaded} /> : null}
    </>
  );
}
