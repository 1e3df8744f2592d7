import type { Metadata } from 'next';
import { currentCaller } from '#lib/auth/current-caller.ts';
import { listHistory } from '#lib/operations/history/list-history.ts';
import { historyHref, readFilters } from '../../_history/filters.ts';
import { HistoryScreen } from '../../_history/history-screen.tsx';
import { Refused } from '../../_shared/refusal/refused.tsx';

export const metadata: Metadata = { title: 'History' };

const eventsPerPage = 50;

type HistoryPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function HistoryPage({ searchParams }: HistoryPageProps) {
  const filters = readFilters(await searchParams);
  const history = await listHistory(await currentCaller(), { ...filters, limit: eventsPerPage });
  if (!history.ok) return <Refused error={history.error} path={historyHref(filters)} title="History" />;
  return (
    <HistoryScreen
      filters={filters}
      history={history.data}
      path="/history"
      subtitle="Who did what, when, and what it changed. Nothing here can be changed or removed."
    />
  );
}
