'use client';

import { type ReactNode, useEffect, useRef, useState } from 'react';
import { classNames } from './class-names.ts';

type ScrollAreaProps = {
  label: string;
  className?: string;
  /** Reaches a little beyond its place, so that the frame of what has the focus at its edge is seen whole. */
  outset?: boolean;
  /** What it stands on: the shade at its edge is of the same colour. */
  ground?: keyof typeof grounds;
  children: ReactNode;
};

/**
 * An area that scrolls: named, and reachable by keyboard, since somebody without a mouse has to scroll it too. Where there is more
 * at a side, a shade at that edge says so; it takes no room, so nothing moves when it comes.
 */
export function ScrollArea(props: ScrollAreaProps) {
  const { label, className = 'overflow-x-auto', outset = false, ground = 'panel', children } = props;
  const area = useRef<HTMLElement>(null);
  const [more, setMore] = useState({ before: false, after: false });

  useEffect(() => {
    const element = area.current;
    if (!element) return;
    const look = () => {
      const { scrollLeft, scrollWidth, clientWidth } = element;
      const next = { before: scrollLeft > 1, after: scrollLeft + clientWidth < scrollWidth - 1 };
      setMore((now) => (now.before === next.before && now.after === next.after ? now : next));
    };
    const observer = new ResizeObserver(look);
    observer.observe(element);
    if (element.firstElementChild) observer.observe(element.firstElementChild);
    element.addEventListener('scroll', look, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, []);

  return (
    <div className={classNames('relative min-w-0', outset && '-mx-1')}>
      {/* `relative`: what is there for screen readers only is placed absolutely, and would else stick out of the area. */}
      <section
        aria-label={label}
        className={classNames('relative print:overflow-visible', outset && 'px-1', className)}
        ref={area}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: WCAG 2.1.1 asks for it where the area scrolls
        tabIndex={0}
      >
        {children}
      </section>
      {more.before ? <Edge ground={ground} side="left" /> : null}
      {more.after ? <Edge ground={ground} side="right" /> : null}
    </div>
  );
}

const grounds = { panel: 'from-panel', sunk: 'from-sunk' } as const;

function Edge({ side, ground }: { side: 'left' | 'right'; ground: keyof typeof grounds }) {
  return (
    <span
      aria-hidden="true"
      className={classNames(
        'pointer-events-none absolute inset-y-0 flex w-9 items-center from-50% to-transparent text-ink-2 forced-colors:hidden print:hidden',
        grounds[ground],
        side === 'left' ? 'left-0 bg-linear-to-r' : 'right-0 justify-end bg-linear-to-l',
      )}
    >
      {side === 'left' ? '‹' : '›'}
    </span>
  );
}
