import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { getConfig } from '../config/config.ts';
import { db } from '../db/client.ts';
import { serviceRoleArn } from '../kms/testing/customer.ts';
import { deleteKey } from '../operations/keys/delete-key.ts';
import { createCustomerKey } from '../operations/setup/create-customer-key.ts';
import { allowCreation, draftWithoutKey, markedKeys, revisionOfDraft } from '../operations/testing/created-key.ts';
import { makeWorld, must, unlimited, type World } from '../operations/testing/world.ts';
import { reconcileKeyCreations } from './reconcile-key-creations.ts';

let world: World;
const children = new Set<ChildProcess>();

beforeAll(async () => {
  world = await makeWorld({ apps: 1, recordsPerApp: 0 });
}, 60_000);
afterEach(async () => {
  await world.aws.faults();
  await world.asOwner('DELETE FROM key_creation');
});
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await world?.close();
});

type Creation = { id: string; state: string; keyArn: string | null };
const creationOf = (keyId: string) => db().keyCreation.findFirst({ where: { keyId } });
const later = (ms: number) => reconcileKeyCreations(new AbortController().signal, new Date(Date.now() + ms));

/** Where the process is killed: what AWS holds back there, and how one sees that it has come so far. */
const moments = [
  {
    at: 'after the intent, before AWS was asked',
    hold: { kind: 'latency', ms: 60_000, service: 'sts' },
    reached: (creation: Creation | null) => creation !== null,
    madeInAws: false,
  },
  {
    at: 'after AWS has made the key, before its answer',
    hold: { kind: 'slow-answer', ms: 60_000, action: 'CreateKey' },
    reached: async (creation: Creation | null) => creation !== null && (await markedKeys(world)).has(creation.id),
    madeInAws: true,
  },
  {
    at: 'after the answer was written down, before the key was taken over',
    hold: { kind: 'latency', ms: 60_000, action: 'CreateAlias' },
    reached: (creation: Creation | null) => creation?.state === 'created',
    madeInAws: true,
  },
] as const;

describe.each(moments)('a creation killed $at', ({ hold, reached, madeInAws }) => {
  async function killed(): Promise<string> {
    await allowCreation(world);
    const keyId = await draftWithoutKey(world);
    await world.aws.faults(hold);
    const child = await start(keyId);
    await until(async () => reached(await creationOf(keyId)));
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    await world.aws.faults();
    return keyId;
  }

  it('is settled by the worker: one key in AWS at most, and it is the one in the configuration', async () => {
    const keyId = await killed();
    expect(await later(30_000)).toBe(0);
    await later(61_000);
    await later(11 * 60_000);
    const creation = await creationOf(keyId);
    const marked = (await markedKeys(world)).get(creation?.id ?? '') ?? [];
    const [row] = await db().keyConfiguration.findMany({ where: { keyId } });
    expect(marked).toHaveLength(madeInAws ? 1 : 0);
    expect([creation?.state, row?.keyArn, row?.createsKey]).toEqual(
      madeInAws ? ['adopted', marked[0], false] : ['over', '', true],
    );
    const events = await db().auditEvent.findMany({ where: { operation: 'create-customer-key', target: keyId } });
    expect(events.map((event) => [event.actor, event.outcome])).toEqual([['Keyward', madeInAws ? 'done' : 'failed']]);
  }, 60_000);

  it('is settled by the next attempt, which makes no second key where there is one', async () => {
    const keyId = await killed();
    const creation = await creationOf(keyId);
    const before = await markedKeys(world);
    const again = async () =>
      createCustomerKey(world.callers.admin, {
        keyId,
        revision: await revisionOfDraft(world, keyId),
        aliasName: '',
      });
    expect(await again()).toMatchObject({ ok: false, error: { code: 'not-allowed-in-state' } });
    await db().keyCreation.updateMany({ where: { keyId }, data: { createdAt: new Date(Date.now() - 61_000) } });
    const made = must(await again());
    const after = await markedKeys(world);
    expect(after.size).toBe(before.size + (madeInAws ? 0 : 1));
    if (madeInAws) expect(after.get(creation?.id ?? '')).toEqual([made.keyArn]);
    // The attempt of which nothing came is settled for itself, and the one that came about stays.
    await later(11 * 60_000);
    const states = (await db().keyCreation.findMany({ where: { keyId } })).map((row) => row.state).sort();
    expect(states).toEqual(madeInAws ? ['adopted'] : ['adopted', 'over']);
  }, 60_000);

  it('cannot lose its draft meanwhile', async () => {
    const keyId = await killed();
    const revision = await revisionOfDraft(world, keyId);
    expect(await deleteKey(world.callers.admin, { keyId, revision })).toMatchObject({ error: { code: 'key-in-use' } });
  }, 60_000);
});

/** Begun, as the administrator whose session is given; a session has to be made that the process can name. */
async function start(keyId: string): Promise<ChildProcess> {
  const { admin } = world.callers;
  if (admin.kind !== 'session') throw new Error('an administrator has a session');
  const revision = String(await revisionOfDraft(world, keyId));
  const script = new URL('./testing/create-key-process.ts', import.meta.url).pathname;
  const config = getConfig();
  const args = ['--conditions=react-server', script, admin.sessionId, keyId, revision, `alias/keyward-${keyId}`];
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      DATABASE_URL: config.databaseUrl,
      KEYWARD_ROOT_KEY: config.rootKey.toString('base64'),
      NEXTAUTH_SECRET: config.nextAuthSecret,
      NEXTAUTH_URL: config.nextAuthUrl,
      KEYWARD_SERVICE_ROLE_ARN: serviceRoleArn,
      KEYWARD_ALLOWED_AWS_ENDPOINTS: process.env.AWS_ENDPOINT_URL_KMS,
      // Longer than any of these processes is let live: it is killed, and does not give up by itself.
      KEYWARD_KMS_TIMEOUT_MS: '60000',
      KEYWARD_TENANT_LIMITS: unlimited,
      KEYWARD_LOG_LEVEL: 'error',
    },
  });
  children.add(child);
  child.once('exit', () => children.delete(child));
  child.stdout?.resume();
  return child;
}

async function until(seen: () => Promise<boolean> | boolean): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    if (await seen()) return;
    await pause(50);
  }
  throw new Error('the process did not come so far');
}
