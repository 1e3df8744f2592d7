'use client';

import { useEffect, useRef, useState } from 'react';

/** Code of a page that is loaded when it is first needed, and once. */
export type LatePart<Part> = { known: Part | null; load: () => Promise<Part> };

/** @param bring `() => import('./dialog-popup.tsx').then(({ DialogPopup }) => DialogPopup)`; asked again after a failure */
export function latePart<Part>(bring: () => Promise<Part>): LatePart<Part> {
  const part: LatePart<Part> = {
    known: null,
    load: async () => {
      part.known ??= await bring();
      return part.known;
    },
  };
  return part;
}

/** The part, once it is there; loaded from the moment it is wanted. Wanted anew after a failure, it is tried again. */
export function useLatePart<Part>(late: LatePart<Part>, wanted: boolean, onFailed: () => void): Part | null {
  const [, setLoaded] = useState(false);
  const tellFailed = useRef(onFailed);
  useEffect(() => {
    tellFailed.current = onFailed;
  });
  useEffect(() => {
    if (!wanted || late.known) return;
    let listens = true;
    late.load().then(
      () => (listens ? setLoaded(true) : undefined),
      () => (listens ? tellFailed.current() : undefined),
    );
    return () => {
      listens = false;
    };
  }, [late, wanted]);
  return late.known;
}
