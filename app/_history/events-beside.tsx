'use client';

import { parseAsString, useQueryState } from 'nuqs';
import type { ReactNode } from 'react';
import { BesideSheet } from '#components/ui/beside-sheet.tsx';
import { late } from '#components/ui/late.tsx';
import { useHydrated } from '#components/ui/use-hydrated.ts';
import { EventsByDay } from './events-by-day.tsx';
import { eventHref, type HistoryFilters, historyHref } from './history-address.ts';
import type { ToldEvent } from './told-event.ts';

/** Fetched when somebody opens an event. */
const EventDetails = late(() => import('./event-details.tsx').then((module) => module.EventDetails));

type EventsBesideProps = {
  events: readonly ToldEvent[];
  /** The event that the address names, where it stands on another page. */
  elsewhere: ToldEvent | null;
  filters: HistoryFilters;
  path: string;
  header: ReactNode;
  /** In place of the list where it is empty. */
  empty: ReactNode;
  footer: ReactNode;
};

/** The list with the details of one event beside it. Which one is open stands in the address. */
export function EventsBeside({ events, elsewhere, filters, path, header, empty, footer }: EventsBesideProps) {
  const [openId, setOpenId] = useQueryState('event', parseAsString.withOptions({ history: 'push' }));
  const told = openId === null ? null : (events.find(({ event }) => event.id === openId) ?? elsewhere);
  // The server knows neither the reader's zone nor the address under which it is read.
  const hydrated = useHydrated();
  const open = told !== null && told.event.id === openId ? told : null;
  return (
    <>
      <BesideSheet isOpen={open !== null}>
        {header}
        {events.length === 0 ? (
          empty
        ) : (
          <EventsByDay
            events={events}
            hrefOf={(id) => historyHref({ ...filters, event: id }, path)}
            onOpen={(id) => void setOpenId(id)}
            openId={open?.event.id ?? null}
          />
        )}
        {footer}
      </BesideSheet>
      {open && hydrated ? (
        <EventDetails href={eventHref(open.event.id, path)} onClose={() => void setOpenId(null)} told={open} />
      ) : null}
    </>
  );
}
