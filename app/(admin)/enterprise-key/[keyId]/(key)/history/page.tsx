import type { Metadata } from 'next';
import { TenantHistory } from '../../../../../_history/tenant-history.tsx';

export const metadata: Metadata = { title: 'History' };

type PageProps = {
  params: Promise<{ keyId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

/** What happened to this key alone. */
export default async function KeyHistoryPage({ params, searchParams }: PageProps) {
  const [{ keyId }, search] = await Promise.all([params, searchParams]);
  return <TenantHistory keyId={keyId} params={search} path={`/enterprise-key/${encodeURIComponent(keyId)}/history`} />;
}
