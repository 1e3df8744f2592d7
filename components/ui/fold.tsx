import type { ReactNode } from 'react';

/** Details for those who want them, folded away: the browser's own, so that it works before any script does and a search opens it. */
export function Fold({ summary, children, open }: { summary: ReactNode; children: ReactNode; open?: boolean }) {
  return (
    <details className="group" open={open}>
      <summary className="flex list-none items-center gap-2.5 py-1 text-[0.8125rem] text-ink-2 hover:text-ink [&::-webkit-details-marker]:hidden">
        <svg
          aria-hidden="true"
          className="size-3 shrink-0 transition-transform group-open:rotate-90"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.5"
          viewBox="0 0 12 12"
        >
          <path d="m4 2 4 4-4 4" />
        </svg>
        <span className="min-w-0">{summary}</span>
      </summary>
      <div className="pt-1.5 pb-1">{children}</div>
    </details>
  );
}
