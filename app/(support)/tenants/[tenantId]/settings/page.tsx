import type { Metadata } from 'next';
import { Callout } from '#components/ui/callout.tsx';
import { currentCaller } from '#lib/auth/current-caller.ts';
import { readTenant } from '#lib/operations/tenants/read-tenant.ts';
import { commitmentSentence } from '../../../../_shared/key/commitment-sentence.ts';
import { Refused } from '../../../../_shared/refusal/refused.tsx';
import { currentMe } from '../../../../_shell/current-me.ts';
import { RegionRule } from '../../_tenants/tenant/region-rule.tsx';
import { TenantHeader } from '../../_tenants/tenant/tenant-header.tsx';

export const metadata: Metadata = { title: 'Settings of a tenant' };

/** What the vendor has set for one tenant. */
export default async function TenantSettingsPage({ params }: { params: Promise<{ tenantId: string }> }) {
  const { tenantId } = await params;
  const caller = await currentCaller();
  const [me, view] = await Promise.all([currentMe(), readTenant(caller, { tenantId })]);
  const path = `/tenants/${encodeURIComponent(tenantId)}/settings`;
  if (!view.ok) return <Refused error={view.error} title="Tenant" path={path} />;
  const { tenant, regionRule, commitment } = view.data;
  const role = me.ok ? me.data.role : 'support';
  const binding = commitmentSentence(commitment, tenant.name);
  return (
    <>
      <TenantHeader role={role} tenant={tenant} />
      {binding ? <Callout title={binding} /> : null}
      <RegionRule homeRegion={tenant.homeRegion} role={role} rule={regionRule} tenantId={tenant.id} />
    </>
  );
}
