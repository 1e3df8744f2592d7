'use client';

import type { MouseEvent } from 'react';
import { Badge } from '#components/ui/badge.tsx';
import { useHydrated } from '#components/ui/use-hydrated.ts';
import { visible } from '#lib/byok/visible-text.ts';
import { clockIn, dayIn, instantIn, useZone } from './reader-time.ts';
import { SentenceText } from './sentence-text.tsx';
import type { ToldEvent } from './told-event.ts';

type EventsByDayProps = {
  events: readonly ToldEvent[];
  /** The event whose details are open. */
  openId: string | null;
  hrefOf: (id: string) => string;
  onOpen: (id: string) => void;
};

/** Events, newest first, below the day on which they happened. Each is a link to its details. */
export function EventsByDay({ events, openId, hrefOf, onOpen }: EventsByDayProps) {
  const zone = useZone();
  const today = useHydrated() ? dayIn(new Date().toISOString(), zone) : null;
  const days = Map.groupBy(events, ({ event }) => dayIn(event.at, zone));
  return (
    <section aria-label="Events">
      {[...days].map(([day, ofDay]) => (
        <div className="mt-5 first:mt-0" key={day}>
          <h2 className="border-line border-b pb-1.5 font-[550] text-[0.8125rem] text-ink-2">
            {day === today ? day.replace(/^[^,]+/, 'Today') : day}
          </h2>
          <ul className="-mx-2.5 mt-1">
            {ofDay.map((told) => (
              <EventRow
                href={hrefOf(told.event.id)}
                isOpen={told.event.id === openId}
                key={told.event.id}
                onOpen={onOpen}
                told={told}
                zone={zone}
              />
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
}

type EventRowProps = {
  told: ToldEvent;
  zone: string;
  isOpen: boolean;
  href: string;
  onOpen: (id: string) => void;
};

function EventRow({ told: { event, sentence, badge }, zone, isOpen, href, onOpen }: EventRowProps) {
  // Whose it is, unless the sentence says so.
  const tenant = event.tenantName ? visible(event.tenantName) : null;

  function open(click: MouseEvent): void {
    // A new tab or window gets the address itself.
    if (click.metaKey || click.ctrlKey || click.shiftKey || click.button !== 0) return;
    click.preventDefault();
    onOpen(event.id);
  }
  return (
    <li>
      <a
        aria-current={isOpen ? 'true' : undefined}
        className="flex scroll-mt-16 flex-wrap items-start gap-x-3 gap-y-1 rounded-control px-2.5 py-1.75 text-ink no-underline hover:bg-hover aria-[current]:bg-hover sm:flex-nowrap forced-colors:aria-[current]:outline-2"
        href={href}
        id={event.id}
        onClick={open}
      >
        <time className="w-11 shrink-0 text-ink-2 tabular-nums" dateTime={event.at} title={instantIn(event.at, zone)}>
          {clockIn(event.at, zone)}
        </time>
        <span className="wrap-anywhere min-w-0 flex-1">
          <SentenceText sentence={sentence} zone={zone} />
          {tenant &&
          !sentence.some((piece) => typeof piece !== 'string' && 'name' in piece && piece.name === tenant) ? (
            <span className="block text-[0.8125rem] text-ink-2">{tenant}</span>
          ) : null}
        </span>
        {badge ? <Badge tone={badge.tone}>{badge.label}</Badge> : null}
      </a>
    </li>
  );
}
