import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { db } from '../../db/client.ts';
import { makeWorld, type World } from '../../operations/testing/world.ts';
import { activate, type Begun, chooseApps, ended, otherKey, revert, rotate } from './testing/changes.ts';
import type { Act } from './testing/messages.ts';
import { inTheMiddle } from './testing/middle.ts';
import { makeStage, pageOf, type Stage, until } from './testing/stage.ts';
import { expectWhole } from './testing/verdict.ts';

const writes: Act[] = ['encrypt', 'store'];
let world: World;
let stage: Stage;
let keyId: string;
let oldKey: string;
let newKey: string;
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
  await Promise.all([stage.fleet.start('app'), stage.fleet.start('worker')]);
  const activation = await activate(stage);
  await ended(activation);
  keyId = activation.keyId;
  newKey = await otherKey(stage, keyId);
  oldKey = stage.keyArns.find((keyArn) => keyArn !== newKey) ?? '';
}, 120_000);

describe('a key is disabled in the middle', { timeout: 120_000 }, () => {
  it('the old one, of a rotation: it stops, says so, new data is written on, and it goes on when it is enabled', async () => {
    const begun = await inTheMiddle(stage, () => rotate(stage, keyId));
    await generate();
    const refusedBefore = stage.fleet.refused.length;
    await world.aws.kms('DisableKey', { KeyId: oldKey });
    await world.aws.faults();
    await stops(begun);
    const written = stage.fleet.ledger.recordIds.size;
    await until(async () => stage.fleet.ledger.recordIds.size > written + 4);
    expect(stage.fleet.refused.slice(refusedBefore).filter(({ what }) => writes.includes(what))).toEqual([]);
    const page = await pageOf(stage, keyId);
    // A stuck rotation is no dead end, and what was not rewrapped is told.
    expect(page.state).toBe('active');
    expect(page.transition.failures.length).toBeGreaterThan(0);
    expect(page.versions.find((version) => !version.current)?.retirement.safe).toBe(false);
    await goesOn(begun, oldKey);
  });

  it('the new one, of a rotation: nothing is written under anything else, and it goes on when it is enabled', async () => {
    const begun = await inTheMiddle(stage, () => rotate(stage, keyId));
    await world.aws.kms('DisableKey', { KeyId: newKey });
    await world.aws.faults();
    await stops(begun);
    await goesOn(begun, newKey);
  });

  it('while an app is taken out', async () => {
    const begun = await inTheMiddle(stage, () => chooseApps(stage, keyId, appIds().slice(1)));
    await world.aws.kms('DisableKey', { KeyId: oldKey });
    await world.aws.faults();
    await stops(begun);
    await goesOn(begun, oldKey);
  });

  it('while everything goes back to the platform key: it stays reverting, and is reverted when it is enabled', async () => {
    const begun = await inTheMiddle(stage, () => revert(stage, keyId));
    await world.aws.kms('DisableKey', { KeyId: oldKey });
    await world.aws.faults();
    await stops(begun);
    expect((await pageOf(stage, keyId)).state).toBe('reverting');
    await goesOn(begun, oldKey);
    expect((await pageOf(stage, keyId)).state).toBe('reverted');
  });
});

async function stops(begun: Begun): Promise<void> {
  const { failure, dataKeys } = await until(async () => {
    const { transition } = await pageOf(stage, begun.keyId);
    return transition.failure && transition;
  });
  expect(failure).toMatchObject({ code: 'key-revoked', detail: expect.stringContaining('The key is disabled.') });
  expect(dataKeys.failed).toBeGreaterThan(0);
  expect(dataKeys.done + dataKeys.failed + dataKeys.left).toBe(dataKeys.total);
}

/** By itself: nobody presses anything. What services were refused with meanwhile was the loss of the key and nothing else. */
async function goesOn(begun: Begun, keyArn: string): Promise<void> {
  const { fleet, tenant } = stage;
  await world.aws.kms('EnableKey', { KeyId: keyArn });
  await ended(begun);
  // What is cut off just as the key heals is told as an outage: try again.
  expect(fleet.refused.filter(({ code }) => !/^key-(revoked|outage)$/.test(code))).toEqual([]);
  await expectWhole(tenant.id, fleet.ledger);
  const { transition } = await pageOf(stage, keyId);
  expect(transition).toMatchObject({ failure: null, failures: [], dataKeys: { failed: 0, left: 0 } });
}

/** Every app has its fresh data key: from here on nothing new is written under the old version. */
async function generate(): Promise<void> {
  await until(async () => {
    const apps = await db().app.findMany({
      where: { tenantId: stage.tenant.id },
      include: { dataKeys: { where: { state: 'current' } } },
    });
    return apps.every((app) => app.dataKeys[0]?.keyVersionId === app.keyVersionId);
  });
}

function appIds(): string[] {
  return stage.tenant.apps.map((app) => app.id);
}
