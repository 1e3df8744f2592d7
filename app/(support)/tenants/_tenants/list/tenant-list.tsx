'use client';

import type { ArrangedTenants, TenantListState } from './arrange-tenants.ts';
import { TenantFilters } from './tenant-filters.tsx';
import { TenantSearch } from './tenant-search.tsx';
import { TenantTable } from './tenant-table.tsx';
import { useTenants } from './use-tenants.ts';

type TenantListProps = { initial: ArrangedTenants; state: TenantListState; renderedAt: number };

/** The list, which keeps itself up to date, with its search and its filters. */
export function TenantList({ initial, state, renderedAt }: TenantListProps) {
  const { arranged = initial, isOld } = useTenants(state, initial, renderedAt);
  return (
    <>
      <TenantSearch arranged={arranged} state={state} />
      <TenantFilters provider={arranged.rows.find(({ provider }) => provider !== null)?.provider ?? ''} state={state} />
      {isOld ? (
        <p className="mb-3 text-[0.8125rem] text-warn" role="status">
          This list could not be updated. It shows what was last known.
        </p>
      ) : null}
      <TenantTable arranged={arranged} state={state} />
    </>
  );
}
