/**
 * A customer's own key in AWS KMS, reached by assuming the customer's role with the tenant's external ID, or with an
 * access key of a user of the customer's.
 */
import { parseKeyArn } from '#lib/byok/aws/arn.ts';
import { isKnownRegion } from '#lib/byok/aws/regions.ts';
import type { SessionPurpose } from '#lib/byok/aws/session-purposes.ts';
import type { KmsFailureCode } from '#lib/byok/kms-failure.ts';
import { type CallLimits, defaultLimits } from '../call-limits.ts';
import { KmsError } from '../errors.ts';
import type { DataKeyIds, KmsProvider, ProbeResult } from '../provider.ts';
import { asAccessKeyFailure } from './access-key-failure.ts';
import { assumeRole, sessionNameOf } from './assume-role.ts';
import { clarifyState } from './clarify-state.ts';
import { makeKmsClient, makeStsClient, type SessionCredentials } from './clients.ts';
import { generateFor, lookAtKey, makeFor, thereAndBack, unwrapFor, wrapFor } from './data-key-calls.ts';
import type { KeyCaller } from './key-calls.ts';
import { Operation } from './operation.ts';
import { type CredentialSource, fixedCredentials, RoleSession } from './role-session.ts';

/** How we are let in. */
export type AwsAccess =
  | { mode: 'assume-role'; roleArn: string; externalId: string }
  | { mode: 'access-key'; accessKeyId: string; secretAccessKey: string };

export type AwsProviderOptions = {
  tenantId: string;
  access: AwsAccess;
  /** The key's region; resolved in the list of known ones before anything is dialled. */
  region: string;
  /** ARN of the key itself, as the test pinned it; never an alias. */
  keyArn: string;
  /** ID of the key version. Whoever keeps providers keeps one per `cacheKey`. */
  revision: string;
  /** Whether the key may be asked for data keys; where not, they are made here and wrapped by it. True unless set. */
  generates?: boolean;
  /** Whether the key may be described; where not, a probe does not try to. True unless set. */
  describes?: boolean;
  limits?: Partial<CallLimits>;
  clock?: () => Date;
  /** Called for every attempt that AWS throttled, those that were then repeated with success included. */
  onThrottled?: () => void;
};

/**
 * Everything that decides what a provider reaches, and as whom: the only key under which one may be kept. A secret is no part
 * of it: another secret is another revision.
 */
export function cacheKey(options: Omit<AwsProviderOptions, 'limits' | 'clock' | 'onThrottled'>): string {
  const { tenantId, access, region, keyArn, revision } = options;
  const identity =
    access.mode === 'assume-role' ? [access.roleArn, access.externalId] : ['access-key', access.accessKeyId];
  return JSON.stringify([tenantId, ...identity, region, keyArn, revision]);
}

/** Throws KmsError `region-unknown` or `invalid-arn` at once. Dials nothing until it is called. */
export function createAwsProvider(options: AwsProviderOptions): KmsProvider {
  return new AwsProvider(options);
}

class AwsProvider implements KmsProvider {
  readonly kind = 'aws';
  readonly keyId: string;
  readonly #options: AwsProviderOptions;
  readonly #limits: CallLimits;
  readonly #clock: () => Date;
  readonly #sts: ReturnType<typeof makeStsClient>;
  readonly #session: CredentialSource;
  #client: { for: SessionCredentials; kms: ReturnType<typeof makeKmsClient> } | undefined;
  #closed = false;
  #inFlight = 0;

