'use client';

import { parseAsString, useQueryStates } from 'nuqs';
import { Pick } from '#components/ui/pick.tsx';
import { moverOf } from '../whose-move.ts';
import { movers, type TenantListState, tenantFilters } from './arrange-tenants.ts';

const names = { status: parseAsString, move: parseAsString, page: parseAsString };

/** By status and by whose move it is; both live in the address. */
export function TenantFilters({ state, provider }: { state: TenantListState; provider: string }) {
  const [, set] = useQueryStates(names, { history: 'push', shallow: false });
  const statuses = Object.entries(tenantFilters).map(([id, name]) => ({ id, name }));
  const moves = movers.map((id) => ({ id, name: moverOf({ whoseMove: id, provider }) }));
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset has a look of its own that a row of buttons does not want
    <div aria-label="Filters" className="mb-4 flex flex-wrap gap-2" role="group">
      <Pick
        anyLabel="Any status"
        choices={statuses}
        chosen={statuses.find(({ id }) => id === state.status) ?? null}
        label="Status"
        onPick={(status) => void set({ status, page: null })}
      />
      <Pick
        anyLabel="Anyone’s move"
        choices={moves}
        chosen={moves.find(({ id }) => id === state.move) ?? null}
        label="Whose move"
        onPick={(move) => void set({ move, page: null })}
      />
    </div>
  );
}
