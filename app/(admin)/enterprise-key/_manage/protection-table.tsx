'use client';

import { Badge } from '#components/ui/badge.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { Panel, PanelHeader } from '#components/ui/panel.tsx';
import { Table, Tbody, Td, Th, Thead, Tr } from '#components/ui/table.tsx';
import type { AppProtection, KeyPageView } from '#lib/byok/views.ts';
import { countOf, formatCount } from './format.ts';
import { pageOf } from './paging.ts';
import { matchingApps, protectionBadge } from './protection.ts';
import { TablePager } from './table-pager.tsx';
import { TableSearch } from './table-search.tsx';
import { useTableParams } from './use-table-params.ts';

const title = 'What protects each app now';

/** Each app and bot of the tenant with what protects it now. */
export function ProtectionTable({ view }: { view: KeyPageView }) {
  const { search, page, setSearch, setPage } = useTableParams('apps');
  const shown = pageOf(matchingApps(view.apps, search), page);
  const kept = view.apps.reduce((sum, app) => sum + app.keptDataKeys, 0);
  return (
    <Panel aria-labelledby="protection">
      <PanelHeader
        actions={<TableSearch label="Search apps and bots" onSearch={setSearch} value={search} />}
        id="protection"
        title={title}
      />
      {shown.total === 0 ? (
        <EmptyState title="No app or bot matches.">
          Clear the search to see all {formatCount(view.apps.length)}.
        </EmptyState>
      ) : (
        <Table label={title}>
          <Thead>
            <tr>
              <Th>App or bot</Th>
              <Th>Kind</Th>
              <Th>Protected by</Th>
              <Th numeric>Data keys</Th>
              <Th numeric>Records</Th>
            </tr>
          </Thead>
          <Tbody>
            {shown.rows.map((app) => (
              <ProtectionRow app={app} key={app.id} keyId={view.id} />
            ))}
          </Tbody>
        </Table>
      )}
      <TablePager label={title} onPage={setPage} page={shown} />
      {kept > 0 ? (
        <p className="mt-3 text-[0.8125rem] text-ink-2">
          {countOf(kept, 'older data key is', 'older data keys are')} kept under your key, because data encrypted under
          them has left through the vendor’s interface and would not open without them.
        </p>
      ) : null}
    </Panel>
  );
}

function ProtectionRow({ app, keyId }: { app: AppProtection; keyId: string }) {
  const { tone, label } = protectionBadge(app, keyId);
  return (
    <Tr>
      <Th className="min-w-44 font-normal" scope="row">
        {app.name}
        <span className="hidden font-mono text-[0.75rem] text-ink-3 sm:block">{app.id}</span>
      </Th>
      <Td className="text-ink-2">{app.kind}</Td>
      <Td>
        <Badge tone={tone}>{label}</Badge>
      </Td>
      <Td numeric>{formatCount(app.dataKeys)}</Td>
      <Td numeric>{formatCount(app.records)}</Td>
    </Tr>
  );
}
