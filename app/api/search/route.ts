import { currentCaller } from '#lib/auth/current-caller.ts';
import { errorWords } from '#lib/byok/errors.ts';
import { findByName } from '#lib/operations/names/find-by-name.ts';

/** What is found as somebody types: `{ok: true, data: FoundName[]}`, or the error under its own status. */
export async function GET(request: Request): Promise<Response> {
  const text = new URL(request.url).searchParams.get('q') ?? '';
  const result = await findByName(await currentCaller(), { text });
  return Response.json(result, {
    status: result.ok ? 200 : errorWords[result.error.code].status,
    headers: { 'Cache-Control': 'no-store' },
  });
}
