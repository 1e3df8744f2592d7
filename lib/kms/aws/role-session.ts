/**
 * The one session of a role that a provider works with. It belongs to exactly one configuration (tenant, role ARN,
 * external ID, region, revision), because every provider makes its own and shares it with nobody.
 */
import type { STSClient } from '@aws-sdk/client-sts';
import type { CallLimits } from '../call-limits.ts';
import { KmsError } from '../errors.ts';
import { type AssumeRoleRequest, assumeRole } from './assume-role.ts';
import type { SessionCredentials } from './clients.ts';
import { Operation } from './operation.ts';

/** A session is not begun to be used in its last two minutes. */
const reserveMs = 120_000;

type Assumed = { credentials: SessionCredentials; requestIds: string[] };

/** Where a provider has its credentials from. */
export interface CredentialSource {
  credentials(operation: Operation): Promise<SessionCredentials>;
  /** After a denial: what was given before is not used again, where there can be anything else. */
  drop(seen?: SessionCredentials): void;
}

/** An access key of a user: always the same, until another version of the key brings another. */
export function fixedCredentials(credentials: SessionCredentials): CredentialSource {
  return { credentials: async () => credentials, drop() {} };
}

export class RoleSession implements CredentialSource {
  readonly #sts: STSClient;
  readonly #request: AssumeRoleRequest;
  readonly #limits: CallLimits;
  readonly #clock: () => Date;
  #current: SessionCredentials | undefined;
  #pending: Promise<Assumed> | undefined;
  /** Counts drops: an AssumeRole begun before a drop is not kept after it. */
  #generation = 0;

  constructor(sts: STSClient, request: AssumeRoleRequest, limits: CallLimits, clock: () => Date) {
    this.#sts = sts;
    this.#request = request;
    this.#limits = limits;
    this.#clock = clock;
  }

  /**
   * Credentials that are good for two minutes at least. Callers that come at once share one AssumeRole, which has a
   * time limit of its own: one caller's abort does not fail the others.
   */
  async credentials(operation: Operation): Promise<SessionCredentials> {
    const current = this.#current;
    if (current?.expiresAt && current.expiresAt.getTime() - this.#clock().getTime() > reserveMs) return current;
    const pending = this.#pending ?? this.#begin();
    const { credentials, requestIds } = await operation.within(() =>
      pending.catch((thrown: unknown) => {
        if (!(thrown instanceof KmsError)) throw thrown;
        operation.requestIds.push(...thrown.requestIds);
        throw thrown.as(thrown.failure, operation.requestIds);
      }),
    );
    operation.requestIds.push(...requestIds);
    return credentials;
  }

  /** Forgets the session, unless a newer one than `seen` has taken its place. */
  drop(seen?: SessionCredentials): void {
    if (seen !== undefined && seen !== this.#current) return;
    this.#current = undefined;
    this.#pending = undefined;
    this.#generation += 1;
  }

  #begin(): Promise<Assumed> {
    const pending = this.#assume(this.#generation).finally(() => {
      if (this.#pending === pending) this.#pending = undefined;
    });
    // Whoever waits sees the failure; with nobody left waiting it must not end the process.
    pending.catch(() => undefined);
    this.#pending = pending;
    return pending;
  }

  async #assume(generation: number): Promise<Assumed> {
    const operation = new Operation(this.#limits);
    const credentials = await assumeRole(operation, this.#sts, this.#request);
    if (generation === this.#generation) this.#current = credentials;
    return { credentials, requestIds: operation.requestIds };
  }
}
