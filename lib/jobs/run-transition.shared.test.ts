import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getConfig } from '../config/config.ts';
import { db } from '../db/client.ts';
import { countTransition } from '../db/transition-store.ts';
import { makeWorld, type World } from '../operations/testing/world.ts';
import { runTransition } from './run-transition.ts';
import { addDataKeys, beginRotation, makeActiveKey, makeOtherKey } from './testing/active-key.ts';
import { takeCensus } from './testing/census.ts';
import { pageOf, tryNow } from './testing/due-key.ts';

const signal = new AbortController().signal;
let world: World;

beforeAll(async () => {
  world = await makeWorld({ recordsPerApp: 0 });
  // Simulator and workers share this process: with few calls at once none waits so long that it is sent again.
  Object.assign(getConfig(), { rewrapCallsAtOnce: 6 });
});
afterAll(() => world?.close());

describe('one rotation and several workers', { timeout: 240_000 }, () => {
  it('share its data keys: three calls for each, and none of them twice', async () => {
    const key = await makeActiveKey(world, 'Shared', { apps: 4, keysPerApp: 1, recordsPerKey: 1 });
    await addDataKeys(key, 104, 1);
    const otherKey = await makeOtherKey(world, key);
    const { transitionId, versionId } = await beginRotation(key, { keyArn: otherKey });
    await world.aws.faults({ kind: 'latency', ms: 5 });
    // The first gives each app its fresh data key while the other one waits outside; then they share the rest.
    await world.aws.send('DELETE', 'calls');
    const workers = [runTransition(transitionId, signal), later(transitionId), later(transitionId)];
    const seen = watchCounts(transitionId);
    await Promise.all(workers);
    await world.aws.faults();
    await tryNow(transitionId);
    expect((await seen.end()).size).toBeGreaterThan(2);
    const total = 4 * 105;
    // Unwrapped, wrapped, read back; and a fresh data key per app, read back.
    expect(await calls()).toEqual({ GenerateDataKey: 4, Encrypt: total, Decrypt: 2 * total + 4 });
    expect(await takeCensus(key.tenant.id)).toMatchObject({ open: total, wrappedBy: { [versionId]: total + 4 } });
    expect(await db().auditEvent.count({ where: { operation: 'finish-rotation' } })).toBe(1);
  });

  it('count what is done, failed and left at every moment, also while the old key is taken away and given back', async () => {
    const key = await makeActiveKey(world, 'Counted', { apps: 2, keysPerApp: 1, recordsPerKey: 1 });
    await addDataKeys(key, 104, 0);
    const { transitionId, versionId } = await beginRotation(key, { keyArn: await makeOtherKey(world, key) });
    await world.aws.faults({ kind: 'latency', ms: 5 });
    const seen = watchCounts(transitionId);
    const workers = [runTransition(transitionId, signal), later(transitionId)];
    await until(
      async () => (await db().transition.findUniqueOrThrow({ where: { id: transitionId } })).phase === 'rewrapping',
    );
    await world.aws.kms('DisableKey', { KeyId: world.aws.keyArn });
    await Promise.all(workers);
    await tryNow(transitionId);
    const stuck = (await pageOf(key)).transition.dataKeys;
    expect(stuck).toMatchObject({ total: 210, left: 0 });
    expect(stuck.failed).toBeGreaterThan(0);
    await world.aws.kms('EnableKey', { KeyId: world.aws.keyArn });
    await tryNow(transitionId);
    await world.aws.faults();
    await seen.end();
    expect((await pageOf(key)).transition).toMatchObject({ phase: 'done', dataKeys: { total: 210, done: 210 } });
    expect(Object.keys((await takeCensus(key.tenant.id)).wrappedBy)).toEqual([versionId]);
  });
});

/** A worker that comes when the first one has begun to rewrap. */
async function later(transitionId: string): Promise<void> {
  await until(
    async () => (await db().transition.findUniqueOrThrow({ where: { id: transitionId } })).phase === 'rewrapping',
  );
  await runTransition(transitionId, signal);
}

/** Counts again and again until it is told to end; every count must add up. @returns the different ones */
function watchCounts(transitionId: string) {
  let watching = true;
  const seen = new Set<string>();
  const run = (async () => {
    while (watching) {
      const { dataKeys, records } = await countTransition(transitionId);
      for (const { total, done, failed, left } of [dataKeys, records]) {
        expect(done + failed + left).toBe(total);
        expect(Math.min(done, failed, left)).toBeGreaterThanOrEqual(0);
      }
      seen.add(JSON.stringify(dataKeys));
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return seen;
  })();
  return {
    end: () => {
      watching = false;
      return run;
    },
  };
}

async function calls(): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const call of await world.aws.calls()) {
    const { eventName } = call as { eventName: string };
    if (eventName !== 'AssumeRole') counts[eventName] = (counts[eventName] ?? 0) + 1;
  }
  return counts;
}

async function until(ask: () => Promise<boolean>): Promise<void> {
  while (!(await ask())) await new Promise((resolve) => setTimeout(resolve, 5));
}
