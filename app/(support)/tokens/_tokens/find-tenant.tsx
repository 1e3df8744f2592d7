import Form from 'next/form';
import { TextField } from '#components/form/text-field.tsx';
import { Button } from '#components/ui/button.tsx';
import type { TokensState } from './tokens-address.ts';

type FindTenantProps = { state: TokensState; more: boolean };

/** Where there are more tenants than one list should hold: the list offers those whose name begins so. */
export function FindTenant({ state, more }: FindTenantProps) {
  return (
    <Form action="/tokens" className="mb-4 flex flex-wrap items-end gap-3" role="search">
      {state.search ? <input name="q" type="hidden" value={state.search} /> : null}
      <TextField
        className="flex-1 basis-56 sm:max-w-80"
        defaultValue={state.tenant}
        hint={more ? 'There are more tenants than listed below. Enter the start of the name.' : undefined}
        id="find-tenant"
        key={state.tenant}
        label="Find a tenant"
        name="tenant"
        type="search"
      />
      <Button type="submit">Find</Button>
    </Form>
  );
}
