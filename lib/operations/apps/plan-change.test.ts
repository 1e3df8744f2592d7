import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Result } from '../../byok/errors.ts';
import { db } from '../../db/client.ts';
import { type ActiveKey, makeActiveKey, makeOtherKey } from '../../jobs/testing/active-key.ts';
import { closeKeyring } from '../../keyring/keyring.ts';
import { readEnterpriseKey } from '../keys/read-enterprise-key.ts';
import { revertKey } from '../keys/revert-key.ts';
import { rotateKey } from '../rotation/rotate-key.ts';
import { setCacheTime } from '../tenants/set-cache-time.ts';
import { prepareTested, revisionOf } from '../testing/rotation.ts';
import { activate } from '../testing/walk.ts';
import { makeCaller, makeWorld, must, type World } from '../testing/world.ts';
import { planChange } from './plan-change.ts';
import { rekeyApp } from './rekey-app.ts';
import { updateApps } from './update-apps.ts';

let world: World;
let n = 0;

beforeAll(async () => {
  world = await makeWorld({ apps: 1, recordsPerApp: 0 });
}, 60_000);
afterAll(() => world?.close());

type Change = Parameters<typeof planChange>[1]['change'];
type Case = {
  change: (key: ActiveKey) => Change;
  command: (key: ActiveKey, revision: number) => Promise<Result<unknown>>;
  /** What the plan says; the key has 3 apps with 2 data keys each and 4 records under each of those. */
  plan: object;
  cacheSeconds?: number;
};

const rotation = (reencrypt: boolean): Case => ({
  change: () => ({ kind: 'rotate', reencrypt }),
  command: ({ admin, keyId }, revision) => rotateKey(admin, { keyId, revision, acknowledged: ['context'], reencrypt }),
  plan: {
    apps: 3,
    freshDataKeys: 3,
    dataKeysToRewrap: 6,
    records: 24,
    recordsToReencrypt: reencrypt ? 24 : 0,
    kmsCalls: reencrypt ? { generate: 3, encrypt: 6 } : { generate: 3, encrypt: 6, decrypt: 16, total: 25 },
  },
});
const rekey = (reencrypt: boolean): Case => ({
  change: ({ tenant }) => ({ kind: 'rekey', appId: tenant.apps[0]?.id ?? '', reencrypt }),
  command: ({ admin, tenant }) => rekeyApp(admin, { appId: tenant.apps[0]?.id ?? '', reencrypt }),
  plan: { apps: 1, freshDataKeys: 1, dataKeysToRewrap: 0, records: 8, recordsToReencrypt: reencrypt ? 8 : 0 },
});
const cases: Record<string, Case> = {
  'a rotation': rotation(false),
  'a rotation that re-encrypts': rotation(true),
  'the same where nothing is cached': { ...rotation(true), cacheSeconds: 0 },
  'a rekey': rekey(false),
  'a rekey that re-encrypts': rekey(true),
  'a change of apps': {
    change: ({ tenant }) => ({ kind: 'select-apps', selection: { mode: 'only', ids: [tenant.apps[0]?.id ?? ''] } }),
    command: ({ admin, keyId, tenant }, revision) =>
      updateApps(admin, { keyId, revision, selection: { mode: 'only', ids: [tenant.apps[0]?.id ?? ''] } }),
    plan: {
      apps: 2,
      appsAdded: 0,
      appsRemoved: 2,
      dataKeysToRewrap: 4,
      recordsToReencrypt: 0,
      kmsCalls: { generate: 0, encrypt: 0, decrypt: 5, total: 5 },
    },
  },
  'a revert': {
    change: () => ({ kind: 'revert' }),
    command: ({ admin, keyId }, revision) => revertKey(admin, { keyId, revision }),
    plan: { apps: 3, dataKeysToRewrap: 6, kmsCalls: { generate: 0, encrypt: 0, decrypt: 7, total: 7 } },
  },
};

/** Calls with data keys that the simulated AWS has seen. */
async function callsSeen(): Promise<Record<string, number>> {
  const seen: Record<string, number> = { generate: 0, encrypt: 0, decrypt: 0 };
  const names: Record<string, string> = { GenerateDataKey: 'generate', Encrypt: 'encrypt', Decrypt: 'decrypt' };
  for (const call of await world.aws.calls()) {
    const name = names[String(call.eventName)];
    if (name) seen[name] = (seen[name] ?? 0) + 1;
  }
  return seen;
}

