import type { Metadata } from 'next';
import { LinkButton } from '#components/ui/button.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { currentCaller } from '#lib/auth/current-caller.ts';
import { listTenants } from '#lib/operations/tenants/list-tenants.ts';
import { Refused } from '../../_shared/refusal/refused.tsx';
import { currentMe } from '../../_shell/current-me.ts';
import { arrangeTenants, listAddress, readListState } from './_tenants/list/arrange-tenants.ts';
import { NoTenantYet } from './_tenants/list/no-tenant-yet.tsx';
import { TenantList } from './_tenants/list/tenant-list.tsx';

export const metadata: Metadata = { title: 'Tenants' };

type TenantsPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function TenantsPage({ searchParams }: TenantsPageProps) {
  const state = readListState(await searchParams);
  const [me, tenants] = await Promise.all([currentMe(), listTenants(await currentCaller(), {})]);
  if (!tenants.ok) return <Refused error={tenants.error} path={listAddress(state)} title="Tenants" />;
  const mayCreate = me.ok && me.data.role === 'operator';
  const arranged = arrangeTenants(tenants.data, state);
  return (
    <>
      <PageHeader
        actions={
          mayCreate ? (
            <LinkButton href="/tenants/new" variant="primary">
              Create Tenant
            </LinkButton>
          ) : null
        }
        subtitle="Riskiest first. You see status and causes, never keys or data. Tenants can see which pages you open."
        title="Tenants"
      />
      <Panel>
        {tenants.data.length === 0 ? (
          <NoTenantYet mayCreate={mayCreate} />
        ) : (
          <TenantList initial={arranged} renderedAt={Date.now()} state={state} />
        )}
      </Panel>
    </>
  );
}
