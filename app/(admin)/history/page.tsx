import type { Metadata } from 'next';
import { TenantHistory } from '../../_history/tenant-history.tsx';

export const metadata: Metadata = { title: 'History' };

type HistoryPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function HistoryPage({ searchParams }: HistoryPageProps) {
  return <TenantHistory params={await searchParams} path="/history" />;
}
