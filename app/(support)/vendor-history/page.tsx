import type { Metadata } from 'next';
import { currentCaller } from '#lib/auth/current-caller.ts';
import { listVendorHistory } from '#lib/operations/history/list-vendor-history.ts';
import { askedFor, readFilters } from '../../_history/filters.ts';
import { historyHref } from '../../_history/history-address.ts';
import { HistoryScreen } from '../../_history/history-screen.tsx';
import { Refused } from '../../_shared/refusal/refused.tsx';
import { currentMe } from '../../_shell/current-me.ts';
import { WrongRole } from '../../_shell/wrong-role.tsx';

export const metadata: Metadata = { title: 'History' };

const path = '/vendor-history';
const eventsPerPage = 50;

type VendorHistoryPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function VendorHistoryPage({ searchParams }: VendorHistoryPageProps) {
  const filters = readFilters(await searchParams);
  const caller = await currentCaller();
  const [me, history] = await Promise.all([
    currentMe(),
    listVendorHistory(caller, { ...askedFor(filters), view: true, limit: eventsPerPage }),
  ]);
  if (!history.ok) {
    // The layout lets support in too, for the tenants.
    if (history.error.code === 'forbidden' && me.ok) return <WrongRole me={me.data} />;
    return <Refused error={history.error} path={historyHref(filters, path)} title="History" />;
  }
  return (
    <HistoryScreen
      exportPath={path}
      filters={filters}
      history={history.data}
      of="vendor"
      path={path}
      subtitle="What vendor accounts and commands did, and failed sign-ins with unknown addresses. Tenants’ own actions are in their histories."
    />
  );
}
