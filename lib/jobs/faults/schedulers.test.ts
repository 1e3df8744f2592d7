import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { db } from '../../db/client.ts';
import { makeWorld, type World } from '../../operations/testing/world.ts';
import { activate, ended } from './testing/changes.ts';
import { makeStage, pageOf, type Stage, until } from './testing/stage.ts';
import { expectWhole } from './testing/verdict.ts';

let world: World;
let stage: Stage;
let tenants = 0;

beforeAll(async () => {
  world = await makeWorld({ recordsPerApp: 0 });
}, 120_000);
afterAll(async () => {
  await stage?.fleet.close();
  await world?.close();
});
beforeEach(async () => {
  await stage?.fleet.close();
  stage = await makeStage(world, `Tenant ${++tenants}`);
}, 120_000);

describe('the enforcement date passes while KMS is down', () => {
  it('everything stays on the platform key, the page says so, and it becomes active by itself', {
    timeout: 120_000,
  }, async () => {
    const { fleet, tenant } = stage;
    const begun = await activate(stage);
    await world.aws.faults({ kind: 'reset', service: 'kms' });
    await Promise.all([fleet.start('app'), fleet.start('worker')]);
    const page = await until(async () => {
      const now = await pageOf(stage, begun.keyId);
      return now.transition.failure && now;
    });
    expect(page).toMatchObject({ state: 'scheduled', status: 'activating', appsUnderKey: 0, versionNumber: null });
    expect(page.transition.failure).toMatchObject({ code: 'test-required', detail: expect.stringMatching(/\.$/) });
    expect(page.transition.nextTryAt).not.toBeNull();
    const written = fleet.ledger.recordIds.size;
    await until(async () => fleet.ledger.recordIds.size > written);
    await world.aws.faults();
    await ended(begun);
    expect(fleet.refused).toEqual([]);
    await expectWhole(tenant.id, fleet.ledger, { versionId: await versionOf(begun.transitionId) });
  });
});

describe('two schedulers', { timeout: 120_000 }, () => {
  it('activate a key once, and make one data key per app', async () => {
    const { fleet, tenant } = stage;
    const before = await keyIds();
    const begun = await activate(stage);
    await Promise.all([fleet.start('worker'), fleet.start('worker'), fleet.start('app')]);
    await ended(begun);
    expect(await events('activate-key')).toBe(1);
    expect(await events('finish-activation')).toBe(1);
    expect(await db().keyVersion.count({ where: { keyId: begun.keyId } })).toBe(1);
    const fresh = (await keyIds()).filter((key) => !before.some(({ id }) => id === key.id));
    expect(fresh.map((key) => key.appId).toSorted()).toEqual(tenant.apps.map((app) => app.id).toSorted());
    await fleet.end();
    expect(fleet.refused).toEqual([]);
    await expectWhole(tenant.id, fleet.ledger, { versionId: await versionOf(begun.transitionId) });
  });

  it('begin one rekey of an app whose data key has served its time', async () => {
    const { fleet, tenant } = stage;
    await fleet.start('worker');
    await ended(await activate(stage));
    await fleet.end('worker');
    await db().$executeRaw`
      UPDATE data_key SET created_at = now() - interval '91 days' WHERE tenant_id = ${tenant.id}::uuid AND state = 'current'`;
    await Promise.all([fleet.start('worker'), fleet.start('worker'), fleet.start('app')]);
    const rekeys = { tenantId: tenant.id, kind: 'rekey' as const };
    await until(
      async () =>
        (await db().transition.count({ where: { ...rekeys, finishedAt: { not: null } } })) >= tenant.apps.length,
    );
    const transitions = await db().transition.findMany({ where: rekeys, include: { apps: true } });
    expect(transitions.flatMap((transition) => transition.apps.map((app) => app.appId)).toSorted()).toEqual(
      tenant.apps.map((app) => app.id).toSorted(),
    );
    expect(transitions.every((transition) => transition.cause === 'age')).toBe(true);
    expect(await events('rekey-app')).toBe(tenant.apps.length);
    await fleet.end();
    expect(fleet.refused).toEqual([]);
    await expectWhole(tenant.id, fleet.ledger);
  });
});

async function versionOf(transitionId: string): Promise<string | null> {
  return (await db().transition.findUniqueOrThrow({ where: { id: transitionId } })).versionId;
}

function keyIds() {
  return db().dataKey.findMany({ where: { tenantId: stage.tenant.id }, select: { id: true, appId: true } });
}

function events(operation: string): Promise<number> {
  return db().auditEvent.count({ where: { tenantId: stage.tenant.id, operation, outcome: 'done' } });
}
