'use client';

import Link from 'next/link';
import { Badge } from '#components/ui/badge.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { Panel, PanelHeader } from '#components/ui/panel.tsx';
import { Table, Tbody, Td, Th, Thead, Tr } from '#components/ui/table.tsx';
import type { AppRow } from '#lib/byok/app-views.ts';
import { formatCount } from '#lib/byok/format.ts';
import { HelpTerm } from '../../../_shared/help/help-term.tsx';
import { pageOf } from '../../../_shared/table/paging.ts';
import { TablePager } from '../../../_shared/table/table-pager.tsx';
import { TableSearch } from '../../../_shared/table/table-search.tsx';
import { useTableParams } from '../../../_shared/table/use-table-params.ts';
import { matchingRows, protectedByWords, wrappedByWords } from './app-words.ts';

const title = 'Apps and bots';

/** Each app and bot with what protects it; its settings are a page of its own. */
export function AppTable({ apps }: { apps: AppRow[] }) {
  const { search, page, setSearch, setPage } = useTableParams('apps');
  const shown = pageOf(matchingRows(apps, search), page);
  return (
    <Panel aria-labelledby="apps">
      <PanelHeader
        actions={<TableSearch label="Search apps and bots" onSearch={setSearch} value={search} />}
        description="Open one to see its encryption or to change its key."
        help={<HelpTerm term="envelope encryption" />}
        id="apps"
        title={title}
      />
      {shown.total === 0 ? (
        <EmptyState title={apps.length === 0 ? 'There is no app or bot yet.' : 'No app or bot matches.'}>
          {apps.length === 0 ? 'The vendor adds them.' : `Clear the search to see all ${formatCount(apps.length)}.`}
        </EmptyState>
      ) : (
        <Table label={title}>
          <Thead>
            <tr>
              <Th>Name</Th>
              <Th>Kind</Th>
              <Th>Protected by</Th>
              <Th>Data keys wrapped by</Th>
              <Th numeric>Records</Th>
            </tr>
          </Thead>
          <Tbody>
            {shown.rows.map((app) => (
              <Row app={app} key={app.id} />
            ))}
          </Tbody>
        </Table>
      )}
      <TablePager label={title} onPage={setPage} page={shown} />
    </Panel>
  );
}

function Row({ app }: { app: AppRow }) {
  const { tone, label } = protectedByWords(app);
  return (
    <Tr>
      <Th className="min-w-40 font-normal [overflow-wrap:anywhere]" scope="row">
        <Link className="link" href={`/apps/${app.id}`}>
          {app.name}
        </Link>
      </Th>
      <Td className="text-ink-2">{app.kind}</Td>
      <Td className="min-w-40">
        <Badge tone={tone}>{label}</Badge>
      </Td>
      <Td className="min-w-44 text-ink-2 [overflow-wrap:anywhere]">{wrappedByWords(app)}</Td>
      <Td numeric>{formatCount(app.records)}</Td>
    </Tr>
  );
}
