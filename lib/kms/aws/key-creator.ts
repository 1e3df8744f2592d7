/** Creates and finds keys with the credentials of one configuration, which it fetches for itself and keeps for nobody. */
import { setTimeout as pause } from 'node:timers/promises';
import type { KMSClient } from '@aws-sdk/client-kms';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { parseRoleArn } from '#lib/byok/aws/arn.ts';
import type { AccessKeyDraft, AwsDraft, RoleDraft } from '#lib/byok/aws/connection.ts';
import { createdKeyPolicy } from '#lib/byok/aws/created-key.ts';
import { isKnownRegion, isPartition, type Partition } from '#lib/byok/aws/regions.ts';
import { type CallLimits, defaultLimits } from '../call-limits.ts';
import { KmsError } from '../errors.ts';
import type { CreatorOptions, FoundKey, KeyCreator } from '../key-creator.ts';
import { assumeRole, sessionNameOf } from './assume-role.ts';
import { makeKmsClient, makeStsClient, type SessionCredentials } from './clients.ts';
import { createAlias, createKey, hasMarks, isGone, listKeys, mayHaveCreated } from './create-key.ts';
import { Operation } from './operation.ts';

/** Whom the key's policy names, and where the key comes to be. */
type Principal = { arn: string; accountId: string; partition: Partition };

/** https://docs.aws.amazon.com/kms/latest/developerguide/requests-per-second.html: ListResourceTags, 10 a second, in all. */
const pauseMs = 150;

/** Throws KmsError `region-unknown` at once. Dials nothing until it is called. */
export function createAwsKeyCreator(options: AwsCreatorOptions): KeyCreator {
  return new AwsKeyCreator(options);
}

type AwsCreatorOptions = CreatorOptions & { draft: AwsDraft };

class AwsKeyCreator implements KeyCreator {
  readonly requestIds: string[] = [];
  readonly #options: AwsCreatorOptions;
  readonly #limits: CallLimits;
  #session: { kms: KMSClient; principal: Principal } | undefined;

  constructor(options: AwsCreatorOptions) {
    if (!isKnownRegion(options.draft.region)) throw new KmsError('region-unknown');
    this.#options = options;
    this.#limits = { ...defaultLimits, ...options.limits };
  }

  async create(creationId: string, createdAt: Date): Promise<{ keyRef: string; account: string }> {
    const { draft, keyAlias, tenantId } = this.#options;
    return this.#call(async (operation) => {
      const { kms, principal } = await this.#open(operation);
      const keyArn = await createKey(
        { kms, operation },
        {
          creationId,
          tenantId,
          description: `Made by Keyward for the enterprise key ${keyAlias}.`,
          policy: createdKeyPolicy({
            partition: principal.partition,
            accountId: principal.accountId,
            principalArn: principal.arn,
            tenantId,
            shape: draft.policyShape,
            dataKeyPair: draft.dataKeyPair,
            createdAt,
          }),
        },
      );
      return { keyRef: keyArn, account: principal.accountId };
    });
  }

  mayHaveCreated(failure: unknown): boolean {
    return failure instanceof KmsError && mayHaveCreated(failure);
  }

  async find(creationId: string, bounds: { keys: number; endsAt: number }): Promise<FoundKey> {
    const marks = { creationId, tenantId: this.#options.tenantId };
    const { arns, all } = await this.#call(async (operation) => {
      const { kms } = await this.#open(operation);
      return listKeys({ kms, operation }, bounds.keys);
    });
    for (const [looked, keyArn] of arns.entries()) {
      if (performance.now() >= bounds.endsAt) return { keyRef: null, complete: false, looked };
      const isMarked = await this.#call(async (operation) => {
        const { kms } = await this.#open(operation);
        return hasMarks({ kms, operation }, keyArn, marks);
      });
      if (isMarked) return { keyRef: keyArn, complete: true, looked: looked + 1 };
      await pause(pauseMs, undefined, this.#options.signal ? { signal: this.#options.signal } : {});
    }
    return { keyRef: null, complete: all, looked: arns.length };
  }

  name(aliasName: string, keyArn: string): Promise<void> {
    return this.#call(async (operation) => {
      const { kms } = await this.#open(operation);
      await createAlias({ kms, operation }, aliasName, keyArn);
    });
  }

  isGone(keyArn: string): Promise<boolean> {
    return this.#call(async (operation) => {
      const { kms } = await this.#open(operation);
      return isGone({ kms, operation }, keyArn);
    });
  }

  close(): void {
    this.#session?.kms.destroy();
    this.#session = undefined;
  }

  async #call<T>(work: (operation: Operation) => Promise<T>): Promise<T> {
    const operation = new Operation(this.#limits, this.#options.signal);
    try {
      return await work(operation);
    } finally {
      this.requestIds.push(...operation.requestIds);
    }
  }

  /** The role assumed, or the user known, once; a session lasts longer than what is done with it. */
  async #open(operation: Operation): Promise<{ kms: KMSClient; principal: Principal }> {
    if (this.#session) return this.#session;
    const { draft } = this.#options;
    const { credentials, principal } =
      draft.authMode === 'access-key' ? await this.#asUser(operation, draft) : await this.#asRole(operation, draft);
    this.#session = { kms: makeKmsClient(draft.region, this.#limits, credentials), principal };
    return this.#session;
  }

  async #asRole(operation: Operation, { region, roleArn }: RoleDraft) {
    const { externalId, tenantId } = this.#options;
    const role = parseRoleArn(roleArn);
    if (!role.ok) throw new KmsError('invalid-arn');
    const sts = makeStsClient(region, this.#limits);
    try {
      const sessionName = sessionNameOf(tenantId, 'keyward-create');
      const credentials = await assumeRole(operation, sts, { roleArn: role.value.arn, externalId, sessionName });
      const { arn, accountId, partition } = role.value;
      return { credentials, principal: { arn, accountId, partition } };
    } finally {
      sts.destroy();
    }
  }

  async #asUser(operation: Operation, { region, accessKeyId }: AccessKeyDraft) {
    const { secret: secretAccessKey } = this.#options;
    if (!secretAccessKey) throw new Error('an access key was to be used without its secret');
    const credentials: SessionCredentials = { accessKeyId, secretAccessKey };
    const sts = makeStsClient(region, this.#limits, credentials);
    try {
      const { Arn = '', Account = '' } = await operation.send('sts', (abortSignal) =>
        sts.send(new GetCallerIdentityCommand({}), { abortSignal }),
      );
      const partition = Arn.split(':')[1] ?? '';
      if (!isPartition(partition)) throw new KmsError('unexpected', operation);
      return { credentials, principal: { arn: Arn, accountId: Account, partition } };
    } finally {
      sts.destroy();
    }
  }
}
