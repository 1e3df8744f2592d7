import { randomUUID } from 'node:crypto';
import { bearerCaller } from '#lib/auth/current-caller.ts';
import { encryptItems } from '#lib/operations/encrypt-items.ts';
import { answer, itemsOf, readJson } from '../../../_http/answer.ts';

export async function POST(request: Request, { params }: { params: Promise<{ appId: string }> }): Promise<Response> {
  const body = await readJson(request);
  if (body === 'too-large') return answer({ ok: false, error: { code: 'too-large', requestId: randomUUID() } });
  return answer(await encryptItems(bearerCaller(request), { appId: (await params).appId, items: itemsOf(body) }));
}
