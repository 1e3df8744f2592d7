import { KMSClient } from '@aws-sdk/client-kms';
import { AssumeRoleCommand, type AssumeRoleCommandInput, STSClient } from '@aws-sdk/client-sts';
import type { CallRecord } from '../cloudtrail.ts';
import type { FaultRule } from '../faults.ts';
import type { ReadyAccount } from '../ready-account.ts';
import { type RunningSimulator, type StartOptions, startSimulator } from '../server.ts';
import { ACME_ACCOUNT_ID, VENDOR_ACCESS_KEY_ID, VENDOR_SECRET_ACCESS_KEY } from '../world-defaults.ts';

export interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
}

export const VENDOR: Credentials = { accessKeyId: VENDOR_ACCESS_KEY_ID, secretAccessKey: VENDOR_SECRET_ACCESS_KEY };
export const REGION = 'us-east-1';

export interface Harness {
  simulator: RunningSimulator;
  /** Moves the simulated time on. */
  advance(ms: number): void;
  /** The unmodified SDK, pointed at the simulator; one attempt only, so that each answer is seen. */
  kms(credentials: Credentials, options?: { region?: string; maxAttempts?: number }): KMSClient;
  sts(credentials: Credentials, options?: { maxAttempts?: number }): STSClient;
  /** Assumes the role with the vendor's credentials unless others are given. */
  assume(roleArn: string, input?: Partial<AssumeRoleCommandInput>, by?: Credentials): Promise<Credentials>;
  /** A request to the administrators' interface; throws an Error whose message is the error's code and message. */
  admin<T = Record<string, unknown>>(method: string, path: string, body?: unknown): Promise<T>;
  iam<T = Record<string, unknown>>(action: string, input: object, accountId?: string): Promise<T>;
  /** A KMS operation as the account's root user. */
  root<T = Record<string, unknown>>(action: string, input: object, accountId?: string): Promise<T>;
  /** A user with these permissions, and credentials for it. */
  user(name: string, policy: object | undefined, accountId?: string): Promise<Credentials>;
  ready(overrides?: object): Promise<ReadyAccount>;
  calls(): Promise<CallRecord[]>;
  faults(...rules: FaultRule[]): Promise<unknown>;
  close(): Promise<void>;
}

/** A simulator of its own on a free port, at the present time. */
export async function startHarness(options: StartOptions = {}): Promise<Harness> {
  let offset = 0;
  const simulator = await startSimulator({ clock: () => Date.now() + offset, ...options });
  const { url } = simulator;
  const clients: (KMSClient | STSClient)[] = [];
  const keep = <T extends KMSClient | STSClient>(client: T): T => {
    clients.push(client);
    return client;
  };
  const admin = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const response = await fetch(`${url}/_sim${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    const answer = await response.json();
    if (!response.ok) throw new Error(`${answer.error.code}: ${answer.error.message}`);
    return answer as T;
  };
  const harness: Harness = {
    simulator,
    advance(ms) {
      offset += ms;
    },
    kms: (credentials, { region = REGION, maxAttempts = 1 } = {}) =>
      keep(new KMSClient({ endpoint: url, region, credentials, maxAttempts, systemClockOffset: offset })),
    sts: (credentials, { maxAttempts = 1 } = {}) =>
      keep(new STSClient({ endpoint: url, region: REGION, credentials, maxAttempts, systemClockOffset: offset })),
    async assume(roleArn, input = {}, by = VENDOR) {
      const command = new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: 'keyward', ...input });
      const { Credentials: issued } = await harness.sts(by).send(command);
      if (!issued?.AccessKeyId || !issued.SecretAccessKey || !issued.SessionToken) throw new Error('No credentials.');
      return {
        accessKeyId: issued.AccessKeyId,
        secretAccessKey: issued.SecretAccessKey,
        sessionToken: issued.SessionToken,
      };
    },
    admin,
    iam: (action, input, accountId = ACME_ACCOUNT_ID) => admin('POST', `/accounts/${accountId}/iam/${action}`, input),
    root: (action, input, accountId = ACME_ACCOUNT_ID) =>
      admin('POST', `/accounts/${accountId}/kms/${REGION}/${action}`, input),
    async user(name, policy, accountId = ACME_ACCOUNT_ID) {
      await admin('POST', '/accounts', { accountId });
      await harness.iam('CreateUser', { UserName: name }, accountId);
      if (policy) {
        const PolicyDocument = JSON.stringify(policy);
        await harness.iam('PutUserPolicy', { UserName: name, PolicyName: 'inline', PolicyDocument }, accountId);
      }
      const { AccessKey } = await harness.iam<{ AccessKey: { AccessKeyId: string; SecretAccessKey: string } }>(
        'CreateAccessKey',
        { UserName: name },
        accountId,
      );
      return { accessKeyId: AccessKey.AccessKeyId, secretAccessKey: AccessKey.SecretAccessKey };
    },
    ready: (overrides = {}) =>
      admin('POST', '/ready-account', { accountId: ACME_ACCOUNT_ID, region: REGION, ...overrides }),
    calls: () => admin('GET', '/calls'),
    faults: (...rules) => admin('PUT', '/faults', rules),
    async close() {
      for (const client of clients) client.destroy();
      await simulator.close();
    },
  };
  return harness;
}

/** A policy of these statements. */
export function policy(...statements: object[]): { Version: string; Statement: object[] } {
  return { Version: '2012-10-17', Statement: statements };
}

export const ALLOW_ALL = policy({ Effect: 'Allow', Action: '*', Resource: '*' });
