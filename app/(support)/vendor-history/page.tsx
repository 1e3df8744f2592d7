import type { Metadata } from 'next';
import { currentCaller } from '#lib/auth/current-caller.ts';
import { listVendorHistory } from '#lib/operations/history/list-vendor-history.ts';
import { historyHref, readFilters } from '../../_history/filters.ts';
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
    listVendorHistory(caller, { ...filters, limit: eventsPerPage }),
  ]);
  if (!history.ok) {
    // The layout lets support in too, for the tenants.
    if (history.error.code === 'forbidden' && me.ok) return <WrongRole me={me.data} />;
    return <Refused error={history.error} path={historyHref(filters, path)} title="History" />;
  }
  return (
    <HistoryScreen
      filters={filters}
      history={history.data}
      path={path}
      subtitle="What the vendor’s people and commands have done, and tries to sign in with addresses that belong to no account. What a tenant’s own people do is in that tenant’s history alone."
    />
  );
}
