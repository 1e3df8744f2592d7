import { LinkButton } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { EventsTable } from './events-table.tsx';
import type { HistoryPage } from './export-stream.ts';
import { HistoryFilterForm } from './filter-form.tsx';
import { type HistoryFilters, historyHref } from './filters.ts';

type HistoryScreenProps = {
  history: HistoryPage;
  filters: HistoryFilters;
  /** Where this history is found. */
  path: string;
  subtitle: string;
};

/** A page of events with what it is filtered by: a tenant's history, and the vendor's own. */
export function HistoryScreen({ history: { events, next }, filters, path, subtitle }: HistoryScreenProps) {
  const { before, from, ...choice } = filters;
  const filtered = Object.keys(choice).length > 0;
  return (
    <>
      <PageHeader actions={<ExportLinks choice={choice} path={path} />} subtitle={subtitle} title="History" />
      <Panel>
        <HistoryFilterForm filters={choice} path={path} />
        {events.length === 0 ? (
          <EmptyState
            action={filtered || before || from ? <LinkButton href={path}>Show all</LinkButton> : null}
            title={filtered ? 'No event matches.' : 'Nothing has happened here yet.'}
          />
        ) : (
          <EventsTable events={events} path={path} />
        )}
        <Pages choice={choice} next={next} notNewest={Boolean(before || from)} path={path} />
      </Panel>
    </>
  );
}

type Choice = Pick<HistoryFilters, 'outcome' | 'operation'>;

/** Downloads, not pages: plain links, which the router does not fetch beforehand. */
function ExportLinks({ choice, path }: { choice: Choice; path: string }) {
  return (
    <>
      <a className="link" download href={historyHref(choice, `${path}/export.csv`)}>
        Export CSV
      </a>
      <a className="link" download href={historyHref(choice, `${path}/export.json`)}>
        Export JSON
      </a>
    </>
  );
}

type PagesProps = { choice: Choice; path: string; next: string | null; notNewest: boolean };

function Pages({ choice, path, next, notNewest }: PagesProps) {
  return (
    <nav aria-label="Pages of the history" className="mt-3 flex flex-wrap gap-2.5">
      {notNewest ? (
        <LinkButton href={historyHref(choice, path)} size="small">
          Newest events
        </LinkButton>
      ) : null}
      {next ? (
        <LinkButton href={historyHref({ ...choice, before: next }, path)} size="small">
          Older events
        </LinkButton>
      ) : null}
    </nav>
  );
}
