import type { ProviderId } from '#lib/byok/providers.ts';

/**
 * The port to a key service: whoever wraps and unwraps data keys. `platform` is the vendor's own wrapping key, every other one a
 * customer's key at a provider. All of them pass provider.contract.ts.
 *
 * Every failure is a KmsError (errors.ts), whose text and fields hold neither plaintext nor credentials. Buffers of
 * plaintext belong to the caller, who zero-fills them when they are done with.
 */
export type DataKeyIds = {
  tenantId: string;
  appId: string;
};

export type WrappedDataKey = {
  /** Opaque to everybody but the provider that made it. */
  wrapped: Buffer;
  /** The key that wrapped it: always the provider's own `keyId`, compared before it is handed out. */
  keyId: string;
  /** Request IDs of every attempt of this call, in order; empty for a key held in the process. */
  requestIds: string[];
};

export type UnwrappedDataKey = {
  /** 32 bytes, checked. */
  plaintext: Buffer;
  keyId: string;
  requestIds: string[];
};

export type ProbeResult = {
  requestIds: string[];
  /** Instant at which the probe was sent: what it proves, it proves for then. */
  sentAt: Date;
  durationMs: number;
};

export interface KmsProvider {
  readonly kind: 'platform' | ProviderId;

  /** What `wrap` answers with when all is well: the key's own name at its provider, or `platform/` and a fingerprint. */
  readonly keyId: string;

  /** A fresh 32-byte data key, generated under the wrapping key. */
  generateDataKey(ids: DataKeyIds, signal?: AbortSignal): Promise<WrappedDataKey & { plaintext: Buffer }>;

  /** Wraps a 32-byte data key. `plaintext` is neither kept nor changed. */
  wrap(plaintext: Buffer, ids: DataKeyIds, signal?: AbortSignal): Promise<WrappedDataKey>;

  /**
   * Unwraps what `wrap` or `generateDataKey` of a provider for the same key made, for the same ids. Anything else is a
   * KmsError of class `integrity`.
   */
  unwrap(wrapped: Buffer, ids: DataKeyIds, signal?: AbortSignal): Promise<UnwrappedDataKey>;

  /** Asks the key for real, with no credential from a cache: describes it and sends a few bytes there and back. */
  probe(signal?: AbortSignal): Promise<ProbeResult>;

  /**
   * Describes the key, and throws as `unwrap` would where its state is one that an owner chose. Any other state, and a
   * key that may not be described, is for `unwrap` to show. @returns request IDs
   */
  look(signal?: AbortSignal): Promise<string[]>;

  /** Lets go of connections, credentials and key material. Calls after it fail. */
  close(): void;
}

/**
 * What every wrapping is bound to: a provider that takes such names hands them to the key service, so that the customer can demand
 * them and its log tells which app was read; any other one binds them itself.
 */
export function encryptionContext(ids: DataKeyIds): Record<string, string> {
  return { 'keyward:tenant': ids.tenantId, 'keyward:app': ids.appId, 'keyward:purpose': 'data-key' };
}

/** What stands for an app in the context of a call that belongs to none. */
export const appIdOfProbe = 'health-probe';
export const appIdOfTest = 'configuration-test';

export const dataKeyBytes = 32;
