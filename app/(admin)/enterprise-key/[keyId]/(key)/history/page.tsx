import type { Metadata } from 'next';
import { currentCaller } from '#lib/auth/current-caller.ts';
import { listHistory } from '#lib/operations/history/list-history.ts';
import { historyHref, readFilters } from '../../../../../_history/filters.ts';
import { TargetHistory } from '../../../../../_history/target-history.tsx';
import { Refused } from '../../../../../_shared/refusal/refused.tsx';

export const metadata: Metadata = { title: 'History' };

const eventsPerPage = 25;

type PageProps = {
  params: Promise<{ keyId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

/** What happened to this key alone. */
export default async function KeyHistoryPage({ params, searchParams }: PageProps) {
  const [{ keyId }, search] = await Promise.all([params, searchParams]);
  const { before, from } = readFilters(search);
  const place = { ...(before ? { before } : {}), ...(from ? { from } : {}) };
  const path = `/enterprise-key/${encodeURIComponent(keyId)}/history`;
  const history = await listHistory(await currentCaller(), { ...place, target: keyId, limit: eventsPerPage });
  if (!history.ok) return <Refused error={history.error} path={historyHref(place, path)} title="History" />;
  return <TargetHistory history={history.data} notNewest={Boolean(before || from)} path={path} />;
}
