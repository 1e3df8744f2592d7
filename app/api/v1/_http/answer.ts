import { errorWords, type Result } from '#lib/byok/errors.ts';
import { parseStrictJson } from '#lib/byok/strict-json.ts';

/** 100 items of 1 MiB as base64, and their contexts. */
const maxBodyBytes = 145 * 1024 * 1024;

/** The body as JSON; `undefined` for anything that is none, `too-large` where it is more than a full batch can be. */
export async function readJson(request: Request): Promise<unknown | 'too-large'> {
  if (Number(request.headers.get('content-length') ?? 0) > maxBodyBytes) return 'too-large';
  const parts: Uint8Array[] = [];
  let size = 0;
  const reader = request.body?.getReader();
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    size += part.value.byteLength;
    if (size > maxBodyBytes) {
      await reader?.cancel();
      return 'too-large';
    }
    parts.push(part.value);
  }
  try {
    return parseStrictJson(Buffer.concat(parts).toString('utf8'));
  } catch {
    return undefined;
  }
}

/** An operation's result as an HTTP answer: the data itself, or the error with its words and request ID. */
export function answer<T>(result: Result<T>): Response {
  const headers = { 'cache-control': 'no-store' };
  if (result.ok) return Response.json(result.data, { headers });
  const words = errorWords[result.error.code];
  const { code, requestId, fields, details } = result.error;
  const retryAfter = details?.retryAfterSeconds;
  return Response.json(
    { error: { code, message: words.title, next: words.next, requestId, ...(fields ? { fields } : {}) } },
    {
      status: words.status,
      headers: {
        ...headers,
        ...(words.status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
        ...(retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }),
      },
    },
  );
}

/** The items of a request's body; whatever else it may be is left for the operation to refuse. */
export function itemsOf(body: unknown): unknown[] {
  const items: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, 'items') : undefined;
  return Array.isArray(items) ? items : [];
}
