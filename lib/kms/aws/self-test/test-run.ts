/** What the checks of one test share: the configuration under test, and what earlier checks have found out. */

import { randomBytes } from 'node:crypto';
import type { KMSClient } from '@aws-sdk/client-kms';
import type { STSClient } from '@aws-sdk/client-sts';
import type { AliasName, KeyArn, KeyName, RoleName } from '#lib/byok/aws/arn.ts';
import type { AwsDraft } from '#lib/byok/aws/connection.ts';
import type { Partition } from '#lib/byok/aws/regions.ts';
import type { StandingUse } from '#lib/byok/aws/standing-uses.ts';
import type { KeyFacts } from '#lib/byok/key-facts.ts';
import type { Message } from '#lib/byok/messages/message.ts';
import type { CheckFinding, FinalOutcome } from '#lib/byok/test-report.ts';
import { type CallLimits, defaultLimits } from '../../call-limits.ts';
import type { StandingWrapping } from '../../standing-wrapping.ts';

export type SelfTestOptions = {
  configuration: AwsDraft;
  externalId: string;
  /** Of the authentication mode access-key; absent where none is stored. */
  secretAccessKey?: string;
  /** `regionPolicy`: what a key outside of the home region means. */
  tenant: { id: string; homeRegion: string; regionPolicy: 'refuse' | 'warn' };
  /** The vendor's role that the customer's role has to trust. */
  serviceRoleArn: string;
  vendorAccountId: string;
  /** Where a rotation is tested: what lies under the key so far, and has to stay readable until it has moved. */
  standing?: readonly StandingWrapping[];
  /** Where links into AWS lead; unset, the partition's own console. */
  consoleUrl?: string | undefined;
  /** What else is in use: a policy that is shown as a remedy must not leave it out. */
  inUse?: readonly StandingUse[] | undefined;
  /** `size` bytes that nobody can foresee. */
  random?: (size: number) => Buffer;
  signal?: AbortSignal | undefined;
  /** Time limits of each AWS call. */
  limits?: Partial<CallLimits>;
  waitLimits?: Partial<WaitLimits>;
};

/** How long AWS is asked again, since what it has just been given may take a while to arrive. Milliseconds. */
export type WaitLimits = {
  /** For a call that is denied and should be allowed. */
  positiveMs: number;
  /** For a call that is allowed and should be denied. */
  confusedDeputyMs: number;
  /** Before the second attempt; later ones wait longer, up to five times this. */
  pauseMs: number;
};

export const defaultWaitLimits: WaitLimits = { positiveMs: 20_000, confusedDeputyMs: 60_000, pauseMs: 1_000 };

export type TestRun = {
  readonly options: SelfTestOptions;
  readonly random: (size: number) => Buffer;
  readonly limits: CallLimits;
  readonly waitLimits: WaitLimits;
  /** Of the check that is running. */
  requestIds: string[];
  /** From `format`. */
  role?: RoleName;
  key?: KeyName | AliasName;
  /** From `connectivity`: in the key's region, with the vendor's own credentials; with an access key, with those. */
  sts?: STSClient;
  /** From `authentication` with an access key: whose it is. */
  user?: UserName;
  /** From `authentication`: with the credentials of the role, or of the user. */
  kms?: KMSClient;
  /** From `key`, completed by later checks. */
  pinnedKeyArn?: KeyArn;
  facts?: KeyFacts;
};

export type UserName = { arn: string; partition: Partition; accountId: string; userName: string };

export type CheckOutcome = Pick<
  CheckFinding,
  'summary' | 'details' | 'cause' | 'remedy' | 'ownDenialsTold' | 'principal'
> & { outcome: FinalOutcome };

/** A check that asks AWS again gives the number of the coming attempt each time, from 2. */
export type Steps = AsyncGenerator<number, CheckOutcome>;

export type Check = {
  /** Where it ends the same whatever went before. Every other check is not run once one has failed. */
  apart?: (options: SelfTestOptions) => boolean;
  /** What is being done, while it is. */
  doing: Message;
  /** Its calls are meant to be denied. */
  negative?: true;
  run(test: TestRun): Steps | Promise<CheckOutcome>;
};

export function beginTest(options: SelfTestOptions): TestRun {
  return {
    options,
    random: options.random ?? randomBytes,
    limits: { ...defaultLimits, ...options.limits },
    waitLimits: { ...defaultWaitLimits, ...options.waitLimits },
    requestIds: [],
  };
}

export function endTest(test: TestRun): void {
  test.sts?.destroy();
  test.kms?.destroy();
}

/** The credentials under test, where it is an access key; with a role there are none yet. */
export function accessKeyOf({ options }: TestRun): { accessKeyId: string; secretAccessKey: string } | undefined {
  const { configuration, secretAccessKey } = options;
  if (configuration.authMode !== 'access-key') return undefined;
  return { accessKeyId: configuration.accessKeyId, secretAccessKey: found(secretAccessKey) };
}

/** What an earlier check must have found; the order of the checks sees to it. */
export function found<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('a check ran without the one that it needs');
  return value;
}
