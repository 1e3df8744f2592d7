import { EmptyState } from '#components/ui/empty-state.tsx';
import { Panel, PanelHeader } from '#components/ui/panel.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { Table, Tbody, Td, Th, Thead, Tr } from '#components/ui/table.tsx';
import type { KeySummary } from '#lib/byok/key-views.ts';
import { MoveLine } from '../../../(admin)/enterprise-key/_manage/move-line.tsx';
import { HealthBadge, StatusBadge } from '../../../(admin)/enterprise-key/_manage/status-badge.tsx';

/** Every enterprise key of the tenant, drafts included. */
export function TenantKeys({ keys }: { keys: readonly KeySummary[] }) {
  return (
    <Panel aria-labelledby="keys">
      <PanelHeader id="keys" title="Enterprise keys" />
      {keys.length === 0 ? (
        <EmptyState title="No enterprise key yet.">
          <p>All data of this tenant is under the platform key. Only its administrator can create a key.</p>
        </EmptyState>
      ) : (
        <Table label="Enterprise keys">
          <Thead>
            <Tr>
              <Th>Alias</Th>
              <Th>Status</Th>
              <Th>Key</Th>
              <Th>Enforcement Date</Th>
              <Th>Last seen</Th>
              <Th numeric>Apps and bots</Th>
            </Tr>
          </Thead>
          <Tbody>
            {keys.map((key) => (
              <KeyLine item={key} key={key.id} />
            ))}
          </Tbody>
        </Table>
      )}
    </Panel>
  );
}

function KeyLine({ item }: { item: KeySummary }) {
  return (
    <Tr>
      <Th className="whitespace-nowrap" scope="row">
        {item.alias || 'Without alias'}
      </Th>
      <Td>
        <span className="flex flex-wrap gap-1.5">
          <StatusBadge status={item.status} />
          {item.health ? <HealthBadge state={item.health.state} /> : null}
        </span>
        <div className="mt-1 min-w-56 [&>p]:mb-0">
          <MoveLine move={item.status === 'Scheduled' ? null : item.move} />
        </div>
        {item.health?.cause ? <p className="mt-1">{item.health.cause}</p> : null}
      </Td>
      <Td className="min-w-44">
        {item.keyArn ? <code className="wrap-anywhere font-mono text-[0.78125rem]">{item.keyArn}</code> : '–'}
        {item.versionNumber === null ? null : <p className="text-ink-2">Version {item.versionNumber}</p>}
      </Td>
      <Td className="text-ink-2">{item.enforcementAt ? <RelativeTime at={item.enforcementAt} /> : '–'}</Td>
      <Td className="text-ink-2">{item.health?.at ? <RelativeTime at={item.health.at} /> : '–'}</Td>
      <Td numeric>
        {item.appsUnderKey} of {item.appsSelected}
      </Td>
    </Tr>
  );
}
