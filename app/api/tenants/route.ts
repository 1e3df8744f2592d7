import { currentCaller } from '#lib/auth/current-caller.ts';
import { errorWords } from '#lib/byok/errors.ts';
import { listTenants } from '#lib/operations/tenants/list-tenants.ts';
import { arrangeTenants, readListState } from '../../(support)/tenants/_tenants/list/arrange-tenants.ts';

/** One page of the list of tenants, for its polling: under the same address as the page itself. */
export async function GET(request: Request): Promise<Response> {
  const state = readListState(Object.fromEntries(new URL(request.url).searchParams));
  const result = await listTenants(await currentCaller(), {});
  return Response.json(result.ok ? { ok: true, data: arrangeTenants(result.data, state) } : result, {
    status: result.ok ? 200 : errorWords[result.error.code].status,
    headers: { 'Cache-Control': 'no-store' },
  });
}
