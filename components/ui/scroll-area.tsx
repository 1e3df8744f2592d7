import type { ReactNode } from 'react';

type ScrollAreaProps = { label: string; className?: string; children: ReactNode };

/** An area that scrolls: named, and reachable by keyboard, since somebody without a mouse has to scroll it too. */
export function ScrollArea({ label, className = 'overflow-x-auto', children }: ScrollAreaProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: WCAG 2.1.1 asks for it where the area scrolls
    <section aria-label={label} className={className} tabIndex={0}>
      {children}
    </section>
  );
}
