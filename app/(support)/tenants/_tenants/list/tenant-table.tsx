import Link from 'next/link';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { Table, Tbody, Td, Th, Thead, Tr } from '#components/ui/table.tsx';
import { formatCount } from '#lib/byok/format.ts';
import type { TenantRow } from '#lib/byok/vendor-views.ts';
import { TenantStatus } from '../tenant-status.tsx';
import { moverOf } from '../whose-move.ts';
import { type ArrangedTenants, listAddress, type TenantColumn, type TenantListState } from './arrange-tenants.ts';

type TenantTableProps = { arranged: ArrangedTenants; state: TenantListState };

export function TenantTable({ arranged, state }: TenantTableProps) {
  if (arranged.found === 0) {
    return (
      <EmptyState
        action={
          <Link className="link" href={listAddress({ ...state, q: '', status: null, move: null, page: 1 })}>
            Show all tenants
          </Link>
        }
        title={state.q ? `No tenant matches “${state.q}”.` : 'No tenant matches these filters.'}
      />
    );
  }
  return (
    <>
      <Table label="Tenants">
        <Thead>
          <Tr>
            {columns.map((column) => (
              <SortHeader key={column.id} {...column} state={state} />
            ))}
          </Tr>
        </Thead>
        <Tbody>
          {arranged.rows.map((row) => (
            <TenantLine key={row.id} row={row} />
          ))}
        </Tbody>
      </Table>
      <Pages arranged={arranged} state={state} />
    </>
  );
}

const columns: readonly { id: TenantColumn; label: string; numeric?: boolean }[] = [
  { id: 'tenant', label: 'Tenant' },
  { id: 'status', label: 'Status' },
  { id: 'cause', label: 'Cause' },
  { id: 'since', label: 'Since' },
  { id: 'move', label: 'Whose move' },
  { id: 'date', label: 'Enforcement Date' },
  { id: 'risk', label: 'Apps at risk', numeric: true },
];

type SortHeaderProps = { id: TenantColumn; label: string; numeric?: boolean; state: TenantListState };

/** A click sorts by the column; another one turns the order round. */
function SortHeader({ id, label, numeric = false, state }: SortHeaderProps) {
  const current = state.sort === id ? state.direction : null;
  // Of numbers the largest matter most.
  const first = numeric ? 'desc' : 'asc';
  const direction = current === null ? first : current === 'asc' ? 'desc' : 'asc';
  return (
    <Th aria-sort={current === null ? undefined : current === 'asc' ? 'ascending' : 'descending'} numeric={numeric}>
      <Link
        className="inline-flex min-h-6 items-center gap-1 text-ink-3 hover:text-ink hover:underline"
        href={listAddress({ ...state, sort: id, direction, page: 1 })}
        scroll={false}
      >
        {label}
        {current === null ? null : <span aria-hidden="true">{current === 'asc' ? '↑' : '↓'}</span>}
      </Link>
    </Th>
  );
}

function TenantLine({ row }: { row: TenantRow }) {
  return (
    <Tr>
      <Th className="wrap-anywhere min-w-28" scope="row">
        {/* Not fetched ahead: each look is an event in the tenant's history. */}
        <Link className="link" href={`/tenants/${row.id}`} prefetch={false}>
          {row.name}
        </Link>
      </Th>
      <Td>
        <TenantStatus row={row} />
      </Td>
      <Td className="min-w-48">{row.cause}</Td>
      <Td className="text-ink-2">{row.since ? <RelativeTime at={row.since} /> : '–'}</Td>
      <Td className={row.whoseMove === 'none' ? 'text-ink-2' : undefined}>{moverOf(row)}</Td>
      <Td className="text-ink-2">{row.enforcementAt ? <RelativeTime at={row.enforcementAt} /> : '–'}</Td>
      <Td numeric>{formatCount(row.appsAtRisk)}</Td>
    </Tr>
  );
}

function Pages({ arranged, state }: TenantTableProps) {
  const { page, pages } = arranged;
  if (pages === 1) return null;
  return (
    <nav aria-label="Pages" className="mt-4 flex items-center gap-4">
      {page > 1 ? (
        <Link className="link" href={listAddress({ ...state, page: page - 1 })}>
          Previous
        </Link>
      ) : null}
      <span className="text-ink-2">
        Page {page} of {pages}
      </span>
      {page < pages ? (
        <Link className="link" href={listAddress({ ...state, page: page + 1 })}>
          Next
        </Link>
      ) : null}
    </nav>
  );
}
