'use client';

import Link from 'next/link';
import { Badge } from '#components/ui/badge.tsx';
import { Panel, PanelHeader } from '#components/ui/panel.tsx';
import { Table, Tbody, Td, Th, Thead, Tr } from '#components/ui/table.tsx';
import { formatCount } from '#lib/byok/format.ts';
import { protectionCounts } from '../../../_shared/key/protection.ts';
import { useKey } from './live-key.tsx';

/** By what the tenant's apps are protected, in numbers; the apps themselves stand on their own tab. */
export function ProtectionSummary() {
  const { view } = useKey();
  return (
    <Panel aria-labelledby="apps-and-bots">
      <PanelHeader actions={<AllApps />} id="apps-and-bots" title="Apps and bots" />
      <Table label="Apps and bots by what protects them">
        <Thead>
          <tr>
            <Th>Protected by</Th>
            <Th numeric>Apps</Th>
            <Th numeric>Data keys</Th>
            <Th numeric>Records</Th>
          </tr>
        </Thead>
        <Tbody>
          {protectionCounts(view).map(({ label, tone, apps, dataKeys, records }) => (
            <Tr key={label}>
              <Th className="py-2 font-normal" scope="row">
                <Badge tone={tone}>{label}</Badge>
              </Th>
              <Td numeric>{formatCount(apps)}</Td>
              <Td numeric>{formatCount(dataKeys)}</Td>
              <Td numeric>{formatCount(records)}</Td>
            </Tr>
          ))}
        </Tbody>
      </Table>
    </Panel>
  );
}

export function AllApps() {
  const { view } = useKey();
  return (
    <Link className="link text-[0.8125rem]" href={`/enterprise-key/${view.id}/apps`}>
      All {formatCount(view.apps.length)}
      <span className="sr-only"> apps and bots</span>
    </Link>
  );
}
