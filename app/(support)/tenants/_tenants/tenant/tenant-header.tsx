import { PageHeader } from '#components/ui/page-header.tsx';
import { TabNav } from '#components/ui/tab-nav.tsx';
import type { Role } from '#lib/byok/account-views.ts';
import type { TenantRow } from '#lib/byok/vendor-views.ts';
import { tenantTabs, visitWords } from './tenant-words.ts';

/** Above each page of one tenant. Its tabs are not fetched ahead: each look is in the tenant's history. */
export function TenantHeader({ tenant, role }: { tenant: Pick<TenantRow, 'id' | 'name' | 'homeRegion'>; role: Role }) {
  return (
    <>
      <PageHeader
        crumbs={[{ label: 'Tenants', href: '/tenants' }, { label: tenant.homeRegion }]}
        subtitle={visitWords(role, tenant.name)}
        title={tenant.name}
      />
      <TabNav
        label={tenantTabs.label}
        prefetch={false}
        tabs={[
          { label: tenantTabs.diagnosis, href: `/tenants/${tenant.id}` },
          { label: tenantTabs.settings, href: `/tenants/${tenant.id}/settings` },
        ]}
      />
    </>
  );
}
