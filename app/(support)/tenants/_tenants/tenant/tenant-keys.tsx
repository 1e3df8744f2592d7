import { EmptyState } from '#components/ui/empty-state.tsx';
import { Panel, PanelHeader } from '#components/ui/panel.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { Table, Tbody, Td, Th, Thead, Tr } from '#components/ui/table.tsx';
import { unknownWords } from '#lib/byok/connection-mode.ts';
import { formatCount } from '#lib/byok/format.ts';
import type { KeySummary } from '#lib/byok/key-views.ts';
import { capital, serviceName } from '#lib/byok/providers.ts';
import { HelpTerm } from '../../../../_shared/help/help-term.tsx';
import { HealthBadges } from '../../../../_shared/key/health-badge.tsx';
import { besideState, StateBadge, UnknownBadge } from '../../../../_shared/key/status-badge.tsx';
import { isNeeded } from '../../../../_shared/key/status-summary.ts';
import { whatHangsOn } from '../../../../_shared/key/unreadable-words.ts';
import { TransitionLine } from '../../../../_shared/transitions/transition-line.tsx';
import { CheckTenantKey } from './check-tenant-key.tsx';

/** Every enterprise key of the tenant, drafts included. */
export function TenantKeys({ tenantId, keys }: { tenantId: string; keys: readonly KeySummary[] }) {
  return (
    <Panel aria-labelledby="keys">
      <PanelHeader help={<HelpTerm term="enterprise key" />} id="keys" title="Enterprise keys" />
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
              <KeyLine item={key} key={key.id} tenantId={tenantId} />
            ))}
          </Tbody>
        </Table>
      )}
    </Panel>
  );
}

function KeyLine({ item, tenantId }: { item: KeySummary; tenantId: string }) {
  return (
    <Tr>
      <Th className="wrap-anywhere min-w-32" scope="row">
        {item.alias || 'Without alias'}
      </Th>
      <Td>
        <span className="flex flex-wrap gap-1.5">
          <StateBadge of={item} />
          <UnknownBadge of={item} />
          <HealthBadges of={besideState(item)} />
        </span>
        <div className="mt-1 min-w-56 [&>p]:mb-0">
          <TransitionLine transition={item.status === 'scheduled' ? null : item.transition} />
        </div>
        {item.unknownConnection ? <p className="mt-1">{unknownWords(item.unknownConnection)}</p> : null}
        {item.health?.cause ? <p className="mt-1">{item.health.cause}</p> : null}
        {item.health?.next ? <p className="mt-1 text-ink-2">{item.health.next}</p> : null}
        {item.unreadable.map((version) => (
          <p className="mt-1" key={version.number}>
            {whatHangsOn(version)} cannot be read:{' '}
            {version.health.cause ?? `${capital(serviceName(version.provider))} does not answer.`}
          </p>
        ))}
      </Td>
      <Td className="min-w-44">
        {item.keyRef ? <code className="wrap-anywhere font-mono text-[0.78125rem]">{item.keyRef}</code> : '–'}
        {item.versionNumber === null ? null : <p className="text-ink-2">Version {item.versionNumber}</p>}
      </Td>
      <Td className="text-ink-2">{item.enforcementAt ? <RelativeTime at={item.enforcementAt} /> : '–'}</Td>
      <Td className="min-w-28 text-ink-2">
        {item.health?.at ? <RelativeTime at={item.health.at} /> : '–'}
        {item.versionNumber !== null && isNeeded(item) ? (
          <span className="mt-1 block">
            <CheckTenantKey alias={item.alias} keyId={item.id} tenantId={tenantId} />
          </span>
        ) : null}
      </Td>
      <Td numeric>
        {formatCount(item.appsUnderKey)} of {formatCount(item.appsSelected)}
      </Td>
    </Tr>
  );
}
