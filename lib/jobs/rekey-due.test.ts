import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { getConfig } from '../config/config.ts';
import { db } from '../db/client.ts';
import { makeWorld, type World } from '../operations/testing/world.ts';
import { rekeyDue } from './rekey-due.ts';
import { type ActiveKey, beginRotation, makeActiveKey, makeOtherKey } from './testing/active-key.ts';
import { takeCensus } from './testing/census.ts';
import { tryNow } from './testing/due-key.ts';

let world: World;
let key: ActiveKey;
let tenants = 0;

beforeAll(async () => {
  world = await makeWorld({ recordsPerApp: 0 });
});
afterAll(() => world?.close());
beforeEach(async () => {
  key = await makeActiveKey(world, `Tenant ${++tenants}`, { apps: 3, keysPerApp: 1 });
});

describe('data keys whose time has come', () => {
  it('are replaced after their days, each once, by however many workers look at the same moment', async () => {
    await makeOld([0, 1]);
    const begun = await Promise.all(Array.from({ length: 6 }, () => rekeyDue()));
    expect(begun.reduce((sum, n) => sum + n, 0)).toBe(2);
    const transitions = await openRekeys();
    expect(transitions.map((transition) => [transition.cause, transition.requestedBy, transition.apps.length])).toEqual(
      [
        ['age', 'Keyward', 1],
        ['age', 'Keyward', 1],
      ],
    );
    const told = await db().auditEvent.findMany({ where: { tenantId: key.tenant.id, operation: 'rekey-app' } });
    expect(told.map((event) => event.actor)).toEqual(['Keyward', 'Keyward']);
    for (const transition of transitions) await tryNow(transition.id);
    expect(await openRekeys()).toEqual([]);
    // The replaced ones stay as long as records hang on them; nothing is due any more.
    expect(await takeCensus(key.tenant.id)).toMatchObject({ open: 9, dataKeys: 5, underOldKeys: 6 });
    expect(await rekeyDue()).toBe(0);
  });

  it('are replaced after their share of messages', async () => {
    await db().dataKey.updateMany({
      where: { appId: appAt(2), state: 'current' },
      data: { messages: BigInt(getConfig().rekeyAfterMessages) },
    });
    expect(await rekeyDue()).toBe(1);
    expect(await openRekeys()).toMatchObject([{ cause: 'volume', apps: [{ appId: appAt(2), reencrypt: false }] }]);
  });

  it('wait while something else moves their app, and while its key is revoked', async () => {
    await makeOld([0]);
    const { transitionId } = await beginRotation(key, { keyArn: await makeOtherKey(world, key) });
    expect(await rekeyDue()).toBe(0);
    await tryNow(transitionId);
    await makeOld([0]);
    await db().keyVersion.updateMany({ where: { keyId: key.keyId }, data: { health: 'revoked' } });
    expect(await rekeyDue()).toBe(0);
    await db().keyVersion.updateMany({ where: { keyId: key.keyId }, data: { health: 'healthy' } });
    expect(await rekeyDue()).toBe(1);
  });
});

const appAt = (n: number) => key.tenant.apps[n]?.id ?? '';

async function makeOld(apps: number[]): Promise<void> {
  const createdAt = new Date(Date.now() - (getConfig().rekeyAfterDays * 24 + 1) * 3_600_000);
  await db().dataKey.updateMany({ where: { appId: { in: apps.map(appAt) }, state: 'current' }, data: { createdAt } });
}

function openRekeys() {
  return db().transition.findMany({
    where: { tenantId: key.tenant.id, kind: 'rekey', finishedAt: null },
    include: { apps: true },
  });
}
