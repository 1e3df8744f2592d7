import { Callout } from '#components/ui/callout.tsx';
import { CopyButton } from '#components/ui/copy-button.tsx';
import { Panel, PanelHeader } from '#components/ui/panel.tsx';
import { ScrollArea } from '#components/ui/scroll-area.tsx';
import { currentCaller } from '#lib/auth/current-caller.ts';
import { readTenant } from '#lib/operations/tenants/read-tenant.ts';
import { commitmentSentence } from '../../../_shared/key/commitment-sentence.ts';
import { Refused } from '../../../_shared/refusal/refused.tsx';
import { currentMe } from '../../../_shell/current-me.ts';
import { LiveTenantCondition } from '../_tenants/tenant/live-tenant-condition.tsx';
import { People } from '../_tenants/tenant/people.tsx';
import { SendToCustomer } from '../_tenants/tenant/send-to-customer.tsx';
import { TenantApps } from '../_tenants/tenant/tenant-apps.tsx';
import { TenantHeader } from '../_tenants/tenant/tenant-header.tsx';
import { TenantKeys } from '../_tenants/tenant/tenant-keys.tsx';

type TenantPageProps = {
  params: Promise<{ tenantId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function TenantPage({ params, searchParams }: TenantPageProps) {
  const { tenantId } = await params;
  const { people: peopleAsked, apps: appsAsked } = await searchParams;
  const [peoplePage, appsPage] = [pageNumber(peopleAsked), pageNumber(appsAsked)];
  const caller = await currentCaller();
  const [me, view] = await Promise.all([currentMe(), readTenant(caller, { tenantId, peoplePage, appsPage })]);
  if (!view.ok) return <Refused error={view.error} title="Tenant" path={`/tenants/${encodeURIComponent(tenantId)}`} />;
  const { tenant, keys, request, diagnosis, commitment, people, apps } = view.data;
  const role = me.ok ? me.data.role : 'support';
  const binding = commitmentSentence(commitment, tenant.name);
  return (
    <>
      <TenantHeader role={role} tenant={tenant} />
      {request ? <SendToCustomer request={request} /> : null}
      <LiveTenantCondition initial={tenant} />
      {binding ? <Callout title={binding} /> : null}
      <TenantKeys keys={keys} tenantId={tenant.id} />
      <TenantApps
        address={(page) => pageAddress(tenantId, { people: people.page, apps: page })}
        apps={apps}
        hasKey={keys.some(({ state }) => state !== 'reverted')}
        mayCreate={role === 'operator'}
        tenantId={tenant.id}
      />
      <People
        address={(page) => pageAddress(tenantId, { people: page, apps: apps.page })}
        mayCreate={role === 'operator'}
        people={people}
        tenantId={tenant.id}
      />
      <Panel aria-labelledby="diagnosis">
        <PanelHeader
          actions={<CopyButton text={diagnosis}>Copy diagnosis</CopyButton>}
          description="Plain text for a ticket. It holds no secret and nothing of the tenant’s data."
          id="diagnosis"
          title="Diagnosis"
        />
        <ScrollArea
          className="overflow-x-auto rounded-md border border-line bg-sunk"
          ground="sunk"
          label="Diagnosis text"
        >
          <pre className="w-max min-w-full px-3 py-2.5 font-mono text-[0.78125rem] leading-5">{diagnosis}</pre>
        </ScrollArea>
      </Panel>
    </>
  );
}

/** Anybody may have typed the address: what is no page is the first. */
function pageNumber(asked: string | string[] | undefined): number {
  const page = Number(asked);
  return Number.isInteger(page) && page >= 1 && page <= 1_000_000 ? page : 1;
}

function pageAddress(tenantId: string, pages: { people: number; apps: number }): string {
  const params = new URLSearchParams(
    Object.entries(pages).flatMap(([list, page]) => (page > 1 ? [[list, `${page}`]] : [])),
  );
  return `/tenants/${tenantId}${params.size > 0 ? `?${params}` : ''}`;
}
