'use client';

import { useState } from 'react';
import { Badge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { Table, Tbody, Td, Th, Thead, Tr } from '#components/ui/table.tsx';
import type { Role } from '#lib/byok/account-views.ts';
import { formatDuration } from '#lib/byok/format.ts';
import type { AppProtection, KeyPageView } from '#lib/byok/key-views.ts';
import { isProvider, providers } from '#lib/byok/providers.ts';
import type { ValidationView } from '#lib/byok/record-views.ts';
import { matchingApps, protectionBadge } from '../../../_shared/key/protection.ts';
import { pageOf } from '../../../_shared/table/paging.ts';
import { TablePager } from '../../../_shared/table/table-pager.tsx';
import { TableSearch } from '../../../_shared/table/table-search.tsx';
import { useTableParams } from '../../../_shared/table/use-table-params.ts';
import { focusOpenRecords, OpenRecords } from './open-records.tsx';
import { OpenedRecords, type RecordsOf } from './opened-records.tsx';
import { failureWords, outcomeBadge } from './validation-words.ts';

type ValidationTableProps = { view: KeyPageView; report: ValidationView | null; role: Role; onAsked: () => void };

/**
 * A row per app and bot under the key: how its last run went, and the way to its records. Opened plaintext lives in this component's
 * state alone: closing it, opening another app's or leaving the page forgets it.
 */
export function ValidationTable({ view, report, role, onAsked }: ValidationTableProps) {
  const { search, page, setSearch, setPage } = useTableParams('validation');
  const [opened, setOpened] = useState<RecordsOf | null>(null);
  const apps = view.apps.filter(({ underKey }) => underKey);
  const shown = pageOf(matchingApps(apps, search), page);
  const outcomes = new Map(report?.apps.map((app) => [app.appId, app]));

  function close() {
    setOpened(null);
    // Back to where it was opened, since what had the focus is gone.
    if (opened) focusOpenRecords(opened.appId);
  }

  return (
    <>
      {apps.length > 10 ? (
        <div className="mb-2">
          <TableSearch label="Search apps and bots to validate" onSearch={setSearch} value={search} />
        </div>
      ) : null}
      <Table label="Validation of each app and bot">
        <Head mayOpen={role === 'admin'} requestId={requestIdOf(view.provider)} />
        <Tbody>
          {shown.rows.map((app) => (
            <ValidationRow
              app={app}
              key={app.id}
              keyId={view.id}
              onAsked={onAsked}
              onOpened={setOpened}
              outcome={outcomes.get(app.id) ?? null}
              ran={report !== null}
              role={role}
            />
          ))}
        </Tbody>
      </Table>
      {shown.total === 0 ? (
        <p className="py-2 text-ink-2">
          {apps.length === 0 ? 'No app or bot is under this key yet.' : 'No app or bot matches the search.'}
        </p>
      ) : null}
      <TablePager label="the validation" onPage={setPage} page={shown} />
      {role === 'admin' ? null : (
        <div className="mt-3">
          <Button disabledReason="Only an administrator of your organisation may read plaintext." size="small">
            Open recent records
          </Button>
        </div>
      )}
      {opened ? <OpenedRecords key={opened.openedAt} onClose={close} opened={opened} /> : null}
    </>
  );
}

function requestIdOf(provider: string): string {
  return isProvider(provider) ? providers[provider].words.requestId : 'Request ID';
}

function Head({ mayOpen, requestId }: { mayOpen: boolean; requestId: string }) {
  return (
    <Thead>
      <tr>
        <Th>App or bot</Th>
        <Th>Protected by</Th>
        <Th>Outcome</Th>
        <Th numeric>Opened</Th>
        <Th numeric>Duration</Th>
        <Th className="pl-3">{requestId}</Th>
        {mayOpen ? <Th>Records</Th> : null}
      </tr>
    </Thead>
  );
}

type RowProps = {
  app: AppProtection;
  keyId: string;
  /** A run has ended since the page was opened. */
  ran: boolean;
  outcome: ValidationView['apps'][number] | null;
  role: Role;
  onAsked: () => void;
  onOpened: (opened: RecordsOf) => void;
};

function ValidationRow({ app, keyId, ran, outcome, role, onAsked, onOpened }: RowProps) {
  const protection = protectionBadge(app, keyId);
  const badge = ran ? outcomeBadge(outcome) : ({ tone: 'idle', label: 'Not validated on this visit' } as const);
  return (
    <Tr>
      <Th className="wrap-anywhere min-w-28 font-normal" scope="row">
        {app.name}
      </Th>
      <Td>{outcome ? outcome.protectedBy : protection.label}</Td>
      <Td>
        <Badge tone={badge.tone}>{badge.label}</Badge>
        {outcome?.failure ? <p className="mt-1 min-w-60 max-w-96 text-ink-2">{failureWords(outcome.failure)}</p> : null}
      </Td>
      <Td numeric>{outcome ? `${outcome.opened} of ${outcome.tried}` : '–'}</Td>
      <Td numeric>{outcome ? formatDuration(outcome.durationMs) : '–'}</Td>
      <Td className="wrap-anywhere min-w-72 pl-3 sm:min-w-44 sm:max-w-56 font-mono text-[0.78125rem]">
        {outcome?.providerRequestIds.join(' ') || '–'}
      </Td>
      {role === 'admin' ? (
        <Td className="whitespace-nowrap">
          <OpenRecords app={app} onAsked={onAsked} onOpened={onOpened} />
        </Td>
      ) : null}
    </Tr>
  );
}
