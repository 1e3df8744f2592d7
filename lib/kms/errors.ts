import { type KmsFailureClass, type KmsFailureCode, kmsFailures } from '#lib/byok/kms-failure.ts';

/**
 * A failure of a key service. Its message and fields are made of our own words, codes, the provider's own code and request
 * IDs; the provider's message is not kept, so that nothing of a request can travel in it.
 */
export class KmsError extends Error {
  readonly failure: KmsFailureCode;
  readonly class: KmsFailureClass;
  /** Of every attempt, in order. */
  readonly requestIds: string[];
  /** What the provider calls it. */
  readonly providerCode: string | undefined;
  /** Node's or OpenSSL's code where no answer came: ECONNREFUSED, CERT_HAS_EXPIRED. */
  readonly connectionCode: string | undefined;
  /** The call that failed, as the provider's policies name it: "kms:Decrypt". */
  readonly action: string | undefined;
  /** What denied it, in the provider's own words, where it says so. */
  readonly deniedBy: string | undefined;
  /** A statement with the effect Deny did it, not the lack of one that allows. */
  readonly deniedExplicitly: boolean;
  /** When the provider deletes the key, where its deletion is scheduled and it told. */
  readonly keyDeletedAt: Date | undefined;
  /** How often the failing call was sent. */
  readonly attempts: number;

  constructor(
    failure: KmsFailureCode,
    more: {
      requestIds?: readonly string[];
      providerCode?: string;
      connectionCode?: string;
      action?: string;
      deniedBy?: string;
      deniedExplicitly?: boolean;
      keyDeletedAt?: Date | undefined;
      attempts?: number;
    } = {},
  ) {
    super(`${failure}: ${kmsFailures[failure].meaning}`);
    this.name = 'KmsError';
    this.failure = failure;
    this.class = kmsFailures[failure].class;
    this.requestIds = [...(more.requestIds ?? [])];
    this.providerCode = more.providerCode;
    this.connectionCode = more.connectionCode;
    this.action = more.action;
    this.deniedBy = more.deniedBy;
    this.deniedExplicitly = more.deniedExplicitly ?? false;
    this.keyDeletedAt = more.keyDeletedAt;
    this.attempts = more.attempts ?? 1;
  }

  /** The same error told more exactly, once more is known. */
  as(
    failure: KmsFailureCode,
    requestIds: readonly string[] = this.requestIds,
    keyDeletedAt: Date | undefined = this.keyDeletedAt,
  ): KmsError {
    return new KmsError(failure, {
      requestIds,
      keyDeletedAt,
      attempts: this.attempts,
      deniedExplicitly: this.deniedExplicitly,
      ...(this.providerCode === undefined ? {} : { providerCode: this.providerCode }),
      ...(this.connectionCode === undefined ? {} : { connectionCode: this.connectionCode }),
      ...(this.action === undefined ? {} : { action: this.action }),
      ...(this.deniedBy === undefined ? {} : { deniedBy: this.deniedBy }),
    });
  }
}
