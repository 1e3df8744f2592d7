import { ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';

/** How the button of a compact filter looks, with something chosen and without. */
export function pickLook(isChosen: boolean): string {
  return classNames(
    'inline-flex min-h-8 max-w-64 items-center gap-2 rounded-control border border-edge px-2.5 py-0.5 text-[0.8125rem] hover:bg-hover',
    isChosen ? 'bg-sunk font-[550]' : 'bg-panel',
  );
}

export function PickFace({ children }: { children: ReactNode }) {
  return (
    <>
      <span className="truncate">{children}</span>
      <ChevronDown aria-hidden="true" className="size-3.5 shrink-0" />
    </>
  );
}
