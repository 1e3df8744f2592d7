import { currentCaller } from '#lib/auth/current-caller.ts';
import { errorWords } from '#lib/byok/errors.ts';
import { readEnterpriseKey } from '#lib/operations/keys/read-enterprise-key.ts';

/** What the page of a key shows, for its polling: `{ok: true, data: KeyPageView}`, or the error under its own status. */
export async function GET(_request: Request, { params }: { params: Promise<{ keyId: string }> }): Promise<Response> {
  const { keyId } = await params;
  const result = await readEnterpriseKey(await currentCaller(), { keyId });
  return Response.json(result, {
    status: result.ok ? 200 : errorWords[result.error.code].status,
    headers: { 'Cache-Control': 'no-store' },
  });
}
