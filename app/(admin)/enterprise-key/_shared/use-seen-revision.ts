'use client';

import { useRouter } from 'next/navigation';
import { useState, useTransition } from 'react';

/**
 * The revision of the key that a form was filled from. It moves with our own saves, and when somebody has asked to see
 * what others did; never by itself, so that another person's change is noticed.
 */
export function useSeenRevision(latest: number) {
  const router = useRouter();
  const [looking, startLooking] = useTransition();
  const [revision, setRevision] = useState(latest);
  const [adopts, setAdopts] = useState(false);
  if (adopts && !looking) {
    setAdopts(false);
    setRevision(latest);
  }
  return {
    revision,
    saved: setRevision,
    /** Loads what is true now; what is in the form stays. */
    lookAgain: () => {
      setAdopts(true);
      startLooking(() => router.refresh());
    },
  };
}
