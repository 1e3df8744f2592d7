import { CopyButton } from '#components/ui/copy-button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { Panel, PanelHeader } from '#components/ui/panel.tsx';
import { Table, Tbody, Td, Th, Thead, Tr } from '#components/ui/table.tsx';
import type { PagedRows, TenantApp } from '#lib/byok/vendor-views.ts';
import { CreateApp } from './create-app.tsx';
import { PageLinks } from './page-links.tsx';

type TenantAppsProps = {
  tenantId: string;
  apps: PagedRows<TenantApp>;
  /** Whether the tenant has an enterprise key that a new app will not belong to by itself. */
  hasKey: boolean;
  mayCreate: boolean;
  /** Where another page of the list is. */
  address: (page: number) => string;
};

/** What of the tenant's holds data, with the IDs by which services name it. */
export function TenantApps({ tenantId, apps, hasKey, mayCreate, address }: TenantAppsProps) {
  return (
    <Panel aria-labelledby="apps">
      <PanelHeader
        description="Your services name an app by its ID when they encrypt and decrypt."
        id="apps"
        title="Apps and bots"
      />
      {apps.total === 0 ? (
        <EmptyState title="No app or bot yet.">
          <p>{mayCreate ? 'Create the first one below.' : 'An operator creates them.'}</p>
        </EmptyState>
      ) : (
        <Table label="Apps and bots">
          <Thead>
            <Tr>
              <Th>Name</Th>
              <Th>Kind</Th>
              <Th>Reference</Th>
              <Th>Key</Th>
              <Th>App ID</Th>
            </Tr>
          </Thead>
          <Tbody>
            {apps.rows.map((app) => (
              <Tr key={app.id}>
                <Th className="wrap-anywhere min-w-28" scope="row">
                  {app.name}
                </Th>
                <Td>{app.kind === 'app' ? 'App' : 'Bot'}</Td>
                <Td className="min-w-28">
                  <code className="wrap-anywhere font-mono text-[0.78125rem]">{app.reference}</code>
                </Td>
                <Td className="wrap-anywhere min-w-28">
                  {app.keyAlias === null ? 'Platform key' : app.keyAlias || 'Without alias'}
                </Td>
                <Td>
                  <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
                    <code className="whitespace-nowrap font-mono text-[0.78125rem]">{app.id}</code>
                    <CopyButton aria-label={`Copy the ID of ${app.name}`} text={app.id} />
                  </span>
                </Td>
              </Tr>
            ))}
          </Tbody>
        </Table>
      )}
      <PageLinks address={address} label="apps and bots" paged={apps} />
      {mayCreate ? <CreateApp hasKey={hasKey} tenantId={tenantId} /> : null}
    </Panel>
  );
}