  constructor(options: AwsProviderOptions) {
    const key = parseKeyArn(options.keyArn);
    if (!isKnownRegion(options.region)) throw new KmsError('region-unknown');
    if (!key.ok || key.value.region !== options.region) throw new KmsError('invalid-arn');
    this.keyId = key.value.arn;
    this.#options = options;
    this.#limits = { ...defaultLimits, ...options.limits };
    this.#clock = options.clock ?? (() => new Date());
    this.#sts = makeStsClient(options.region, this.#limits);
    const { access } = options;
    this.#session =
      access.mode === 'assume-role'
        ? new RoleSession(this.#sts, roleRequest(access, options.tenantId, 'keyward'), this.#limits, this.#clock)
        : fixedCredentials(access);
  }

  async generateDataKey(ids: DataKeyIds, signal?: AbortSignal) {
    const make = this.#options.generates === false ? makeFor : generateFor;
    return this.#call(signal, (caller) => make(caller, ids));
  }

  async wrap(plaintext: Buffer, ids: DataKeyIds, signal?: AbortSignal) {
    return this.#call(signal, (caller) => wrapFor(caller, plaintext, ids));
  }

  async unwrap(wrapped: Buffer, ids: DataKeyIds, signal?: AbortSignal) {
    return this.#call(signal, (caller) => unwrapFor(caller, wrapped, ids));
  }

  async look(signal?: AbortSignal) {
    if (this.#looks() === 'never') return [];
    return this.#call(signal, lookAtKey);
  }

  /** Each of its four AWS calls has the whole time limit for itself. A refusal also ends the cached session. */
  async probe(signal?: AbortSignal): Promise<ProbeResult> {
    const sentAt = this.#clock();
    const began = performance.now();
    const operation = new Operation({ ...this.#limits, totalTimeoutMs: 4 * this.#limits.totalTimeoutMs }, signal);
    await this.#whileOpen(async () => {
      const { access, tenantId } = this.#options;
      const credentials =
        access.mode === 'assume-role'
          ? await assumeRole(operation, this.#sts, roleRequest(access, tenantId, 'keyward-probe'))
          : access;
      const kms = makeKmsClient(this.#options.region, this.#limits, credentials);
      try {
        await thereAndBack({ kms, operation, keyArn: this.keyId }, this.#options.tenantId, this.#looks());
      } finally {
        kms.destroy();
      }
    }).catch((thrown: unknown) => {
      const failure = this.#told(thrown);
      if (isRefusal(failure)) this.#session.drop();
      throw failure;
    });
    return { requestIds: operation.requestIds, sentAt, durationMs: Math.round(performance.now() - began) };
  }

  /** Calls under way end undisturbed; the connections go with the last of them. */
  close(): void {
    this.#closed = true;
    this.#session.drop();
    if (this.#inFlight === 0) this.#release();
  }

  async #call<T>(signal: AbortSignal | undefined, work: (caller: KeyCaller) => Promise<T>): Promise<T> {
    const operation = new Operation(this.#limits, signal, Math.random, this.#options.onThrottled);
    return this.#whileOpen(() => this.#tryWithSession(operation, work));
  }

  async #tryWithSession<T>(operation: Operation, work: (caller: KeyCaller) => Promise<T>): Promise<T> {
    const tried = new Set<string>();
    for (;;) {
      const credentials = await this.#session.credentials(operation);
      const caller = { kms: this.#clientFor(credentials), operation, keyArn: this.keyId };
      try {
        return await work(caller);
      } catch (thrown) {
        if (!(thrown instanceof KmsError)) throw thrown;
        const failure = this.#told(await clarifyState(caller, thrown));
        if (isRefusal(failure) || failure.class === 'expired-token') this.#session.drop(credentials);
        // A session that has expired is replaced once; a NotFound may be AWS's own delay, so it is looked at again once.
        if (!onceMore.has(failure.failure) || tried.has(failure.failure)) throw failure;
        tried.add(failure.failure);
        if (failure.failure === 'key-not-found') await operation.rest(lookAgainMs);
      }
    }
  }

  /** A role is shown to us with its policies, DescribeKey among them; an access key's user may be allowed less. */
  #looks(): 'must' | 'may' | 'never' {
    if (this.#options.access.mode === 'assume-role') return 'must';
    return this.#options.describes === false ? 'never' : 'may';
  }

  /** What was said of credentials is said of the access key, where we come with one. */
  #told<E>(failure: E): E | KmsError {
    const withAccessKey = this.#options.access.mode === 'access-key' && failure instanceof KmsError;
    return withAccessKey ? asAccessKeyFailure(failure) : failure;
  }

  async #whileOpen<T>(work: () => Promise<T>): Promise<T> {
    if (this.#closed) throw new KmsError('aborted');
    this.#inFlight += 1;
    try {
      return await work();
    } finally {
      this.#inFlight -= 1;
      if (this.#closed && this.#inFlight === 0) this.#release();
    }
  }

  #release(): void {
    this.#client?.kms.destroy();
    this.#client = undefined;
    this.#sts.destroy();
  }

  #clientFor(credentials: SessionCredentials) {
    if (this.#client?.for === credentials) return this.#client.kms;
    // The client before is left to whoever is using it still; its idle connections end by themselves.
    this.#client = { for: credentials, kms: makeKmsClient(this.#options.region, this.#limits, credentials) };
    return this.#client.kms;
  }
}

function roleRequest(access: Extract<AwsAccess, { mode: 'assume-role' }>, tenantId: string, purpose: SessionPurpose) {
  return { roleArn: access.roleArn, externalId: access.externalId, sessionName: sessionNameOf(tenantId, purpose) };
}

const lookAgainMs = 250;
const onceMore: ReadonlySet<KmsFailureCode> = new Set(['expired-token', 'key-not-found']);

/** Refusals after which no credential issued before may be used again. */
function isRefusal(thrown: unknown): boolean {
  return thrown instanceof KmsError && (thrown.class === 'revoked' || thrown.failure === 'unrecognized-client');
}
