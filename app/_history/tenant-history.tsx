import { notFound } from 'next/navigation';
import { currentCaller } from '#lib/auth/current-caller.ts';
import { listHistory } from '#lib/operations/history/list-history.ts';
import { Refused } from '../_shared/refusal/refused.tsx';
import { askedFor, readFilters } from './filters.ts';
import { historyHref } from './history-address.ts';
import { HistoryScreen } from './history-screen.tsx';

const eventsPerPage = 50;

type TenantHistoryProps = {
  params: Record<string, string | string[] | undefined>;
  path: string;
  /** The history of this key alone, below a heading that the page has itself. */
  keyId?: string;
};

/** The history of the tenant that is signed in, or of one key of it. */
export async function TenantHistory({ params, path, keyId }: TenantHistoryProps) {
  const filters = readFilters(params);
  const asked = { ...askedFor(filters), ...(keyId ? { keyId } : {}), view: true, limit: eventsPerPage };
  const history = await listHistory(await currentCaller(), asked);
  if (!history.ok) {
    // Something that is no key ID at all names a key that does not exist.
    if (keyId && history.error.code === 'invalid-input') notFound();
    return <Refused error={history.error} path={historyHref(filters, path)} title="History" />;
  }
  return (
    <HistoryScreen
      exportPath="/history"
      filters={filters}
      history={history.data}
      of="tenant"
      path={path}
      subtitle="Who did what, and when. Events can’t be changed or deleted."
      {...(keyId ? { keyId } : {})}
    />
  );
}
