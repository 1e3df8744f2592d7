import type { DataKey } from './data-key.ts';

/** Whose data: every look-up of a data key names both. UUIDs. */
export type Scope = Readonly<{ tenantId: string; appId: string }>;

/**
 * Where sealing and opening get their data keys from: the port to database, cache and KMS.
 *
 * What an implementation owes:
 * - a data key is selected by its ID *and* the app *and* the tenant, before any KMS call;
 * - its check value was verified when it was unwrapped;
 * - no key of `current` is handed out before it is committed and has been read back;
 * - after a key was destroyed, asking again gives another instance or an error, never the same one;
 * - it does nothing that takes time between getting a key from the cache and returning it (see `DataKeyCache`).
 *
 * Whatever it throws (access revoked, KMS unreachable) reaches the caller of `sealItems` and `openItems` unchanged.
 */
export interface DataKeySource {
  /**
   * The data key under which new data of this app is sealed.
   * @param messages how many the caller is about to seal under it: they are counted before it is handed out
   */
  current(scope: Scope, messages: number): Promise<DataKey>;
  /** A data key of exactly this app and tenant; `undefined` when it has none of this ID. */
  byId(scope: Scope, dataKeyId: string): Promise<DataKey | undefined>;
}
