/** One call to the Vault of Tests; where it listens is said by TEST_VAULT_URL, which nothing but the tests sets. */
import type { KmsFailureCode } from '#lib/byok/kms-failure.ts';
import { connectionFault } from '#lib/kms/connection-codes.ts';
import { KmsError } from '#lib/kms/errors.ts';
import { markOf, type VaultAuthMode } from '../rules/connection.ts';

export type VaultAccess = { mode: VaultAuthMode; tenantId: string; secret: string | undefined };
export type VaultAct = 'look' | 'make' | 'wrap' | 'unwrap';
export type VaultAnswer = { key: string; plain?: string; wrapped?: string; call: string };

type Call = {
  access: VaultAccess;
  place: { hall: string; slot: string };
  act: VaultAct;
  bytes?: Buffer;
  context?: Record<string, string>;
  timeoutMs: number;
  signal?: AbortSignal | undefined;
};

/** Every error of the service, in one mapping. */
const failures: Record<string, KmsFailureCode> = {
  'no-such-slot': 'key-not-found',
  'not-admitted': 'access-denied',
  'slot-locked': 'key-disabled',
  'not-of-this-slot': 'invalid-ciphertext',
  'no-such-act': 'invalid-request',
  broken: 'kms-internal',
};

/** Throws KmsError and nothing else. */
export async function callVault({ access, place, act, bytes, context, timeoutMs, signal }: Call): Promise<VaultAnswer> {
  const url = process.env.TEST_VAULT_URL;
  if (!url) throw new KmsError('unreachable');
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    const answer = await fetch(`${url}/${place.hall}/${place.slot}/${act}`, {
      method: 'POST',
      headers: headersOf(access),
      body: JSON.stringify({ bytes: bytes?.toString('base64') ?? '', context: JSON.stringify(context ?? {}) }),
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
    const body = (await answer.json()) as VaultAnswer & { error?: string };
    if (answer.ok) return body;
    const error = body.error ?? '';
    throw new KmsError(failures[error] ?? 'unexpected', { requestIds: [body.call], providerCode: error });
  } catch (error) {
    if (error instanceof KmsError) throw error;
    if (signal?.aborted) throw new KmsError('aborted');
    if (timeout.aborted) throw new KmsError('timed-out');
    const code = (error as { cause?: { code?: string } }).cause?.code;
    throw new KmsError(connectionFault(code) ?? 'unreachable', code === undefined ? {} : { connectionCode: code });
  }
}

/** The badge is the tenant's for whom the connection was made, whoever is asked for: no input of anybody's is in it. */
function headersOf({ mode, tenantId, secret }: VaultAccess): Record<string, string> {
  return mode === 'badge' ? { 'x-vault-badge': markOf(tenantId) } : { 'x-vault-token': secret ?? '' };
}
