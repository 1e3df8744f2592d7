/**
 * For tests: a simulated AWS in this process, and a customer in it who has an account, a role and a key. The SDK is led
 * there by its own environment variables, as in the demo.
 */

import { keyPolicy, permissionPolicy, policyText, trustPolicy } from '#lib/byok/aws/policies.ts';
import { startSimulator } from '../../../e2e/aws-simulator/server.ts';
import {
  VENDOR_ACCESS_KEY_ID,
  VENDOR_ACCOUNT_ID,
  VENDOR_ROLE_ARN,
  VENDOR_SECRET_ACCESS_KEY,
} from '../../../e2e/aws-simulator/world-defaults.ts';

export const tenantId = '6f1c4d0e-8a53-4b7e-9f0a-2f6f5f5c9a11';
export const externalId = 'kw-uBbV3yGkZr0h6qPjX1nTtA';
export const region = 'us-east-1';
export const accountId = '111122223333';
export const serviceRoleArn = VENDOR_ROLE_ARN;
export const vendorAccountId = VENDOR_ACCOUNT_ID;
export const ids = { tenantId, appId: '0b9e6f52-54a4-4b27-8c3d-0e4d7f0a7c21' };

export type Customer = Awaited<ReturnType<typeof startAws>>;
type Json = Record<string, unknown>;

/** Starts it with a role and a key under the very policies that Keyward shows. `close` ends it. */
export async function startAws(more: { clock?: () => number } = {}) {
  const simulator = await startSimulator(more);
  const environment = {
    AWS_ENDPOINT_URL_STS: simulator.url,
    AWS_ENDPOINT_URL_KMS: simulator.url,
    AWS_ACCESS_KEY_ID: VENDOR_ACCESS_KEY_ID,
    AWS_SECRET_ACCESS_KEY: VENDOR_SECRET_ACCESS_KEY,
    AWS_REGION: region,
  };
  Object.assign(process.env, environment);

  const send = async (method: string, path: string, body?: unknown): Promise<Json> => {
    const response = await fetch(`${simulator.url}/_sim/${path}`, {
      method,
      ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    const answer = (await response.json()) as Json;
    if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
    return answer;
  };
  const { roleArn, keyArn, aliasArn } = (await send('POST', 'ready-account', { accountId, region })) as Record<
    string,
    string
  >;
  if (!roleArn || !keyArn || !aliasArn) throw new Error('the simulator made no account');

  const kms = (action: string, input: Json, at = region) =>
    send('POST', `accounts/${accountId}/kms/${at}/${action}`, input);
  const iam = (action: string, input: Json) => send('POST', `accounts/${accountId}/iam/${action}`, input);
  const put = {
    trust: (document: object) =>
      iam('UpdateAssumeRolePolicy', { RoleName: 'BYOK_Role', PolicyDocument: policyText(document) }),
    permission: (document: object) =>
      iam('PutRolePolicy', { RoleName: 'BYOK_Role', PolicyName: 'BYOK_Policy', PolicyDocument: policyText(document) }),
    key: (document: object, KeyId = keyArn) =>
      kms('PutKeyPolicy', { KeyId, PolicyName: 'default', Policy: policyText(document) }),
  };
  const policies = {
    trust: trustPolicy({ serviceRoleArn, externalId }),
    permission: permissionPolicy({ keyArn, tenantId }),
    key: keyPolicy({ partition: 'aws', accountId, roleArn, tenantId }),
  };
  const applyPolicies = async () => {
    await put.trust(policies.trust);
    await put.permission(policies.permission);
    await put.key(policies.key);
  };
  await applyPolicies();
  return {
    roleArn,
    keyArn,
    aliasArn,
    policies,
    put,
    kms,
    iam,
    applyPolicies,
    send,
    /** Rules of the simulator's faults; without any, all is well again. */
    faults: (...rules: Json[]) => send('PUT', 'faults', rules),
    calls: async () => (await send('GET', `calls?accountId=${accountId}`)) as unknown as Json[],
    close: async () => {
      for (const name of Object.keys(environment)) delete process.env[name];
      await simulator.close();
    },
  };
}
