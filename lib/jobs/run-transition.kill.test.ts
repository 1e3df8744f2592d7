import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { permissionPolicy, trustPolicy } from '../byok/aws/policies.ts';
import { getConfig } from '../config/config.ts';
import { db, transaction } from '../db/client.ts';
import { putCurrentDataKey } from '../db/data-key-store.ts';
import { newDataKey } from '../keyring/data-keys.ts';
import { providerFor } from '../keyring/providers.ts';
import { serviceRoleArn } from '../kms/testing/customer.ts';
import { draft, schedule } from '../operations/testing/walk.ts';
import {
  makeCaller,
  makeTenant,
  makeWorld,
  storeRecords,
  type TestTenant,
  unlimited,
  type World,
} from '../operations/testing/world.ts';
import { takeCensus } from './testing/census.ts';

/** Kills that must lie inside an activation. */
const wanted = 10;
/** Data keys per app, so that there is something to be killed in every step. */
const keysPerApp = 12;
const apps = 3;
const recordsPerKey = 5;

let world: World;
const children = new Set<ChildProcess>();

beforeAll(async () => {
  world = await makeWorld({ recordsPerApp: 0 });
}, 120_000);
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await world?.close();
});

describe('an activation killed at any moment', () => {
  it('is finished by the next start: every record opens, under exactly one key', { timeout: 600_000 }, async () => {
    const seed = Number(process.env.KEYWARD_TEST_SEED ?? Date.now() % 1_000_000);
    const random = seeded(seed);
    const whole = await timeOfOne();
    let inside = 0;
    let tries = 0;
    const phases: Record<string, number> = {};
    while (inside < wanted && tries < wanted * 4) {
      tries++;
      const { tenant, transitionId } = await prepare(`Killed ${tries}`);
      await killAfter(transitionId, random() * whole);
      const at = await db().transition.findUniqueOrThrow({ where: { id: transitionId } });
      if (!at.finishedAt) {
        inside++;
        phases[at.phase] = (phases[at.phase] ?? 0) + 1;
      }
      await runToTheEnd(transitionId);
      await expectWhole(tenant, transitionId);
    }
    console.log(
      `killed inside an activation ${inside} times in ${tries} tries, seed ${seed}, by phase ${JSON.stringify(phases)}`,
    );
    expect(inside).toBe(wanted);
  });
});

/** How long one activation takes when nobody kills it, in milliseconds: the moments are drawn from this span. */
async function timeOfOne(): Promise<number> {
  const { tenant, transitionId } = await prepare('Not killed');
  const child = start(transitionId);
  await said(child, 'begun');
  const began = performance.now();
  await said(child, 'ended');
  const took = performance.now() - began;
  await expectWhole(tenant, transitionId);
  return took;
}

/** A tenant whose apps have many data keys with records under each, and a key that is due. */
async function prepare(name: string): Promise<{ tenant: TestTenant; transitionId: string }> {
  const tenant = await makeTenant(name, { apps, recordsPerApp: 0 });
  for (const app of tenant.apps) {
    const scope = { tenantId: tenant.id, appId: app.id };
    let currentId: string | null = null;
    for (let n = 0; n < keysPerApp; n++) {
      const key = await newDataKey(scope, null, await providerFor(null));
      const expected = { keyVersionId: null, currentId };
      expect(await transaction((tx) => putCurrentDataKey(tx, key, expected))).toBe(true);
      currentId = key.id;
      await storeRecords(scope, recordsPerKey);
    }
  }
  await world.aws.faults();
  await world.aws.put.trust(trustPolicy({ serviceRoleArn, externalId: tenant.externalId }));
  await world.aws.put.permission(permissionPolicy({ keyArn: world.aws.keyArn, tenantId: tenant.id }));
  await world.aws.put.key(openKeyPolicy());
  const admin = await makeCaller('admin', tenant.id);
  const keyId = await draft(world, admin);
  await schedule(world, keyId, admin);
  // Slow enough that a moment drawn at random falls between two calls as well as inside one.
  await world.aws.faults({ kind: 'latency', ms: 15 });
  const transition = await db().transition.findFirstOrThrow({ where: { keyId } });
  return { tenant, transitionId: transition.id };
}

/** The role may use the key, whatever the context: the tenants of this test follow one another on one key. */
function openKeyPolicy(): object {
  const allow = (principal: string, actions: string[]) => ({
    Effect: 'Allow',
    Principal: { AWS: principal },
    Action: actions,
    Resource: '*',
  });
  return {
    Version: '2012-10-17',
    Statement: [
      allow('arn:aws:iam::111122223333:root', ['kms:*']),
      allow(world.aws.roleArn, ['kms:Encrypt', 'kms:Decrypt', 'kms:GenerateDataKey', 'kms:DescribeKey']),
    ],
  };
}

async function killAfter(transitionId: string, ms: number): Promise<void> {
  const child = start(transitionId);
  await said(child, 'begun');
  await new Promise((resolve) => setTimeout(resolve, ms));
  child.kill('SIGKILL');
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}

async function runToTheEnd(transitionId: string): Promise<void> {
  await said(start(transitionId), 'ended');
}

async function expectWhole(tenant: TestTenant, transitionId: string): Promise<void> {
  const { versionId } = await db().transition.findUniqueOrThrow({ where: { id: transitionId } });
  const total = apps * keysPerApp * recordsPerKey;
  expect(await takeCensus(tenant.id)).toEqual({
    records: total,
    open: total,
    dataKeys: apps,
    wrappedBy: { [versionId ?? '']: apps },
    underOldKeys: 0,
  });
}

function start(transitionId: string): ChildProcess {
  const script = new URL('./testing/run-transitions.ts', import.meta.url).pathname;
  const config = getConfig();
  const child = spawn(process.execPath, ['--conditions=react-server', script, transitionId], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      DATABASE_URL: config.databaseUrl,
      KEYWARD_ROOT_KEY: config.rootKey.toString('base64'),
      NEXTAUTH_SECRET: config.nextAuthSecret,
      NEXTAUTH_URL: config.nextAuthUrl,
      KEYWARD_SERVICE_ROLE_ARN: serviceRoleArn,
      KEYWARD_ALLOWED_AWS_ENDPOINTS: process.env.AWS_ENDPOINT_URL_KMS,
      KEYWARD_TENANT_LIMITS: unlimited,
      KEYWARD_LOG_LEVEL: 'error',
    },
  });
  children.add(child);
  child.once('exit', () => children.delete(child));
  return child;
}

async function said(child: ChildProcess, word: string): Promise<void> {
  const seen = heard.get(child) ?? listen(child);
  await new Promise<void>((resolve, reject) => {
    const look = () => {
      if (seen.text.includes(word)) resolve();
      else if (child.exitCode !== null || child.signalCode !== null)
        reject(new Error(`the worker ended without saying "${word}"`));
    };
    child.stdout?.on('data', look);
    child.once('close', look);
    look();
  });
}

const heard = new WeakMap<ChildProcess, { text: string }>();

function listen(child: ChildProcess): { text: string } {
  const seen = { text: '' };
  heard.set(child, seen);
  child.stdout?.on('data', (chunk: Buffer) => {
    seen.text += chunk.toString();
  });
  return seen;
}

/** Numbers from 0 to 1 that a seed decides, so that a failing run can be repeated. */
function seeded(seed: number): () => number {
  let n = 0;
  return () => createHash('sha256').update(`${seed}:${n++}`).digest().readUInt32BE(0) / 2 ** 32;
}
