import Form from 'next/form';
import Link from 'next/link';
import { TextField } from '#components/form/text-field.tsx';
import { Button } from '#components/ui/button.tsx';
import { countOf, formatCount } from '#lib/byok/format.ts';
import { type ArrangedTenants, isFiltered, listAddress, type TenantListState } from './arrange-tenants.ts';

type TenantSearchProps = { state: TenantListState; arranged: ArrangedTenants };

/** Puts the search into the address; the chosen order stays. */
export function TenantSearch({ state, arranged: { found, total } }: TenantSearchProps) {
  const filtered = isFiltered(state);
  return (
    <Form action="/tenants" className="mb-3 flex flex-wrap items-end gap-x-3 gap-y-2" role="search">
      {state.status ? <input name="status" type="hidden" value={state.status} /> : null}
      {state.move ? <input name="move" type="hidden" value={state.move} /> : null}
      {state.sort ? <input name="sort" type="hidden" value={state.sort} /> : null}
      {state.sort && state.direction === 'desc' ? <input name="direction" type="hidden" value="desc" /> : null}
      <TextField
        className="flex-1 basis-56 sm:max-w-80"
        defaultValue={state.q}
        id="tenant-search"
        key={state.q}
        label="Search"
        name="q"
        type="search"
      />
      <Button type="submit">Search</Button>
      <p className="flex min-h-9 flex-wrap items-center gap-x-3 text-ink-2" role="status">
        {filtered ? `${formatCount(found)} of ${countOf(total, 'tenant')}` : countOf(total, 'tenant')}
        {filtered ? (
          <Link className="link" href={listAddress({ ...state, q: '', status: null, move: null, page: 1 })}>
            Show all
          </Link>
        ) : null}
        {state.sort ? (
          <Link className="link" href={listAddress({ ...state, sort: null, direction: 'asc', page: 1 })}>
            Riskiest first
          </Link>
        ) : null}
      </p>
    </Form>
  );
}
