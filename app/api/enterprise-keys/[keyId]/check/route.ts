import { currentCaller } from '#lib/auth/current-caller.ts';
import { errorWords } from '#lib/byok/errors.ts';
import { checkKey } from '#lib/operations/keys/check-key.ts';

/** Check now, by the button or by a page that is looked at: `{ok: true, data: CheckedView}`, or the error under its own status. */
export async function POST(request: Request, { params }: { params: Promise<{ keyId: string }> }): Promise<Response> {
  const { keyId } = await params;
  const body: unknown = await request.json().catch(() => null);
  const asked = body && typeof body === 'object' && 'asked' in body && body.asked === 'by-page' ? 'by-page' : 'by-hand';
  const result = await checkKey(await currentCaller(), { keyId, asked });
  return Response.json(result, {
    status: result.ok ? 200 : errorWords[result.error.code].status,
    headers: { 'Cache-Control': 'no-store' },
  });
}
