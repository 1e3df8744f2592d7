'use client';

import { type KeyboardEvent, type ReactNode, useId } from 'react';

type TabsProps<T extends string> = {
  /** What is chosen between. */
  label: string;
  tabs: readonly { value: T; label: string }[];
  chosen: T;
  onChoose: (value: T) => void;
  /** At the end of their line. */
  actions?: ReactNode;
  /** What the chosen tab shows. */
  children: ReactNode;
};

/**
 * Tabs within a page. The arrow keys, Home and End move between them and choose at once, as https://www.w3.org/WAI/ARIA/apg/patterns/tabs/
 * asks of tabs whose content is there. Base UI's come with 16 KB, which the page that has them cannot spare.
 */
export function Tabs<T extends string>({ label, tabs, chosen, onChoose, actions, children }: TabsProps<T>) {
  const id = useId();
  const tabId = (value: T) => `${id}-${value}`;

  function move(event: KeyboardEvent<HTMLElement>): void {
    const at = tabs.findIndex(({ value }) => value === chosen);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 }[event.key];
    const next = to === undefined ? undefined : tabs.at(to % tabs.length);
    if (!next || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    onChoose(next.value);
    document.getElementById(tabId(next.value))?.focus();
  }

  return (
    <>
      <div className="mb-3 flex flex-wrap items-end justify-between gap-x-4 gap-y-2">
        <div aria-label={label} className="flex flex-wrap sm:gap-1" role="tablist">
          {tabs.map((tab) => (
            <button
              aria-controls={tab.value === chosen ? `${id}-panel` : undefined}
              aria-selected={tab.value === chosen}
              className="rounded-t-control border-transparent border-b-2 px-1.5 py-1.5 font-medium sm:px-2.5 text-ink-2 hover:bg-hover hover:text-ink aria-selected:border-act aria-selected:text-ink"
              id={tabId(tab.value)}
              key={tab.value}
              onClick={() => onChoose(tab.value)}
              onKeyDown={move}
              role="tab"
              tabIndex={tab.value === chosen ? 0 : -1}
              type="button"
            >
              {tab.label}
            </button>
          ))}
        </div>
        {actions}
      </div>
      <div aria-labelledby={tabId(chosen)} id={`${id}-panel`} role="tabpanel" tabIndex={-1}>
        {children}
      </div>
    </>
  );
}
