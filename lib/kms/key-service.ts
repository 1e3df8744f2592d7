/**
 * What a folder of this one has to offer to be a provider, beside its declaration in byok/providers.ts: a connection to a
 * key in force, and the test of a configuration.
 */

import type { VerifiableStep, VerificationEvent } from '#lib/byok/checklist.ts';
import type { ConnectionMode } from '#lib/byok/connection-mode.ts';
import type { KeyConfiguration } from '#lib/byok/key-configuration.ts';
import type { ProviderId } from '#lib/byok/providers.ts';
import type { StandingUse } from '#lib/byok/standing-uses.ts';
import type { TestEvent } from '#lib/byok/test-report.ts';
import type { CallLimits } from './aws/limits.ts';
import type { AliasAnswer } from './aws/look-up-alias.ts';
import { awsKeyService } from './aws/service.ts';
import type { KmsError } from './errors.ts';
import type { CreatorOptions, KeyCreator } from './key-creator.ts';
import type { KmsProvider } from './provider.ts';
import type { StandingWrapping } from './standing-wrapping.ts';

/** A key version as its provider needs it. */
export type KeyConnection = ConnectionMode & {
  tenantId: string;
  region: string;
  roleArn: string;
  externalId: string;
  accessKeyId: string;
  /** The CMK itself, as the test pinned it. */
  pinnedKeyArn: string;
  /** Whether the key may be asked for data keys. */
  generates: boolean;
  /** What AWS said of the key: whether it may be described, for one. KeyFacts of byok/key-facts.ts. */
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

export type TestOptions = {
  configuration: KeyConfiguration;
  externalId: string;
  /** Of modes that have one; absent where none is stored. */
  secretAccessKey?: string;
  tenant: { id: string; homeRegion: string; regionPolicy: 'refuse' | 'warn' };
  serviceRoleArn: string;
  vendorAccountId: string;
  /** Where a rotation is tested: what lies under the key so far. */
  standing?: readonly StandingWrapping[];
  consoleUrl?: string | undefined;
  /** What else is in use: a policy that is shown as a remedy must not leave it out. */
  inUse?: readonly StandingUse[] | undefined;
  signal: AbortSignal;
};

/** Whose trouble a denial is. The platform key has an answer of its own: platform/whose-denial.ts. */
export interface Denials<Connection = DeniedConnection> {
  /**
   * Whether a call that was denied may have been for reasons of our own: an identity of the vendor's that does not answer,
   * or is not let through. Such a denial is an outage, never a revocation. Asks the provider where the error alone does not
   * tell, with our own identity and nothing of the customer's. Never throws; in doubt the trouble is ours.
   */
  areOurs(error: KmsError, connection: Connection, now: Date): Promise<boolean>;
}

/** As whom we came when we were denied. */
export type DeniedConnection = ConnectionMode & Pick<KeyConnection, 'region'>;

export interface KeyService {
  readonly denials: Denials;
  /** Dials nothing until it is called. Throws KmsError where the connection cannot be right. */
  connect(connection: KeyConnection, options: ConnectOptions): KmsProvider;
  /** Saves nothing and uses nothing from a cache. Throws KmsError `aborted` when `signal` ends it, and nothing else. */
  selfTest(options: TestOptions): AsyncGenerator<TestEvent>;
  /** The same for one step of the set-up guide by itself. */
  verifyStep(options: TestOptions & { step: VerifiableStep }): AsyncGenerator<VerificationEvent>;
  /** Creates a key with the credentials of a configuration, and finds it again. Dials nothing until it is called. */
  creator(options: CreatorOptions): KeyCreator;
  /**
   * Where a name that stands for the key leads now; asked with nothing from a cache. Throws KmsError where the key service does
   * not answer, or does not let us in at all. Only for providers whose declaration has aliases.
   */
  lookUpAlias(connection: KeyConnection, aliasArn: string, options: LookUpOptions): Promise<AliasAnswer>;
}

export type LookUpOptions = { limits: Partial<CallLimits>; signal?: AbortSignal | undefined };

/** The compiler asks for one service per declared provider. */
export const keyServices: Readonly<Record<ProviderId, KeyService>> = { aws: awsKeyService };
