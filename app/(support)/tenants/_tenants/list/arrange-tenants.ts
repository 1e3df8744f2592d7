import { statusNames } from '#lib/byok/lifecycle.ts';
import type { TenantRow } from '#lib/byok/vendor-views.ts';
import { moverOf } from '../whose-move.ts';

export const tenantColumns = ['tenant', 'status', 'cause', 'since', 'move', 'date', 'risk'] as const;
export type TenantColumn = (typeof tenantColumns)[number];
export type Direction = 'asc' | 'desc';

/** How the list is looked at; all of it lives in the address. Without a column: riskiest first, as the server has it. */
export type TenantListState = {
  q: string;
  status: TenantFilter | null;
  move: TenantRow['whoseMove'] | null;
  sort: TenantColumn | null;
  direction: Direction;
  page: number;
};

/** By the life cycle's word, or by the health of what is in use; the riskiest first. */
export const tenantFilters = {
  revoked: 'Revoked',
  'activation-failed': 'Activation failed',
  outage: 'Outage',
  degraded: 'Degraded',
  activating: 'Activating',
  rotating: 'Rotating',
  reverting: 'Reverting',
  scheduled: 'Scheduled',
  active: 'Active',
  draft: 'Draft',
  none: 'None',
} as const satisfies Record<string, string>;
export type TenantFilter = keyof typeof tenantFilters;

export const movers = ['customer', 'provider', 'us', 'none'] as const satisfies readonly TenantRow['whoseMove'][];

export const pageSize = 50;

type Params = Record<string, string | string[] | undefined>;

/** Reads an address that anybody may have typed: what is not understood is left out. */
export function readListState(params: Params): TenantListState {
  const sort = tenantColumns.find((column) => column === params.sort) ?? null;
  const page = Number(params.page);
  const { status } = params;
  return {
    status: typeof status === 'string' && Object.hasOwn(tenantFilters, status) ? (status as TenantFilter) : null,
    move: movers.find((mover) => mover === params.move) ?? null,
    q: typeof params.q === 'string' ? params.q.trim().slice(0, 200) : '',
    sort,
    direction: params.direction === 'desc' ? 'desc' : 'asc',
    page: Number.isInteger(page) && page > 1 ? page : 1,
  };
}

/** The address of a list looked at in this way; what is usual is left out of it. */
export function listAddress(state: TenantListState, path = '/tenants'): string {
  const params = new URLSearchParams();
  if (state.q) params.set('q', state.q);
  if (state.status) params.set('status', state.status);
  if (state.move) params.set('move', state.move);
  if (state.sort) params.set('sort', state.sort);
  if (state.sort && state.direction === 'desc') params.set('direction', 'desc');
  if (state.page > 1) params.set('page', String(state.page));
  return params.size > 0 ? `${path}?${params}` : path;
}

export type ArrangedTenants = { rows: TenantRow[]; found: number; total: number; page: number; pages: number };

/** Something is chosen, so that there may be tenants that are not shown. */
export function isFiltered({ q, status, move }: TenantListState): boolean {
  return q !== '' || status !== null || move !== null;
}

/** Searched, sorted, and cut to one page. Rows that are equal in the column keep the server's order. */
export function arrangeTenants(rows: readonly TenantRow[], state: TenantListState): ArrangedTenants {
  const words = state.q.toLocaleLowerCase('en').split(/\s+/).filter(Boolean);
  const found = rows.filter((row) => {
    const text = searchText(row);
    if (state.status && !isIn(row, state.status)) return false;
    if (state.move && row.whoseMove !== state.move) return false;
    return words.every((word) => text.includes(word));
  });
  const { sort } = state;
  if (sort) found.sort((a, b) => compare(sortValues[sort](a), sortValues[sort](b), state.direction));
  const pages = Math.max(1, Math.ceil(found.length / pageSize));
  const page = Math.min(state.page, pages);
  return {
    rows: found.slice((page - 1) * pageSize, page * pageSize),
    found: found.length,
    total: rows.length,
    page,
    pages,
  };
}

function isIn(row: TenantRow, filter: TenantFilter): boolean {
  const health = [row.health, ...row.unreadable.map((version) => version.health)];
  if (health.some((one) => one?.state === filter)) return true;
  return row.status === filter;
}

function searchText(row: TenantRow): string {
  return [
    row.name,
    row.reference,
    row.homeRegion,
    row.alias,
    statusNames[row.status],
    row.health?.state,
    row.cause,
    moverOf(row),
  ]
    .join(' ')
    .toLocaleLowerCase('en');
}

type SortValue = string | number | null;

const sortValues = {
  tenant: (row) => row.name,
  status: (row) => statusNames[row.status],
  cause: (row) => row.cause,
  since: (row) => instant(row.since),
  move: moverOf,
  date: (row) => instant(row.enforcementAt),
  risk: (row) => row.appsAtRisk,
} satisfies Record<TenantColumn, (row: TenantRow) => SortValue>;

function instant(at: string | null): number | null {
  return at === null ? null : Date.parse(at);
}

/** What has no value comes last, in either direction. */
function compare(a: SortValue, b: SortValue, direction: Direction): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  const order = typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b), 'en');
  return direction === 'asc' ? order : -order;
}
