import { type ErrorCode, errorWords, Refusal } from '../byok/errors.ts';
import * as z from '../byok/zod-config.ts';
import { verifyDataKeyCheck } from './check-value.ts';
import { DataKey } from './data-key.ts';
import type { Scope } from './data-key-source.ts';
import { EnvelopeError } from './errors.ts';

/** A data key that Keyward has lent. Its time runs from before it was asked for; the holder counts its messages before sealing, too. */
export type Lease = Readonly<{
  key: DataKey;
  /** For how long, in ms from when it was asked for. 0: for whoever waits for it, and nobody else. */
  ttlMs: number;
  /** How many messages the holder may seal under it: Keyward has counted them. */
  messages: number;
  /** To be replaced soon: what was sealed under it should be sealed again. */
  isStale: boolean;
}>;

/** What is asked for: the app's current data key, or one by its ID. */
export type LeaseRequest = Readonly<{ dataKeyId?: string; messages: number }>;

export type LeaseEndpoint = Readonly<{ url: URL; token: string; fetch: typeof fetch; signal: () => AbortSignal }>;

/**
 * Asks Keyward for a lease: `POST /api/v1/apps/{appId}/leases`. The token needs the action `lease`.
 * @throws Refusal with Keyward's own code; `unavailable` where it does not answer, or not as itself; EnvelopeError
 *   `wrong-data-key` where it answers with another data key than it says
 */
export async function askForLease(at: LeaseEndpoint, scope: Scope, asked: LeaseRequest): Promise<Lease> {
  const answer = answered.safeParse(await send(at, scope, asked));
  if (!answer.success) throw unavailable('Its answer is not a lease.');
  const { dataKeyId, tenantId, appId, leaseSeconds, messages, stale } = answer.data;
  const raw = Buffer.from(answer.data.key, 'base64');
  try {
    const isAsked = asked.dataKeyId === undefined || asked.dataKeyId === dataKeyId;
    if (!isAsked || tenantId !== scope.tenantId.toLowerCase() || appId !== scope.appId.toLowerCase())
      throw new EnvelopeError('wrong-data-key', 'The lease is of another data key, tenant or app.');
    if (raw.length !== 32 || !verifyDataKeyCheck(raw, answer.data, Buffer.from(answer.data.check, 'base64')))
      throw new EnvelopeError('wrong-data-key', 'The data key is not the one that its check value was made of.');
    if (messages < asked.messages) throw unavailable('It lends fewer messages than were asked for.');
    const key = DataKey.fromRaw({ id: dataKeyId, tenantId, appId, raw });
    return { key, ttlMs: leaseSeconds * 1000, messages, isStale: stale === true };
  } finally {
    raw.fill(0);
  }
}

async function send(at: LeaseEndpoint, scope: Scope, asked: LeaseRequest): Promise<unknown> {
  const url = new URL(`api/v1/apps/${encodeURIComponent(scope.appId)}/leases`, at.url);
  let response: Response;
  try {
    response = await at.fetch(url, {
      method: 'POST',
      headers: { authorization: `Bearer ${at.token}`, 'content-type': 'application/json' },
      body: JSON.stringify(asked),
      // The token goes to nobody else, and what comes back is kept by nobody on the way.
      redirect: 'error',
      cache: 'no-store',
      signal: at.signal(),
    });
  } catch (cause) {
    throw unavailable('It did not answer.', cause);
  }
  // What is no JSON is no answer of Keyward's: the checks below say so.
  const body: unknown = await response.json().catch(() => undefined);
  if (response.ok) return body;
  const refused = refusal.safeParse(body);
  if (!refused.success) throw unavailable(`It answered with status ${response.status}.`);
  const { code, requestId } = refused.data.error;
  throw new Refusal(code, { details: { requestId } });
}

const uuid = z.uuid().transform((id) => id.toLowerCase());
const answered = z.object({
  dataKeyId: uuid,
  tenantId: uuid,
  appId: uuid,
  key: z.base64(),
  check: z.base64(),
  // No tenant's cache time is longer.
  leaseSeconds: z.number().min(0).max(3600),
  messages: z.int().min(0),
  stale: z.boolean().optional(),
});
const refusal = z.object({
  error: z.object({
    code: z.custom<ErrorCode>((code) => Object.hasOwn(errorWords, String(code))),
    requestId: z.string(),
  }),
});

function unavailable(detail: string, cause?: unknown): Refusal {
  return new Refusal('unavailable', { details: { cause: `Keyward: ${detail}` }, cause });
}
