import 'server-only';
import { randomUUID, timingSafeEqual } from 'node:crypto';
import { Refusal } from '../byok/errors.ts';
import { message } from '../byok/messages/catalogue.ts';
import { wordsOf } from '../byok/messages/words.ts';
import type { AppScope, DataKeyRow, NewDataKey } from '../db/data-key-store.ts';
import { dataKeyCheck, verifyDataKeyCheck } from '../envelope/check-value.ts';
import type { KmsProvider } from '../kms/provider.ts';

/** What is called of a wrapping key to make, move and open data keys. */
export type KeyCalls = Pick<KmsProvider, 'generateDataKey' | 'wrap' | 'unwrap'>;

/** A data key that nobody has stored yet. Whoever gets it wipes `raw`. */
export type GeneratedDataKey = { made: NewDataKey; raw: Buffer; requestIds: string[] };

/**
 * A fresh data key of an app, generated under `provider`. It is unwrapped again and compared before it is handed out to be
 * stored: a wrapping that cannot be read back would lose everything sealed under it.
 * @throws KmsError when the wrapping key fails; Refusal `cannot-open` when what came back is not what went in
 */
export async function newDataKey(
  scope: AppScope,
  keyVersionId: string | null,
  provider: KeyCalls,
  signal?: AbortSignal,
): Promise<NewDataKey> {
  const { made, raw } = await generateDataKey(scope, keyVersionId, provider, signal);
  raw.fill(0);
  return made;
}

/** `newDataKey` for whoever uses the key at once. */
export async function generateDataKey(
  scope: AppScope,
  keyVersionId: string | null,
  provider: KeyCalls,
  signal?: AbortSignal,
): Promise<GeneratedDataKey> {
  const id = randomUUID();
  const generated = await provider.generateDataKey(scope, signal);
  try {
    const readBackIds = await readBack(provider, scope, generated.wrapped, generated.plaintext, signal);
    const checkValue = dataKeyCheck(generated.plaintext, { dataKeyId: id, ...scope });
    const made = { ...scope, id, keyVersionId, wrapped: generated.wrapped, wrappingKeyId: generated.keyId, checkValue };
    return { made, raw: generated.plaintext, requestIds: [...generated.requestIds, ...readBackIds] };
  } catch (error) {
    generated.plaintext.fill(0);
    throw error;
  }
}

/** The same data key under another wrapping, read back and compared. The caller compares-and-sets the row. */
export async function wrapAgain(
  scope: AppScope,
  plaintext: Buffer,
  to: KeyCalls,
  signal?: AbortSignal,
): Promise<{ wrapped: Buffer; wrappingKeyId: string }> {
  const again = await to.wrap(plaintext, scope, signal);
  await readBack(to, scope, again.wrapped, plaintext, signal);
  return { wrapped: again.wrapped, wrappingKeyId: again.keyId };
}

/**
 * Unwraps a row and compares the check value that commits to the key.
 * @throws KmsError; Refusal `cannot-open` where another key came back than the one that was stored
 */
export async function unwrap(
  row: Pick<DataKeyRow, 'id' | 'tenantId' | 'appId' | 'wrapped' | 'checkValue'>,
  provider: KeyCalls,
  signal?: AbortSignal,
): Promise<{ plaintext: Buffer; requestIds: string[] }> {
  const scope = { tenantId: row.tenantId, appId: row.appId };
  const { plaintext, requestIds } = await provider.unwrap(row.wrapped, scope, signal);
  if (!verifyDataKeyCheck(plaintext, { dataKeyId: row.id, ...scope }, row.checkValue)) {
    plaintext.fill(0);
    throw wrongKeyCameBack('check-value', requestIds);
  }
  return { plaintext, requestIds };
}

async function readBack(
  provider: KeyCalls,
  scope: AppScope,
  wrapped: Buffer,
  expected: Buffer,
  signal: AbortSignal | undefined,
): Promise<string[]> {
  const { plaintext, requestIds } = await provider.unwrap(wrapped, scope, signal);
  const same = plaintext.length === expected.length && timingSafeEqual(plaintext, expected);
  plaintext.fill(0);
  if (!same) throw wrongKeyCameBack('wrong-plaintext', requestIds);
  return requestIds;
}

function wrongKeyCameBack(failure: string, providerRequestIds: string[]): Refusal {
  const why = message('other-data-key');
  return new Refusal('cannot-open', { details: { failure, cause: wordsOf(why), providerRequestIds }, why });
}