const keyWithData = (): Promise<ActiveKey> =>
  makeActiveKey(world, `Planning ${++n}`, { apps: 3, keysPerApp: 2, recordsPerKey: 4 });

describe('a plan against what really happens', () => {
  it.each(Object.entries(cases))(
    '%s asks no more of AWS than it was said to',
    async (_, { change, command, plan, cacheSeconds }) => {
      const key = await keyWithData();
      if (cacheSeconds !== undefined) must(await setCacheTime(key.admin, { seconds: cacheSeconds }));
      const to = await makeOtherKey(world, key);
      await prepareTested(key.admin, key.keyId, { keyArn: to, roleArn: world.aws.roleArn });
      const viewer = await makeCaller('viewer', key.tenant.id);
      const said = must(await planChange(viewer, { keyId: key.keyId, change: change(key) }));
      expect(said).toMatchObject({ ...plan, refusal: null });
      expect(said.costUsd).toBeCloseTo((said.kmsCalls.total * 0.03) / 10_000, 9);
      expect(said.seconds.low).toBeLessThanOrEqual(said.seconds.high);

      // As a worker that has just been started, which has nothing in its cache.
      await closeKeyring();
      const before = await callsSeen();
      must(await command(key, await revisionOf(key.admin, key.keyId)));
      await activate(key.keyId);
      const after = await callsSeen();
      for (const name of ['generate', 'encrypt', 'decrypt'] as const)
        expect([name, (after[name] ?? 0) - (before[name] ?? 0)]).toEqual([
          name,
          expect.toSatisfy((real: number) => real <= said.kmsCalls[name]),
        ]);
      const real = ['generate', 'encrypt', 'decrypt'].map((name) => (after[name] ?? 0) - (before[name] ?? 0));
      expect(real.reduce((sum, calls) => sum + calls, 0)).toBeGreaterThan(said.kmsCalls.total / 2);
      const transition = await db().transition.findFirstOrThrow({
        where: { keyId: key.keyId },
        orderBy: { createdAt: 'desc' },
      });
      expect(transition).toMatchObject({
        phase: 'done',
        dataKeysTotal: said.dataKeysToRewrap,
        recordsTotal: said.recordsToReencrypt,
      });
    },
    60_000,
  );
});

describe('why a command would be refused', () => {
  const refusalOf = async (key: ActiveKey, change: Change, caller = key.admin) =>
    must(await planChange(caller, { keyId: key.keyId, change })).refusal;

  it('is what the command itself says', async () => {
    const key = await keyWithData();
    expect(await refusalOf(key, { kind: 'rotate', reencrypt: false })).toMatch(/No rotation is prepared/);
    expect(await refusalOf(key, { kind: 'select-apps', selection: { mode: 'only', ids: [] } })).toMatch(
      /Revert to None/,
    );
    const viewer = await makeCaller('viewer', key.tenant.id);
    await world.aws.kms('DisableKey', { KeyId: world.aws.keyArn });
    const revert = await revertKey(key.admin, { keyId: key.keyId, revision: await revisionOf(key.admin, key.keyId) });
    expect(revert).toMatchObject({ ok: false, error: { code: 'key-revoked' } });
    expect(await refusalOf(key, { kind: 'revert' })).toMatch(/cannot be reached.*The key is disabled/);
    expect(await refusalOf(key, { kind: 'revert' }, viewer)).toMatch(/could not be reached/);
    await world.aws.kms('EnableKey', { KeyId: world.aws.keyArn });
    // Asked again where it was not well: a plan does not go on refusing what has healed.
    expect(await refusalOf(key, { kind: 'revert' })).toBeNull();
  }, 60_000);

  it('names a key transition that is under way', async () => {
    const key = await keyWithData();
    must(await revertKey(key.admin, { keyId: key.keyId, revision: await revisionOf(key.admin, key.keyId) }));
    expect(await refusalOf(key, { kind: 'rotate', reencrypt: false })).toMatch(
      /return to the platform key, started by .* under way/,
    );
    const page = must(await readEnterpriseKey(key.admin, { keyId: key.keyId }));
    expect(page.state).toBe('reverting');
  }, 60_000);
});
