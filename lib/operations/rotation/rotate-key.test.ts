import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { db } from '../../db/client.ts';
import { type ActiveKey, makeActiveKey, makeOtherKey } from '../../jobs/testing/active-key.ts';
import { takeCensus } from '../../jobs/testing/census.ts';
import { cachedSource } from '../../keyring/keyring.ts';
import { listHistory } from '../history/list-history.ts';
import { readEnterpriseKey } from '../keys/read-enterprise-key.ts';
import { discardChanges } from '../setup/discard-changes.ts';
import { makeOtherRole, prepareTested, revisionOf, rotate } from '../testing/rotation.ts';
import { activate, test } from '../testing/walk.ts';
import { makeWorld, must, type World } from '../testing/world.ts';
import { prepareRotation } from './prepare-rotation.ts';
import { rotateKey } from './rotate-key.ts';

let world: World;
let key: ActiveKey;
let otherKeyArn: string;
let n = 0;
const region = 'us-east-1';
const records = 12;

beforeAll(async () => {
  world = await makeWorld({ apps: 1, recordsPerApp: 0 });
}, 60_000);
afterAll(() => world?.close());
beforeEach(async () => {
  key = await makeActiveKey(world, `Rotating ${++n}`, { apps: 2, keysPerApp: 2, recordsPerKey: 3 });
  otherKeyArn = await makeOtherKey(world, key);
}, 60_000);

const page = async () => must(await readEnterpriseKey(key.admin, { keyId: key.keyId }));

/** What the very next data of each app is encrypted under. */
async function nextWrites(): Promise<(string | null)[]> {
  const source = cachedSource();
  for (const app of key.tenant.apps) await source.current({ tenantId: key.tenant.id, appId: app.id }, 1);
  return [...source.rows.values()].map((row) => row.keyVersionId);
}

async function expectRotatedTo(number: number, pinnedKeyRef: string, roleArn: string): Promise<void> {
  const now = await page();
  expect(now).toMatchObject({ state: 'active', status: 'active', versionNumber: number, rotation: null });
  expect(now.transition).toMatchObject({ kind: 'rotate', phase: 'done', dataKeys: { failed: 0, left: 0 } });
  const [current, before] = now.versions;
  expect(current).toMatchObject({ number, current: true, pinnedKeyRef, roleArn, records });
  expect(before).toMatchObject({ current: false, dataKeys: 0, records: 0 });
  // Every tenant of this file has its first version at the same CMK.
  expect(before?.retirement).toMatchObject({
    safe: false,
    reasons: [expect.stringMatching(/needs the same CMK|retention of 35 days/)],
  });
  expect(now.apps.map((app) => app.wrappedBy.map((one) => one.label))).toEqual([
    [`Version ${number}`],
    [`Version ${number}`],
  ]);
  expect(await takeCensus(key.tenant.id)).toMatchObject({
    records,
    open: records,
    wrappedBy: { [current?.id ?? '']: expect.any(Number) },
  });
}

describe('what a key can be rotated to', () => {
  const role = () => makeOtherRole(world, key.tenant, [world.aws.keyArn, otherKeyArn], `Role_${n}`);
  const cases: [string, () => Promise<{ keyArn: string; roleArn: string }>][] = [
    ['another CMK', async () => ({ keyArn: otherKeyArn, roleArn: world.aws.roleArn })],
    ['another role only', async () => ({ keyArn: world.aws.keyArn, roleArn: await role() })],
    ['another CMK and another role', async () => ({ keyArn: otherKeyArn, roleArn: await role() })],
    ['exactly the same, for fresh data keys', async () => ({ keyArn: world.aws.keyArn, roleArn: world.aws.roleArn })],
  ];

  it.each(cases)(
    '%s',
    async (_, to) => {
      const values = await to();
      const { versionNumber } = await rotate(key.admin, key.keyId, values);
      expect(versionNumber).toBe(2);
      const during = await page();
      expect(during).toMatchObject({ state: 'rotating', status: 'rotating', versionNumber: 2 });
      const versionId = during.versions[0]?.id;
      expect(await nextWrites()).toEqual([versionId, versionId]);
      expect(await takeCensus(key.tenant.id)).toMatchObject({ records, open: records });
      await activate(key.keyId);
      await expectRotatedTo(2, values.keyArn, values.roleArn);
    },
    60_000,
  );

  it('the same alias that now points elsewhere, once it has been tested again', async () => {
    const alias = `alias/rotating-${n}`;
    const values = { keyArn: world.aws.aliasArn.replace(/alias\/.*/, alias), roleArn: world.aws.roleArn };
    await world.aws.kms('CreateAlias', { AliasName: alias, TargetKeyId: world.aws.keyArn });
    await rotate(key.admin, key.keyId, values);
    await activate(key.keyId);
    await expectRotatedTo(2, world.aws.keyArn, values.roleArn);

    await world.aws.kms('UpdateAlias', { AliasName: alias, TargetKeyId: otherKeyArn });
    const revision = await revisionOf(key.admin, key.keyId);
    const prepared = must(
      await prepareRotation(key.admin, { keyId: key.keyId, revision, values: { region, ...values } }),
    );
    // The test before the rotation was of the very same names, and proves nothing of what they mean now.
    expect((await page()).rotation?.report).toMatchObject({ stale: true });
    const early = await rotateKey(key.admin, {
      keyId: key.keyId,
      revision: prepared.revision,
      acknowledged: ['context'],
      reencrypt: false,
    });
    expect(early).toMatchObject({ ok: false, error: { code: 'test-required' } });
    await test(key.admin, key.keyId);
    must(
      await rotateKey(key.admin, {
        keyId: key.keyId,
        revision: prepared.revision,
        acknowledged: ['context'],
        reencrypt: true,
      }),
    );
    await activate(key.keyId);
    await expectRotatedTo(3, otherKeyArn, values.roleArn);
    expect((await page()).transition).toMatchObject({ records: { total: records, done: records } });
  }, 60_000);
});

