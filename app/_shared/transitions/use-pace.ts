'use client';

import { useState } from 'react';
import type { TransitionView } from '#lib/byok/transition-views.ts';
import { type PaceSample, paceWords, sampleOf, withSample } from './transition-pace.ts';

/** How fast a key transition goes and what is left of it, in words, from what this page has seen of it (at `seenAt`, milliseconds). */
export function usePace(transition: TransitionView, seenAt: number): string | null {
  const now = sampleOf(transition, seenAt);
  const [samples, setSamples] = useState<PaceSample[]>(() => withSample([], now));
  const seen = samples.at(-1);
  // Another look at the same transition: React renders again with it before anything is shown.
  if (now ? seen?.at !== now.at : samples.length > 0) setSamples(withSample(samples, now));
  return paceWords(samples, transition.startedAt);
}
