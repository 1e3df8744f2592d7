import type { ReactNode } from 'react';
import type { Share } from '../../../_shared/key/protection.ts';

/** The bar is decoration: the legend below it says the same in words and numbers. `beside`: at the other end of the legend's line. */
export function ShareBar({ parts, beside }: { parts: Share[]; beside?: ReactNode }) {
  return (
    <>
      <div aria-hidden="true" className="mb-2.5 flex h-2 gap-0.5 overflow-hidden rounded-full">
        {parts.map(({ kind, percent }) => (
          <div className={`min-w-0.5 ${fills[kind]}`} key={kind} style={{ width: `${percent}%` }} />
        ))}
      </div>
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-1.5 text-[0.8125rem] text-ink-2">
        <ul aria-label="What protects your apps and bots" className="flex min-w-0 flex-wrap gap-x-4.5 gap-y-1">
          {parts.map(({ kind, label }) => (
            <li className="flex items-baseline gap-1.75" key={kind}>
              <span aria-hidden="true" className={`size-2.25 shrink-0 rounded-[3px] ${fills[kind]}`} />
              {label}
            </li>
          ))}
        </ul>
        {beside}
      </div>
    </>
  );
}

/** In forced colours backgrounds vanish, so that each share has a system colour too. */
const fills = {
  key: 'bg-act forced-colors:bg-[Highlight]',
  lost: 'striped forced-colors:bg-[Mark]',
  platform: 'hatched forced-colors:bg-[GrayText]',
  other: 'bg-act/45 forced-colors:bg-[LinkText]',
} as const satisfies Record<Share['kind'], string>;
