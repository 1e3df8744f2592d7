import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { connectionOf } from '../byok/aws/testing/connection-of.ts';
import { storedConnection } from '../byok/connection.ts';
import { setConfig } from '../config/config.ts';
import { parseConfig } from '../config/parse.ts';
import type { KmsProvider } from '../kms/provider.ts';
import { type Customer, externalId, ids, region, serviceRoleArn, startAws, tenantId } from '../kms/testing/customer.ts';
import { AdaptiveBudget } from './adaptive-budget.ts';
import { budgetOf, closeBudgets } from './budget.ts';
import { connect } from './providers.ts';

const signal = new AbortController().signal;
const versionId = randomUUID();
let customer: Customer;
let provider: KmsProvider;
let wrapped: Buffer;

beforeAll(async () => {
  customer = await startAws();
  setConfig(parseConfig(environment()));
  const { roleArn, keyArn } = customer;
  const stored = storedConnection(connectionOf({ region, roleArn, keyArn }));
  const version = { id: versionId, tenantId, ...stored, location: region, externalId, secretId: null };
  provider = await connect({ ...version, pinnedKeyRef: keyArn, generates: true }, versionId);
  wrapped = (await provider.generateDataKey(ids)).wrapped;
});
afterEach(async () => {
  await customer.faults();
  closeBudgets();
});
afterAll(async () => {
  provider?.close();
  setConfig();
  await customer?.close();
});

describe('the budget of a key that refuses nine of ten requests', () => {
  it('brings every call through, asks for less meanwhile, and for all again afterwards', async () => {
    await customer.faults({ kind: 'throttle', service: 'kms', rate: 0.9 });
    expect(atOnce()).toBe(20);
    await unwraps(4);
    expect(atOnce()).toBeLessThan(20);
    await customer.faults();
    await unwraps(400);
    expect(atOnce()).toBe(20);
  }, 120_000);
});

describe('the budget of a key', () => {
  it('is smaller as soon as a live call was throttled, even one that was then answered', async () => {
    await customer.faults({ kind: 'throttle', service: 'kms', count: 1 });
    await provider.unwrap(wrapped, ids);
    expect(atOnce()).toBe(10);
  });

  it('is its own: another key’s throttling does not concern it', async () => {
    budgetOf('another').stepBack();
    expect(atOnce()).toBe(20);
    expect(budgetOf(versionId)).toBe(budgetOf(versionId));
  });
});

describe('the budget of the platform key', () => {
  it('has no limit while it is a root key in this process', async () => {
    let under = 0;
    const all = Array.from({ length: 1_000 }, () =>
      budgetOf(null).run(async () => {
        under++;
        await new Promise((resolve) => setImmediate(resolve));
      }, signal),
    );
    expect(under).toBe(1_000);
    await Promise.all(all);
  });

  it('is like any other where it is a key in AWS KMS', () => {
    setConfig(parseConfig({ ...environment(), KEYWARD_PLATFORM_KMS_KEY_ARN: customer.keyArn }));
    expect(budgetOf(null)).toBeInstanceOf(AdaptiveBudget);
    setConfig(parseConfig(environment()));
  });
});

function unwraps(count: number) {
  const one = () => budgetOf(versionId).run((within) => provider.unwrap(wrapped, ids, within), signal);
  return Promise.all(Array.from({ length: count }, one));
}

function atOnce(): number {
  const budget = budgetOf(versionId);
  return budget instanceof AdaptiveBudget ? budget.callsAtOnce : Number.NaN;
}

function environment() {
  return {
    DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/nothing',
    KEYWARD_ROOT_KEY: randomBytes(32).toString('base64'),
    NEXTAUTH_SECRET: randomBytes(32).toString('base64'),
    NEXTAUTH_URL: 'http://127.0.0.1:3000',
    KEYWARD_SERVICE_ROLE_ARN: serviceRoleArn,
    KEYWARD_ALLOWED_AWS_ENDPOINTS: process.env.AWS_ENDPOINT_URL_KMS,
  };
}
