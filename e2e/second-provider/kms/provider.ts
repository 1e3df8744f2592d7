import type { ProviderId } from '#lib/byok/providers.ts';
import { defaultLimits } from '#lib/kms/call-limits.ts';
import { KmsError } from '#lib/kms/errors.ts';
import type { ConnectOptions, KeyConnection } from '#lib/kms/key-service.ts';
import {
  appIdOfProbe,
  type DataKeyIds,
  dataKeyBytes,
  encryptionContext,
  type KmsProvider,
  type ProbeResult,
  type UnwrappedDataKey,
  type WrappedDataKey,
} from '#lib/kms/provider.ts';
import type { VaultConnection } from '../rules/connection.ts';
import { callVault, type VaultAct, type VaultAnswer } from './vault-client.ts';

export class VaultProvider implements KmsProvider {
  // The plain build knows no such provider: here, and in the registry, the compiler is told that this one does.
  readonly kind = 'vault' as string as ProviderId;
  readonly keyId: string;
  readonly #given: KeyConnection<VaultConnection>;
  readonly #timeoutMs: number;
  #closed = new AbortController();

  constructor(given: KeyConnection<VaultConnection>, { limits }: Pick<ConnectOptions, 'limits'>) {
    this.#given = given;
    this.keyId = given.pinnedKeyRef;
    this.#timeoutMs = limits.totalTimeoutMs ?? defaultLimits.totalTimeoutMs;
  }

  async generateDataKey(ids: DataKeyIds, signal?: AbortSignal): Promise<WrappedDataKey & { plaintext: Buffer }> {
    const answer = await this.#call('make', { ids, signal });
    return { ...this.#wrapped(answer), plaintext: plaintextOf(answer) };
  }

  async wrap(plaintext: Buffer, ids: DataKeyIds, signal?: AbortSignal): Promise<WrappedDataKey> {
    if (plaintext.length !== dataKeyBytes) throw new KmsError('wrong-length');
    return this.#wrapped(await this.#call('wrap', { ids, bytes: plaintext, signal }));
  }

  async unwrap(wrapped: Buffer, ids: DataKeyIds, signal?: AbortSignal): Promise<UnwrappedDataKey> {
    const answer = await this.#call('unwrap', { ids, bytes: wrapped, signal });
    return { plaintext: plaintextOf(answer), keyId: this.keyId, requestIds: [answer.call] };
  }

  async probe(signal?: AbortSignal): Promise<ProbeResult> {
    const sentAt = new Date();
    const began = performance.now();
    const ids = { tenantId: this.#given.tenantId, appId: appIdOfProbe };
    const made = await this.generateDataKey(ids, signal);
    const back = await this.unwrap(made.wrapped, ids, signal);
    const same = back.plaintext.equals(made.plaintext);
    for (const plaintext of [made.plaintext, back.plaintext]) plaintext.fill(0);
    if (!same) throw new KmsError('wrong-plaintext');
    const requestIds = [...made.requestIds, ...back.requestIds];
    return { requestIds, sentAt, durationMs: Math.round(performance.now() - began) };
  }

  async look(signal?: AbortSignal): Promise<string[]> {
    return [(await this.#call('look', { signal })).call];
  }

  close(): void {
    this.#closed.abort();
  }

  async #call(
    act: VaultAct,
    { ids, bytes, signal }: { ids?: DataKeyIds; bytes?: Buffer; signal?: AbortSignal | undefined },
  ): Promise<VaultAnswer> {
    if (this.#closed.signal.aborted || signal?.aborted) throw new KmsError('aborted');
    const { tenantId, connection, secret } = this.#given;
    // What we show at the door is this tenant's: nobody is served with it for another one.
    if (ids && ids.tenantId !== tenantId) throw new KmsError('access-denied');
    const answer = await callVault({
      access: { mode: connection.auth.mode, tenantId, secret },
      place: connection.key,
      act,
      ...(bytes ? { bytes } : {}),
      ...(ids ? { context: encryptionContext(ids) } : {}),
      timeoutMs: this.#timeoutMs,
      signal: signal ? AbortSignal.any([signal, this.#closed.signal]) : this.#closed.signal,
    });
    if (answer.key !== this.keyId) throw new KmsError('wrong-key', { requestIds: [answer.call] });
    return answer;
  }

  #wrapped({ wrapped = '', call }: VaultAnswer): WrappedDataKey {
    return { wrapped: Buffer.from(wrapped, 'base64'), keyId: this.keyId, requestIds: [call] };
  }
}

function plaintextOf({ plain = '', call }: VaultAnswer): Buffer {
  const plaintext = Buffer.from(plain, 'base64');
  if (plaintext.length !== dataKeyBytes) throw new KmsError('wrong-length', { requestIds: [call] });
  return plaintext;
}
