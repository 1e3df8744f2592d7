import { currentCaller } from '#lib/auth/current-caller.ts';
import { errorWords } from '#lib/byok/errors.ts';
import { listEnterpriseKeys } from '#lib/operations/keys/list-enterprise-keys.ts';
import { tenantNotice } from '../../../_shell/tenant-banner-words.ts';

/** What the banner of a tenant's pages says, for its polling: `{ok: true, data: {notice}}`, or the error under its own status. */
export async function GET(): Promise<Response> {
  const list = await listEnterpriseKeys(await currentCaller(), {});
  const result = list.ok ? { ok: true, data: { notice: tenantNotice(list.data, Date.now()) } } : list;
  return Response.json(result, {
    status: list.ok ? 200 : errorWords[list.error.code].status,
    headers: { 'Cache-Control': 'no-store' },
  });
}