describe('what a rotation is refused for', () => {
  const to = () => ({ keyArn: otherKeyArn, roleArn: world.aws.roleArn });
  const command = async (acknowledged: 'context'[] = []) =>
    rotateKey(key.admin, {
      keyId: key.keyId,
      revision: await revisionOf(key.admin, key.keyId),
      acknowledged,
      reencrypt: false,
    });

  it('nothing prepared, nothing tested, warnings that nobody acknowledged, a failed test', async () => {
    expect(await command()).toMatchObject({ ok: false, error: { code: 'test-required' } });
    const revision = await revisionOf(key.admin, key.keyId);
    must(await prepareRotation(key.admin, { keyId: key.keyId, revision, values: { region, ...to() } }));
    expect(await command()).toMatchObject({ ok: false, error: { code: 'test-required' } });
    await test(key.admin, key.keyId);
    expect(await command()).toMatchObject({
      ok: false,
      error: { code: 'warnings-not-acknowledged', details: { warnings: ['context'] } },
    });
    const long = new Date(Date.now() - 16 * 60_000);
    await db().keyConfiguration.updateMany({ where: { keyId: key.keyId }, data: { createdAt: long } });
    const finishedAt = new Date(long.getTime() + 1);
    await world.asOwner('UPDATE test_report SET finished_at = $2 WHERE key_id = $1', [key.keyId, finishedAt]);
    const reason = expect.stringMatching(/passed more than 15 minutes ago/);
    expect(await command(['context'])).toMatchObject({
      ok: false,
      error: { code: 'test-required', details: { reason } },
    });
    await world.aws.kms('DisableKey', { KeyId: otherKeyArn });
    await test(key.admin, key.keyId);
    expect(await command(['context'])).toMatchObject({ ok: false, error: { code: 'test-required' } });
    expect(await page()).toMatchObject({ state: 'active', versionNumber: 1 });
  }, 60_000);

  it('another rotation that is under way: who, and how far; never one that is stuck', async () => {
    const { transitionId } = await rotate(key.admin, key.keyId, to());
    await prepareTested(key.admin, key.keyId, to());
    const refused = await command(['context']);
    const reason = expect.stringMatching(/Rotation, started by admin-.*, is under way: 0 of 2 apps .* Wait until/);
    expect(refused).toMatchObject({ ok: false, error: { code: 'not-allowed-in-state', details: { reason } } });
    await db().transition.update({
      where: { id: transitionId },
      data: { failureCode: 'key-outage', failureDetail: 'x' },
    });
    expect(must(await command(['context'])).versionNumber).toBe(3);
    expect(await db().transition.findUniqueOrThrow({ where: { id: transitionId } })).toMatchObject({
      cancelledAt: expect.any(Date),
    });
    await activate(key.keyId);
    await expectRotatedTo(3, otherKeyArn, world.aws.roleArn);
  }, 60_000);

  it('names that are none, beside their fields', async () => {
    const revision = await revisionOf(key.admin, key.keyId);
    const values = { region: 'attacker', roleArn: world.aws.keyArn, keyArn: world.aws.roleArn };
    const answer = await prepareRotation(key.admin, { keyId: key.keyId, revision, values });
    const fields = { region: expect.any(String), roleArn: expect.any(String), keyArn: expect.any(String) };
    expect(answer).toMatchObject({ ok: false, error: { code: 'invalid-input', fields } });
    expect((await page()).rotation).toBeNull();
  });

  it.each([
    ['another mode of the key’s own provider', { provider: 'aws', authMode: 'access-key' }],
    ['a provider that is not known', { provider: 'gcp', authMode: 'assume-role' }],
    ['a mode that its provider does not have', { provider: 'aws', authMode: 'federated' }],
  ])('%s', async (_, to) => {
    const revision = await revisionOf(key.admin, key.keyId);
    const values = { region, roleArn: world.aws.roleArn, keyArn: otherKeyArn };
    const answer = await prepareRotation(key.admin, { keyId: key.keyId, revision, values, to });
    expect(answer).toMatchObject({ ok: false, error: { code: 'invalid-input', fields: { to: expect.any(String) } } });
    expect((await page()).rotation).toBeNull();
  });
});

it('a prepared rotation changes nothing, and is thrown away', async () => {
  await prepareTested(key.admin, key.keyId, { keyArn: otherKeyArn, roleArn: world.aws.roleArn });
  const before = await page();
  expect(before.rotation).toMatchObject({ keyArn: otherKeyArn, report: { passed: true, stale: false } });
  expect(before).toMatchObject({ state: 'active', versionNumber: 1, standing: { keyArn: world.aws.keyArn } });
  must(await discardChanges(key.admin, { keyId: key.keyId, revision: before.revision }));
  expect(await page()).toMatchObject({ state: 'active', rotation: null, standing: { keyArn: world.aws.keyArn } });
}, 60_000);

it('the history tells what was rotated to, from what, with how many apps', async () => {
  await rotate(key.admin, key.keyId, { keyArn: otherKeyArn, roleArn: world.aws.roleArn });
  const { events } = must(await listHistory(key.admin, {}));
  expect(events.find((event) => event.operation === 'rotate-key')).toMatchObject({
    target: key.keyId,
    before: { version: 1, pinnedKeyArn: world.aws.keyArn },
    after: { version: 2, pinnedKeyArn: otherKeyArn, apps: 2, reencrypt: false, acknowledged: ['context'] },
  });
}, 60_000);
