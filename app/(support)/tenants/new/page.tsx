import type { Metadata } from 'next';
import { PageHeader } from '#components/ui/page-header.tsx';
import { listedPlaces } from '#lib/byok/connection.ts';
import { Refused } from '../../../_shared/refusal/refused.tsx';
import { currentMe } from '../../../_shell/current-me.ts';
import { WrongRole } from '../../../_shell/wrong-role.tsx';
import { CreateTenant } from '../_tenants/new/create-tenant.tsx';

export const metadata: Metadata = { title: 'Create a tenant' };

export default async function NewTenantPage() {
  const me = await currentMe();
  if (!me.ok) return <Refused error={me.error} path="/tenants/new" title="Create a tenant" />;
  // The layout lets support in too, for the tenants.
  if (me.data.role !== 'operator') return <WrongRole me={me.data} />;
  return (
    <>
      <PageHeader
        crumbs={[{ label: 'Tenants', href: '/tenants' }]}
        subtitle="A customer of yours. Keyward creates its external ID once, for good."
        title="Create a tenant"
      />
      <CreateTenant places={listedPlaces()} />
    </>
  );
}
