import type { ReactNode } from 'react';
import { StatusShape } from './badge.tsx';

type BannerProps = {
  tone?: 'bad' | 'warn';
  /** Names the region: what it tells about. */
  label: string;
  children: ReactNode;
  /** The way to what helps. */
  action?: ReactNode;
};

/** What is wrong now for the whole tenant, at the top of each of its pages. Nothing else takes a banner. */
export function Banner({ tone = 'bad', label, children, action }: BannerProps) {
  return (
    <section
      aria-label={label}
      className={`mb-4.5 flex min-h-11 flex-wrap items-baseline gap-x-3 gap-y-1 rounded-panel border py-2.25 pr-2.5 pl-4 ${grounds[tone]}`}
    >
      <span className={inks[tone]}>
        <StatusShape className="inline size-2.5" tone={tone} />
      </span>
      <p className="min-w-0 flex-1 basis-[80%] sm:basis-0">{children}</p>
      {action ? <span className="pl-5.5 text-[0.8125rem] sm:pl-0">{action}</span> : null}
    </section>
  );
}

const grounds = { bad: 'border-bad/30 bg-bad-bg', warn: 'border-warn/30 bg-warn-bg' } as const;
const inks = { bad: 'text-bad', warn: 'text-warn' } as const;
