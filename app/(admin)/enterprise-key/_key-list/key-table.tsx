'use client';

import Link from 'next/link';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { Panel, PanelHeader } from '#components/ui/panel.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { Table, Tbody, Td, Th, Thead, Tr } from '#components/ui/table.tsx';
import type { Role } from '#lib/byok/account-views.ts';
import { formatCount } from '#lib/byok/format.ts';
import type { KeySummary } from '#lib/byok/key-views.ts';
import { anyService } from '#lib/byok/providers.ts';
import { HealthBadges } from '../../../_shared/key/health-badge.tsx';
import { besideState, StateBadge, UnknownBadge } from '../../../_shared/key/status-badge.tsx';
import { isNeeded } from '../../../_shared/key/status-summary.ts';
import { TableSearch } from '../../../_shared/table/table-search.tsx';
import { useTableParams } from '../../../_shared/table/use-table-params.ts';
import { matchingKeys } from './matching-keys.ts';
import { nextStepOf } from './next-step.ts';

const title = 'Your keys';

/** All keys that stand, a row each; what was typed into the search is kept in the address. */
export function KeyTable({ keys, role }: { keys: KeySummary[]; role: Role }) {
  const { search, setSearch } = useTableParams('keys');
  const shown = matchingKeys(keys, search);
  return (
    <Panel aria-labelledby="keys">
      <PanelHeader
        actions={<TableSearch label="Search keys" onSearch={setSearch} value={search} />}
        description="An app or bot uses one key at a time."
        id="keys"
        title={title}
      />
      {shown.length === 0 ? (
        <EmptyState title="No key matches.">Clear the search to see all {formatCount(keys.length)}.</EmptyState>
      ) : (
        <Table label={title}>
          <Thead>
            <tr>
              <Th>Alias</Th>
              <Th>Status</Th>
              <Th>Apps and bots</Th>
              <Th>{`Key in ${anyService}`}</Th>
              <Th>Last test</Th>
              <Th>Next step</Th>
            </tr>
          </Thead>
          <Tbody>
            {shown.map((key) => (
              <KeyRow item={key} key={key.id} role={role} />
            ))}
          </Tbody>
        </Table>
      )}
    </Panel>
  );
}

function KeyRow({ item, role }: { item: KeySummary; role: Role }) {
  const next = nextStepOf(item, role);
  const page = `/enterprise-key/${item.id}`;
  return (
    <Tr>
      <Th className="min-w-40 [overflow-wrap:anywhere]" scope="row">
        <Link aria-label={`Open ${item.alias}`} className="link" href={page}>
          {item.alias}
        </Link>
        {item.description ? (
          <span className="mt-0.5 block font-normal text-[0.8125rem] text-ink-2">{item.description}</span>
        ) : null}
      </Th>
      <Td>
        <span className="flex flex-wrap gap-1.5">
          <StateBadge of={item} />
          <UnknownBadge of={item} />
          {isNeeded(item) ? <HealthBadges of={besideState(item)} /> : null}
        </span>
      </Td>
      <Td className="min-w-28 tabular-nums">
        {formatCount(item.appsUnderKey)} use it
        <span className="block text-[0.8125rem] text-ink-2">{formatCount(item.appsSelected)} chosen</span>
      </Td>
      <Td className="min-w-52">
        {item.keyRef ? (
          <code className="wrap-anywhere font-mono text-[0.78125rem]">{item.keyRef}</code>
        ) : (
          'Not entered yet'
        )}
      </Td>
      <Td className="min-w-28">
        {item.lastTest ? (
          <>
            {item.lastTest.passed ? 'Passed' : 'Failed'}{' '}
            <span className="text-ink-2">
              <RelativeTime at={item.lastTest.at} />
            </span>
          </>
        ) : (
          'Not tested yet'
        )}
      </Td>
      <Td className="min-w-40">
        {next.text}
        {next.link ? (
          <>
            {' '}
            <Link className="link whitespace-nowrap" href={next.link.href}>
              {next.link.label}
              <span className="sr-only"> of {item.alias}</span>
            </Link>
          </>
        ) : null}
      </Td>
    </Tr>
  );
}
