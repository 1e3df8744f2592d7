'use client';

import { Button } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { Panel, PanelHeader } from '#components/ui/panel.tsx';
import { Table, Tbody, Th, Thead } from '#components/ui/table.tsx';
import type { Role } from '#lib/byok/account-views.ts';
import { countOf, formatCount, plural } from '#lib/byok/format.ts';
import type { KeyPageView } from '#lib/byok/key-views.ts';
import { HelpTerm } from '../../../_shared/help/help-term.tsx';
import { matchingApps } from '../../../_shared/key/protection.ts';
import { pageOf } from '../../../_shared/table/paging.ts';
import { TablePager } from '../../../_shared/table/table-pager.tsx';
import { TableSearch } from '../../../_shared/table/table-search.tsx';
import { useTableParams } from '../../../_shared/table/use-table-params.ts';
import { ProtectionRow } from './protection-row.tsx';

const title = 'What protects each app now';

type ProtectionTableProps = { view: KeyPageView; role: Role; onChanged: () => void };

/** Each app and bot of the tenant with what protects it at this moment. */
export function ProtectionTable({ view, role, onChanged }: ProtectionTableProps) {
  const { search, page, setSearch, setPage } = useTableParams('apps');
  const shown = pageOf(matchingApps(view.apps, search), page);
  const kept = view.apps.reduce((sum, app) => sum + app.keptDataKeys, 0);
  const noRekey = whyNoRekey(view, role);
  return (
    <Panel aria-labelledby="protection">
      <PanelHeader
        actions={<TableSearch label="Search apps and bots" onSearch={setSearch} value={search} />}
        description="The badge shows the key for new data; older keys are listed below it."
        help={<HelpTerm term="envelope encryption" />}
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
              <Th className="pl-3">Data key since</Th>
              {noRekey === null || view.apps.some(({ rekey }) => rekey) ? <Th>Rekey</Th> : null}
            </tr>
          </Thead>
          <Tbody>
            {shown.rows.map((app) => (
              <ProtectionRow
                app={app}
                key={app.id}
                mayRekey={noRekey === null}
                onChanged={onChanged}
                role={role}
                view={view}
              />
            ))}
          </Tbody>
        </Table>
      )}
      <TablePager label={title} onPage={setPage} page={shown} />
      {noRekey && view.state !== 'reverted' ? (
        <div className="mt-3">
          <Button disabledReason={noRekey} size="small">
            Rekey
          </Button>
        </div>
      ) : null}
      {kept > 0 ? (
        <p className="mt-3 text-[0.8125rem] text-ink-2">
          {countOf(kept, 'older data key stays', 'older data keys stay')} under your key. The vendor’s services store
          data outside Keyward that needs {plural(kept, 'it', 'them')}.
        </p>
      ) : null}
    </Panel>
  );
}

/** Once for the table instead of once for each row. */
function whyNoRekey(view: KeyPageView, role: Role): string | null {
  if (role !== 'admin') return 'Only an administrator of your organisation can rekey an app.';
  return view.commands.rekey.allowed ? null : view.commands.rekey.reason;
}
