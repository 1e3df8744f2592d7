import type { ReactNode, Ref } from 'react';
import { StatusShape, type Tone } from './badge.tsx';
import { classNames } from './class-names.ts';

type CalloutProps = {
  tone?: Tone;
  title?: ReactNode;
  children?: ReactNode;
  /** `status` announces it when it appears; `alert` interrupts, for refusals only. */
  role?: 'status' | 'alert' | 'note';
  className?: string;
  /** For what gives it the focus. */
  ref?: Ref<HTMLDivElement> | undefined;
};

/** What to do or know next, in a sentence or two. */
export function Callout({ tone = 'idle', title, children, role, className, ref }: CalloutProps) {
  return (
    <div
      className={classNames('mb-4.5 rounded-md border-l-[3px] py-2.5 pr-3.5 pl-3', grounds[tone], className)}
      ref={ref}
      role={role}
      tabIndex={ref ? -1 : undefined}
    >
      {title ? (
        <p className="flex items-baseline gap-2 font-semibold">
          <span className={inks[tone]}>
            <StatusShape className="inline size-2.5" tone={tone} />
          </span>
          <span className="min-w-0">{title}</span>
        </p>
      ) : null}
      {children ? <div className={title ? 'mt-1 space-y-2 pl-4.5' : 'space-y-2'}>{children}</div> : null}
    </div>
  );
}

const grounds = {
  ok: 'border-ok bg-ok-bg',
  warn: 'border-warn bg-warn-bg',
  bad: 'border-bad bg-bad-bg',
  idle: 'border-act bg-sunk',
  moving: 'border-moving bg-moving-bg',
} as const satisfies Record<Tone, string>;

const inks = {
  ok: 'text-ok',
  warn: 'text-warn',
  bad: 'text-bad',
  idle: 'text-idle',
  moving: 'text-moving',
} as const satisfies Record<Tone, string>;
