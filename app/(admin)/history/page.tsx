import type { Metadata } from 'next';
import { LinkButton } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { currentCaller } from '#lib/auth/current-caller.ts';
import { listHistory } from '#lib/operations/list-history.ts';
import { Refused } from '../enterprise-key/_manage/refused.tsx';
import { EventsTable } from './_events-table.tsx';
import { HistoryFilterForm } from './_filter-form.tsx';
import { type HistoryFilters, historyHref, readFilters } from './_filters.ts';

export const metadata: Metadata = { title: 'History' };

const eventsPerPage = 50;

type HistoryPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function HistoryPage({ searchParams }: HistoryPageProps) {
  const filters = readFilters(await searchParams);
  const history = await listHistory(await currentCaller(), { ...filters, limit: eventsPerPage });
  if (!history.ok) return <Refused error={history.error} path={historyHref(filters)} title="History" />;
  const { events, next } = history.data;
  const { before, from, ...choice } = filters;
  const filtered = Object.keys(choice).length > 0;
  return (
    <>
      <PageHeader
        actions={<ExportLinks choice={choice} />}
        subtitle="Who did what, when, and what it changed. Nothing here can be changed or removed."
        title="History"
      />
      <Panel>
        <HistoryFilterForm filters={choice} />
        {events.length === 0 ? (
          <EmptyState
            action={filtered || before || from ? <LinkButton href="/history">Show all</LinkButton> : null}
            title={filtered ? 'No event matches.' : 'Nothing has happened here yet.'}
          />
        ) : (
          <EventsTable events={events} />
        )}
        <Pages choice={choice} next={next} notNewest={Boolean(before || from)} />
      </Panel>
    </>
  );
}

type Choice = Pick<HistoryFilters, 'outcome' | 'operation'>;

/** Downloads, not pages: plain links, which the router does not fetch beforehand. */
function ExportLinks({ choice }: { choice: Choice }) {
  return (
    <>
      <a className="link" download href={historyHref(choice, '/history/export.csv')}>
        Export CSV
      </a>
      <a className="link" download href={historyHref(choice, '/history/export.json')}>
        Export JSON
      </a>
    </>
  );
}

function Pages({ choice, next, notNewest }: { choice: Choice; next: string | null; notNewest: boolean }) {
  return (
    <nav aria-label="Pages of the history" className="mt-3 flex flex-wrap gap-2.5">
      {notNewest ? (
        <LinkButton href={historyHref(choice)} size="small">
          Newest events
        </LinkButton>
      ) : null}
      {next ? (
        <LinkButton href={historyHref({ ...choice, before: next })} size="small">
          Older events
        </LinkButton>
      ) : null}
    </nav>
  );
}
