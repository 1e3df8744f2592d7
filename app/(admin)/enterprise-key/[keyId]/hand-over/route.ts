import { redirect } from 'next/navigation';
import { currentCaller } from '#lib/auth/current-caller.ts';
import { errorWords } from '#lib/byok/errors.ts';
import { readHandOver } from '#lib/operations/setup/read-hand-over.ts';
import { setUpScreensOf } from '../../_providers/set-up-screens.ts';

/** The hand-over summary of one key, as a file. */
export async function GET(_: Request, { params }: { params: Promise<{ keyId: string }> }): Promise<Response> {
  const { keyId } = await params;
  const answer = await readHandOver(await currentCaller(), { keyId });
  if (!answer.ok) {
    const { code } = answer.error;
    if (code === 'unauthenticated') redirect(`/sign-in?next=${encodeURIComponent(`/enterprise-key/${keyId}`)}`);
    // Something that is no key ID at all names a key that does not exist.
    return Response.json(answer, { status: code === 'invalid-input' ? 404 : errorWords[code].status });
  }
  return new Response(await setUpScreensOf(answer.data.configuration).handOver(answer.data), {
    headers: {
      'Content-Type': 'text/markdown; charset=utf-8',
      'Content-Disposition': `attachment; filename="keyward-hand-over-${keyId.slice(0, 8)}.md"`,
      'Cache-Control': 'no-store',
    },
  });
}
