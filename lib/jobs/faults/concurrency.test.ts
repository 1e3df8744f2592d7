import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Result } from '../../byok/errors.ts';
import { db } from '../../db/client.ts';
import { readMe } from '../../operations/account/read-me.ts';
import { updateApps } from '../../operations/apps/update-apps.ts';
import { revertKey } from '../../operations/keys/revert-key.ts';
import { revisionOf } from '../../operations/testing/rotation.ts';
import { makeWorld, must, type World } from '../../operations/testing/world.ts';
import { activate, type Begun, chooseApps, ended, revert, rotate } from './testing/changes.ts';
import { inTheMiddle } from './testing/middle.ts';
import { makeStage, type Stage, until } from './testing/stage.ts';
import { expectWhole } from './testing/verdict.ts';

let world: World;
let stage: Stage;
let keyId: string;

beforeAll(async () => {
  world = await makeWorld({ recordsPerApp: 0 });
  stage = await makeStage(world, 'Tenant', { apps: 4, keysPerApp: 10 });
  const { fleet } = stage;
  await Promise.all([
    fleet.start('app'),
    fleet.start('app'),
    fleet.start('app'),
    fleet.start('worker'),
    fleet.start('worker'),
  ]);
  const activation = await activate(stage);
  await ended(activation);
  keyId = activation.keyId;
}, 120_000);
afterAll(async () => {
  await stage?.fleet.close();
  await world?.close();
});

describe('three application processes and two workers at work on one tenant', { timeout: 180_000 }, () => {
  const steps: [string, () => Promise<Begun>][] = [
    ['a rotation', () => rotate(stage, keyId)],
    ['taking apps out', () => chooseApps(stage, keyId, appIds().slice(2))],
    ['taking apps in', () => chooseApps(stage, keyId, appIds())],
    ['a rotation with re-encryption', () => rotate(stage, keyId, { reencrypt: true })],
    ['a revert', () => revert(stage, keyId)],
  ];
  it.each(steps)('%s: no error at a reader or a writer, nothing done twice', async (_, begin) => {
    const { fleet, tenant } = stage;
    const before = await dataKeys();
    await world.aws.send('DELETE', 'calls');
    const begun = await inTheMiddle(stage, begin, { held: true });
    const [read, written] = [fleet.read(), fleet.ledger.recordIds.size];
    await rivalsAreTold(begun);
    await world.aws.faults();
    await ended(begun);
    await until(async () => fleet.read() > read && fleet.ledger.recordIds.size > written);
    expect(fleet.refused).toEqual([]);
    await expectNothingTwice(before, begun);
    await expectWhole(tenant.id, fleet.ledger);
  });

  it('two administrators at once: one wins, the other is told who did what, and nothing is half done', async () => {
    const activation = await activate(stage);
    await ended(activation);
    const at = { keyId: activation.keyId, revision: await revisionOf(stage.admin, activation.keyId) };
    const selection = { mode: 'only' as const, ids: appIds().slice(1) };
    const results = await Promise.all([updateApps(stage.admin, { ...at, selection }), revertKey(stage.colleague, at)]);
    const [won, lost] = results[0].ok ? [stage.admin, results[1]] : [stage.colleague, results[0]];
    expect(results.filter((result) => result.ok)).toHaveLength(1);
    expect(errorOf(lost)).toMatchObject({
      code: 'conflict',
      details: { by: must(await readMe(won, {})).email, change: expect.stringMatching(/\w/) },
    });
    await until(async () => (await db().transition.count({ where: { keyId: at.keyId, finishedAt: null } })) === 0);
    await stage.fleet.end();
    expect(stage.fleet.refused).toEqual([]);
    await expectWhole(stage.tenant.id, stage.fleet.ledger);
    expect(await db().app.count({ where: { tenantId: stage.tenant.id, keyVersionId: null } })).toBe(
      results[0].ok ? 1 : appIds().length,
    );
  });
});

/** In the middle of somebody's change another administrator is told who did what, or what runs and how far it is. */
async function rivalsAreTold(begun: Begun): Promise<void> {
  const { email } = must(await readMe(stage.admin, {}));
  const revision = await revisionOf(stage.colleague, begun.keyId);
  const old = errorOf(await revertKey(stage.colleague, { keyId: begun.keyId, revision: revision - 1 }));
  expect(old).toMatchObject({ code: 'conflict', details: { by: email, change: expect.stringMatching(/\w/) } });
  const now = errorOf(await revertKey(stage.colleague, { keyId: begun.keyId, revision }));
  expect(now).toMatchObject({
    code: 'not-allowed-in-state',
    details: { reason: expect.stringMatching(/^[A-Z].*\.$/) },
  });
}

/** Each data key was wrapped once at most, with one call, and each app got one fresh data key at most. */
async function expectNothingTwice(before: Awaited<ReturnType<typeof dataKeys>>, begun: Begun): Promise<void> {
  const after = await dataKeys();
  const known = new Map(before.map((key) => [key.id, key]));
  const moved = after.filter((key) => known.has(key.id) && known.get(key.id)?.keyVersionId !== key.keyVersionId);
  expect(moved.map((key) => key.revision)).toEqual(moved.map((key) => (known.get(key.id)?.revision ?? 0) + 1));
  expect(await wrapCalls()).toBe(moved.filter((key) => key.keyVersionId !== null).length);
  const fresh = after.filter((key) => !known.has(key.id)).map((key) => key.appId);
  const concerned = await db().transitionApp.findMany({ where: { transitionId: begun.transitionId } });
  expect(fresh.toSorted()).toEqual(concerned.map((app) => app.appId).toSorted());
}

function dataKeys() {
  return db().dataKey.findMany({ where: { tenantId: stage.tenant.id } });
}

/** Calls that wrapped a data key of this tenant's apps; tests of a configuration name none of them. */
async function wrapCalls(): Promise<number> {
  const calls = await world.aws.calls();
  return calls.filter((call) => {
    const { encryptionContext } = (call.requestParameters ?? {}) as { encryptionContext?: Record<string, string> };
    const ofApp = appIds().includes(encryptionContext?.['keyward:app'] ?? '');
    return call.eventName === 'Encrypt' && !call.errorCode && ofApp;
  }).length;
}

function errorOf(result: Result<unknown>) {
  return result.ok ? undefined : result.error;
}

function appIds(): string[] {
  return stage.tenant.apps.map((app) => app.id);
}
