import { randomUUID } from 'node:crypto';
import { shownParameters, userIdentityOf } from './cloudtrail.ts';
import { AwsError } from './errors.ts';
import { callIam } from './iam.ts';
import { callKms } from './kms/service.ts';
import { type Partition, partitionOfRegion } from './regions.ts';
import type { Simulator } from './simulator.ts';
import { rootCaller } from './world/callers.ts';
import type { KmsKey } from './world/types.ts';
import { findAccount, partitionOf } from './world/world.ts';
import { ACCOUNT_NAMES } from './world-defaults.ts';

type Input = Readonly<Record<string, unknown>>;

const USER_AGENT = 'aws-simulator-console';
const SOURCE_IP = '127.0.0.1';

/** Makes the account where it is not there yet. */
export function ensureAccount({ world }: Simulator, accountId: string, name?: string, partition?: Partition): void {
  if (!/^\d{12}$/.test(accountId)) throw new AwsError('ValidationError', 'An account ID is twelve digits.');
  if (findAccount(world, accountId)) {
    if (partition && partition !== partitionOf(world, accountId)) {
      throw new AwsError('ValidationError', `The account ${accountId} is in another partition.`);
    }
    return;
  }
  world.state.accounts[accountId] = {
    id: accountId,
    name: name ?? ACCOUNT_NAMES[accountId] ?? accountId,
    ...(partition && partition !== 'aws' ? { partition } : {}),
    roles: {},
    users: {},
  };
  world.changed();
}

/**
 * A KMS operation by the account's root user, who is bound by key policies like anybody else. It stands in the log of calls.
 * @throws AwsError
 */
export async function callKmsAsRoot(
  simulator: Simulator,
  accountId: string,
  region: string,
  action: string,
  input: Input,
): Promise<Record<string, unknown>> {
  requireAccount(simulator, accountId);
  const touched: KmsKey[] = [];
  const partition = partitionOf(simulator.world, accountId);
  if (partition !== partitionOfRegion(region)) {
    throw new AwsError(
      'ValidationError',
      `The account ${accountId} is in ${partition}, which has no region ${region}.`,
    );
  }
  const caller = rootCaller(accountId, partition);
  const nowMs = simulator.world.clock();
  const environment = { caller, region, sourceIp: SOURCE_IP, userAgent: USER_AGENT, nowMs };
  return await logged(simulator, 'kms', accountId, region, action, input, touched, async () => ({
    ...(await callKms(action, { world: simulator.world, environment, input, touched })),
  }));
}

/** An IAM operation by the account's root user. @throws AwsError */
export async function callIamAsRoot(
  simulator: Simulator,
  accountId: string,
  action: string,
  input: Input,
): Promise<Record<string, unknown>> {
  const account = requireAccount(simulator, accountId);
  return await logged(simulator, 'iam', accountId, 'us-east-1', action, input, [], async () => ({
    ...callIam(action, { world: simulator.world, account, input }),
  }));
}

function requireAccount({ world }: Simulator, accountId: string) {
  const account = findAccount(world, accountId);
  if (!account) throw new AwsError('NoSuchEntity', `There is no account ${accountId} yet.`, 404);
  return account;
}

async function logged<T>(
  simulator: Simulator,
  service: 'kms' | 'iam',
  accountId: string,
  awsRegion: string,
  eventName: string,
  input: Input,
  touched: readonly KmsKey[],
  run: () => Promise<T>,
): Promise<T> {
  const add = (error?: AwsError) =>
    simulator.calls.add({
      eventSource: `${service}.amazonaws.com`,
      eventName,
      awsRegion,
      sourceIPAddress: SOURCE_IP,
      userAgent: USER_AGENT,
      userIdentity: userIdentityOf(rootCaller(accountId, partitionOf(simulator.world, accountId))),
      requestParameters: shownParameters(input),
      resources: touched.map((key) => ({ ARN: key.arn, accountId: key.accountId, type: 'AWS::KMS::Key' })),
      requestID: randomUUID(),
      ...(error
        ? { errorCode: error.code.replace(/^AccessDeniedException$/, 'AccessDenied'), errorMessage: error.message }
        : {}),
    });
  try {
    const answer = await run();
    add();
    return answer;
  } catch (error) {
    if (error instanceof AwsError) add(error);
    throw error;
  }
}
