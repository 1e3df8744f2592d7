'use client';

import Link from 'next/link';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { Table, Tbody, Td, Th, Thead, Tr } from '#components/ui/table.tsx';
import { formatCount } from '#lib/byok/format.ts';
import type { KeySummary } from '#lib/byok/key-views.ts';
import { anyService } from '#lib/byok/providers.ts';
import { StatusBadge } from '../../../_shared/key/status-badge.tsx';
import { pageOf } from '../../../_shared/table/paging.ts';
import { TablePager } from '../../../_shared/table/table-pager.tsx';
import { useTableParams } from '../../../_shared/table/use-table-params.ts';

/** Keys that were reverted, below those that stand: what they were, and when they ended. */
export function EndedKeys({ keys }: { keys: KeySummary[] }) {
  const { page, setPage } = useTableParams('reverted');
  if (keys.length === 0) return null;
  const shown = pageOf(keys, page);
  return (
    <section aria-labelledby="ended-keys" className="mt-8">
      <h2 className="mb-1 font-semibold text-[0.9375rem]" id="ended-keys">
        Reverted keys
      </h2>
      <p className="mb-2 text-ink-2">These keys are no longer used. They stay here for your records.</p>
      <Table label="Reverted keys">
        <Thead>
          <tr>
            <Th>Alias</Th>
            <Th>Status</Th>
            <Th>{`Key in ${anyService}`}</Th>
            <Th numeric>Apps and bots</Th>
            <Th className="pl-3">Reverted</Th>
          </tr>
        </Thead>
        <Tbody>
          {shown.rows.map((key) => (
            <EndedKey item={key} key={key.id} />
          ))}
        </Tbody>
      </Table>
      <TablePager label="reverted keys" onPage={setPage} page={shown} />
    </section>
  );
}

function EndedKey({ item }: { item: KeySummary }) {
  const transition = item.transition?.kind === 'revert' ? item.transition : null;
  return (
    <Tr>
      <Th className="min-w-28" scope="row">
        <Link className="link" href={`/enterprise-key/${item.id}`}>
          {item.alias || 'Without alias'}
        </Link>
      </Th>
      <Td>
        <StatusBadge status={item.status} />
      </Td>
      <Td className="min-w-48 font-mono text-[0.78125rem] [overflow-wrap:anywhere]">{item.keyRef ?? '–'}</Td>
      <Td numeric>{transition ? formatCount(transition.apps.total) : '–'}</Td>
      <Td className="pl-3 text-ink-2">{transition?.finishedAt ? <RelativeTime at={transition.finishedAt} /> : '–'}</Td>
    </Tr>
  );
}
