import Link from 'next/link';
import { LinkButton } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { Panel, PanelHeader } from '#components/ui/panel.tsx';
import { EventsTable } from './events-table.tsx';
import type { HistoryPage } from './export-stream.ts';
import { historyHref } from './filters.ts';

type TargetHistoryProps = { history: HistoryPage; path: string; notNewest: boolean };

/** A page of the events of one thing, beside what else is told of it. */
export function TargetHistory({ history: { events, next }, path, notNewest }: TargetHistoryProps) {
  return (
    <Panel aria-labelledby="events">
      <PanelHeader
        actions={
          <Link className="link text-[0.8125rem]" href="/history">
            All events
          </Link>
        }
        id="events"
        title="History"
      />
      {events.length === 0 ? (
        <EmptyState title="Nothing has happened here yet." />
      ) : (
        <EventsTable events={events} path={path} />
      )}
      <nav aria-label="Pages of the history" className="mt-3 flex flex-wrap gap-2.5 empty:hidden">
        {notNewest ? (
          <LinkButton href={path} size="small">
            Newest events
          </LinkButton>
        ) : null}
        {next ? (
          <LinkButton href={historyHref({ before: next }, path)} size="small">
            Older events
          </LinkButton>
        ) : null}
      </nav>
    </Panel>
  );
}
