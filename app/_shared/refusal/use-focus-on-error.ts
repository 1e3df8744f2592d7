'use client';

import { type RefObject, useEffect, useRef } from 'react';
import type { ActionError } from './action-error.ts';

/**
 * Brings the notice of a refusal into view and gives it the focus, once for each refusal: it stands above the form, and
 * what was pressed below. A notice that appears later, once a field was corrected, leaves the focus where somebody types.
 */
export function useFocusOnError(actionError: ActionError | null): RefObject<HTMLDivElement | null> {
  const notice = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (actionError === null) return;
    // In the middle, since what sticks to the top of the window would hide it there.
    notice.current?.scrollIntoView({ block: 'center' });
    notice.current?.focus({ preventScroll: true });
  }, [actionError]);
  return notice;
}
