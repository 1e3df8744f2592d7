import type { ReactNode } from 'react';

type EmptyStateProps = {
  /** That there is nothing, and why. */
  title: ReactNode;
  children?: ReactNode;
  /** The first thing to do about it. */
  action?: ReactNode;
};

export function EmptyState({ title, children, action }: EmptyStateProps) {
  return (
    <div className="rounded-panel border border-control/60 border-dashed px-5 py-8 text-center">
      <p className="font-semibold">{title}</p>
      {children ? <div className="mx-auto mt-1 max-w-prose text-ink-2">{children}</div> : null}
      {action ? <div className="mt-4 flex justify-center">{action}</div> : null}
    </div>
  );
}
