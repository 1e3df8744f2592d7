import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';

/** Disc, square, triangle, ring, half disc: each is told from the others without its colour. */
export type Tone = 'ok' | 'warn' | 'bad' | 'idle' | 'moving';

const longestLine = 36;

/** A status: shape, colour and word together, so that none of them carries it alone. */
export function Badge({ tone, children, className }: { tone: Tone; children: ReactNode; className?: string }) {
  return (
    <span
      className={classNames(
        'inline-flex items-center gap-1.5 border border-transparent py-0.5 pr-2.5 pl-2 font-medium text-[0.78125rem] leading-5',
        // One line, unless a name in it may be as long as names may be.
        typeof children === 'string' && children.length > longestLine
          ? 'wrap-anywhere min-w-40 max-w-64 rounded-xl'
          : 'whitespace-nowrap rounded-full',
        grounds[tone],
        className,
      )}
    >
      <StatusShape tone={tone} />
      {children}
    </span>
  );
}

/** The badge's shape alone, for a list that already has the word. Decorative. */
export function StatusShape({ tone, className = 'size-2' }: { tone: Tone; className?: string }) {
  return (
    <svg aria-hidden="true" className={`${className} shrink-0`} fill="currentColor" viewBox="0 0 8 8">
      {shapes[tone]}
    </svg>
  );
}

const grounds = {
  ok: 'bg-ok-bg text-ok',
  warn: 'bg-warn-bg text-warn',
  bad: 'bg-bad-bg text-bad',
  idle: 'bg-idle-bg text-idle',
  moving: 'bg-moving-bg text-moving',
} as const satisfies Record<Tone, string>;

const shapes = {
  ok: <circle cx="4" cy="4" r="4" />,
  warn: <rect height="8" rx="1.5" width="8" />,
  bad: <path d="M4 0 8 8H0z" />,
  idle: <circle cx="4" cy="4" fill="none" r="3" stroke="currentColor" strokeWidth="2" />,
  moving: (
    <>
      <circle cx="4" cy="4" fill="none" r="3.25" stroke="currentColor" strokeWidth="1.5" />
      <path d="M4 .75a3.25 3.25 0 0 0 0 6.500z" />
    </>
  ),
} as const satisfies Record<Tone, ReactNode>;
