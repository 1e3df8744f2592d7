/** The port to creating a CMK in the customer's account. Every failure is a KmsError (errors.ts). */
import type { Draft } from '#lib/byok/connection.ts';

export type CreatorOptions = {
  /** What was entered, the key apart; with its credentials. Each part that is needed is checked first. */
  draft: Draft;
  /** What the enterprise key is called. */
  keyAlias: string;
  tenantId: string;
  externalId: string;
  /** Of modes that have one. */
  secret?: string;
  signal?: AbortSignal;
  /** Time limits of each call, in milliseconds. */
  limits?: { connectTimeoutMs?: number; requestTimeoutMs?: number; totalTimeoutMs?: number };
};

export type FoundKey = {
  /** Of the key that bears the creation's marks; null where none was found. */
  keyRef: string | null;
  /** Whether every key of the account in this place was looked at. */
  complete: boolean;
  looked: number;
};

export interface KeyCreator {
  /** Request IDs of all calls so far. */
  readonly requestIds: string[];

  /**
   * Asks for a key once, marked with `creationId`, which the caller has written down before. After a failure for which
   * `mayHaveCreated` is true the key may exist all the same.
   */
  create(creationId: string, createdAt: Date): Promise<{ keyRef: string; account: string }>;
  mayHaveCreated(failure: unknown): boolean;

  /** Looks for the key with these marks. `keys`: at most so many are looked at; `endsAt` by performance.now. */
  find(creationId: string, bounds: { keys: number; endsAt: number }): Promise<FoundKey>;

  /** Gives the key a name at the provider. */
  name(name: string, keyRef: string): Promise<void>;

  /** True where the key is deleted, or waits for its deletion. */
  isGone(keyRef: string): Promise<boolean>;

  /** Lets go of connections and credentials. */
  close(): void;
}
