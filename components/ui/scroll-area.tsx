import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';

type ScrollAreaProps = { label: string; className?: string; children: ReactNode };

/** An area that scrolls: named, and reachable by keyboard, since somebody without a mouse has to scroll it too. */
export function ScrollArea({ label, className = 'overflow-x-auto', children }: ScrollAreaProps) {
  return (
    // `relative`: what is there for screen readers only is placed absolutely, and would else stick out of the area.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: WCAG 2.1.1 asks for it where the area scrolls
    <section aria-label={label} className={classNames('relative', className)} tabIndex={0}>
      {children}
    </section>
  );
}
