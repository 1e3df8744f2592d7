'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';

const everyMs = 5000;

/** Renders the page anew every few seconds while something on it moves by itself and somebody looks at it. */
export function RefreshWhile({ moving }: { moving: boolean }) {
  const router = useRouter();
  useEffect(() => {
    if (!moving) return;
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') router.refresh();
    }, everyMs);
    return () => clearInterval(timer);
  }, [moving, router]);
  return null;
}
