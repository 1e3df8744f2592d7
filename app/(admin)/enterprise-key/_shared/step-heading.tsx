'use client';

import { useEffect, useRef } from 'react';
import { classNames } from '#components/ui/class-names.ts';

type StepHeadingProps = { title: string; intro: string /** 1 where the page is of nothing else. */; level?: 1 | 2 };

/** The heading of a step, or of a page of one change. It takes the focus when one arrives, so that reading goes on where the step begins. */
export function StepHeading({ title, intro, level = 2 }: StepHeadingProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus();
  }, []);
  const Heading = `h${level}` as const;
  return (
    <div className="mb-4">
      <Heading
        className={classNames(
          'mb-1 w-fit',
          level === 1
            ? 'font-[620] text-[1.375rem] leading-tight tracking-[-0.022em] sm:text-2xl'
            : 'font-semibold text-lg leading-snug',
        )}
        ref={heading}
        tabIndex={-1}
      >
        {title}
      </Heading>
      <p className="text-ink-2">{intro}</p>
    </div>
  );
}
