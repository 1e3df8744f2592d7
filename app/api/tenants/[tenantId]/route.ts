import { currentCaller } from '#lib/auth/current-caller.ts';
import { errorWords } from '#lib/byok/errors.ts';
import { listTenants } from '#lib/operations/tenants/list-tenants.ts';

/** The row of one tenant, for the polling of its page: a row of the list, and no look into the tenant. */
export async function GET(_request: Request, { params }: { params: Promise<{ tenantId: string }> }): Promise<Response> {
  const { tenantId } = await params;
  const result = await listTenants(await currentCaller(), { tenantId });
  return Response.json(result.ok ? { ok: true, data: result.data[0] } : result, {
    status: result.ok ? 200 : errorWords[result.error.code].status,
    headers: { 'Cache-Control': 'no-store' },
  });
}
