/**
 * What a folder of this one has to offer to be a provider, beside its rules in the folder of the same name in lib/byok: a
 * connection to an active key, and the test of what was entered. Abilities that its declaration does not have are left out.
 */
import type { AliasFinding } from '#lib/byok/alias-watch.ts';
import type { RowFinding, VerificationEvent } from '#lib/byok/checklist.ts';
import type { Connection, Draft } from '#lib/byok/connection.ts';
import type { OurIdentity, Ours, VersionUse } from '#lib/byok/provider-rules.ts';
import type { ProviderId } from '#lib/byok/providers.ts';
import type { CheckFinding, TestEvent } from '#lib/byok/test-report.ts';
import type { Config } from '#lib/config/config.ts';
import { registeredServices } from '#providers/services.ts';
import type { CallLimits } from './call-limits.ts';
import type { KmsError } from './errors.ts';
import type { CreatorOptions, KeyCreator } from './key-creator.ts';
import type { KmsProvider } from './provider.ts';
import type { StandingWrapping } from './standing-wrapping.ts';

/** A key version as its provider needs it. */
export type KeyConnection<C = Connection> = {
  tenantId: string;
  connection: C;
  /** The tenant's; a version's is the one of when it was activated. */
  externalId: string;
  /** The CMK itself, as the test pinned it. */
  pinnedKeyRef: string;
  /** Whether the key may be asked for data keys. */
  generates: boolean;
  /** What the provider said of the key: whether it may be described, for one. KeyFacts of byok/key-facts.ts. */
  facts?: unknown;
  /** Opened for this connection alone; undefined in modes without one. */
  secret: string | undefined;
};

export type ConnectOptions = {
  /** ID of the key version, or another one for an instance that nobody else may use. */
  revision: string;
  limits: Partial<CallLimits>;
  onThrottled: () => void;
};

export type TestOptions<D = Draft> = {
  /** As it was entered: whether it makes a connection is the first thing that is tested. */
  draft: D;
  externalId: string;
  /** Of modes that have one; absent where none is stored. */
  secret?: string;
  tenant: { id: string; homeRegion: string; regionPolicy: 'refuse' | 'warn' };
  /** Who we are where the key is. */
  ours: Ours;
  /** Where a rotation is tested: what lies under the key so far. */
  standing?: readonly StandingWrapping[];
  consoleUrl?: string | undefined;
  /** What else is in use: a policy that is shown as a remedy must not leave it out. */
  inUse?: readonly VersionUse<Connection>[] | undefined;
  signal: AbortSignal;
};

export type ResolveOptions = { limits: Partial<CallLimits>; signal?: AbortSignal | undefined };
export type AliasAnswer = AliasFinding & { requestIds: string[] };

/** Whose fault a denial is. The platform key has an answer of its own: platform/whose-denial.ts. */
export interface Denials<C = Connection> {
  /**
   * Whether a call that was denied may have been for reasons of our own: an identity of the vendor's that does not answer,
   * or is not let through. Such a denial is an outage, never a revocation. Asks the provider where the error alone does not
   * tell, with our own identity and nothing of the customer's. Never throws; in doubt the fault is ours.
   */
  areOurs(error: KmsError, connection: C, now: Date): Promise<boolean>;
}

export type VendorKeyOptions = {
  keyRef: string;
  limits?: Partial<CallLimits>;
  clock?: () => Date;
  /** Called for every attempt that the provider throttled. */
  onThrottled?: () => void;
};

/** A key of the vendor's own as platform key, reached with the process's own credentials. */
export interface VendorKey {
  /** It is the name of a key of this provider. */
  isNamed(keyRef: string): boolean;
  /** Throws KmsError where there can be no such key. */
  connect(options: VendorKeyOptions): KmsProvider;
}

export interface KeyService<D = Draft, C = Connection> {
  readonly denials: Denials<C>;
  /** Who we are to customers with a key in this place; asked from the provider where the configuration does not say. */
  ourIdentity(location: string): Promise<Ours>;
  /** The same for every place, first match first. */
  ourIdentities(): Promise<OurIdentity[]>;
  /** Where customers are told to let in others than the provider says that we are: a sentence each, for the start of a process. */
  identityProblems?(config: Config): Promise<string[]>;
  readonly vendorKey?: VendorKey;
  /** Dials nothing until it is called. Throws KmsError where the connection cannot be right. */
  connect(connection: KeyConnection<C>, options: ConnectOptions): KmsProvider;
  /** Saves nothing and uses nothing from a cache. Throws KmsError `aborted` when `signal` ends it, and nothing else. */
  selfTest(options: TestOptions<D>): AsyncGenerator<TestEvent<CheckFinding>>;
  /** The same for one step of the set-up guide by itself, one of those that the provider's rules verify. */
  verifyStep(options: TestOptions<D> & { step: string }): AsyncGenerator<VerificationEvent<RowFinding>>;
  /** Creates a key with the credentials of a draft, and finds it again. Dials nothing until it is called. */
  creator?(options: CreatorOptions & { draft: D }): KeyCreator;
  /**
   * Where a name that stands for the key leads now; asked with nothing from a cache. Throws KmsError where the key service does
   * not answer, or does not let us in at all.
   */
  resolveAlias?(connection: KeyConnection<C>, alias: string, options: ResolveOptions): Promise<AliasAnswer>;
}

/** The compiler asks for one service per registered provider. */
export const keyServices: Readonly<Record<ProviderId, KeyService>> = registeredServices;
