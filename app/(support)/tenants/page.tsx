import type { Metadata } from 'next';
import { PageHeader } from '#components/ui/page-header.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { currentCaller } from '#lib/auth/current-caller.ts';
import { listTenants } from '#lib/operations/list-tenants.ts';
import { Refused } from '../../(admin)/enterprise-key/_manage/refused.tsx';
import { arrangeTenants, listAddress, readListState } from './arrange-tenants.ts';
import { TenantSearch } from './tenant-search.tsx';
import { TenantTable } from './tenant-table.tsx';

export const metadata: Metadata = { title: 'Tenants' };

type TenantsPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function TenantsPage({ searchParams }: TenantsPageProps) {
  const state = readListState(await searchParams);
  const tenants = await listTenants(await currentCaller(), {});
  if (!tenants.ok) return <Refused error={tenants.error} path={listAddress(state)} title="Tenants" />;
  const arranged = arrangeTenants(tenants.data, state);
  return (
    <>
      <PageHeader
        subtitle="Riskiest first. You see status and causes, never keys or data; what you open is in the tenant’s own history."
        title="Tenants"
      />
      <Panel>
        <TenantSearch found={arranged.found} state={state} total={tenants.data.length} />
        <TenantTable arranged={arranged} state={state} />
      </Panel>
    </>
  );
}
