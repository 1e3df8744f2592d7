'use client';

import { useEffect, useRef } from 'react';

/** The heading of a step. It takes the focus when one arrives, so that reading goes on where the step begins. */
export function StepHeading({ title, intro }: { title: string; intro: string }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus();
  }, []);
  return (
    <div className="mb-4">
      <h2 className="mb-1 w-fit rounded-sm font-semibold text-lg leading-snug" ref={heading} tabIndex={-1}>
        {title}
      </h2>
      <p className="text-ink-2">{intro}</p>
    </div>
  );
}
