import type { ReactNode } from 'react';

/** What a page shows beside an open sheet: it makes room where the window is wide enough, so that nothing lies below the sheet. */
export function BesideSheet({ isOpen, children }: { isOpen: boolean; children: ReactNode }) {
  // The page begins after 13.5rem of navigation and is at most 70rem wide; the sheet takes 27.5rem at the right.
  const room = 'lg:mr-[max(0px,min(100vw_-_13.5rem,70rem)_-_100vw_+_41rem)]';
  return <div className={isOpen ? room : undefined}>{children}</div>;
}
