import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Caller } from '../auth/identify.ts';
import type { StoredMode } from '../byok/connection-mode.ts';
import type { Result } from '../byok/errors.ts';
import { db, transaction } from '../db/client.ts';
import { insertIntent } from '../db/creation-store.ts';
import { databaseNow } from '../db/database-clock.ts';
import { reconcileKeyCreations } from '../jobs/reconcile-key-creations.ts';
import { makeDueKey, openTo, tryNow } from '../jobs/testing/due-key.ts';
import { beginRevert, beginRotation, type KeyInForce, makeKeyInForce } from '../jobs/testing/key-in-force.ts';
import { watchAliases } from '../jobs/watch-aliases.ts';
import { closeKeyring } from '../keyring/keyring.ts';
import { checkKey } from './check-key.ts';
import { checkTenantKey } from './check-tenant-key.ts';
import { createCustomerKey } from './create-customer-key.ts';
import { decryptItems } from './decrypt-items.ts';
import { discardChanges } from './discard-changes.ts';
import { encryptItems } from './encrypt-items.ts';
import { listEnterpriseKeys } from './list-enterprise-keys.ts';
import { listTenants } from './list-tenants.ts';
import { fingerprintOf } from './parts/configuration.ts';
import { usesOfTenant } from './parts/in-use.ts';
import { planChange } from './plan-change.ts';
import { prepareRotation } from './prepare-rotation.ts';
import { readEnterpriseKey } from './read-enterprise-key.ts';
import { readHandOver } from './read-hand-over.ts';
import { readSetup } from './read-setup.ts';
import { readTenant } from './read-tenant.ts';
import { rekeyApp } from './rekey-app.ts';
import { revertKey } from './revert-key.ts';
import { saveStep } from './save-step.ts';
import { scheduleKey } from './schedule-key.ts';
import { testConfiguration } from './test-configuration.ts';
import { revisionOf } from './testing/rotation.ts';
import { draft, save, test } from './testing/walk.ts';
import { makeCaller, makeTenant, makeWorld, must, type TestTenant, type World } from './testing/world.ts';
import { updateApps } from './update-apps.ts';
import { validateApps } from './validate-apps.ts';
import { verifySetUpStep } from './verify-set-up-step.ts';

/** What a newer version, or a hand, may have written: another cloud, another mode, and each as near to ours as can be. */
const unknownModes = [
  ['another provider with a mode of ours', { provider: 'gcp', authMode: 'assume-role' }],
  ['a mode that AWS does not have here', { provider: 'aws', authMode: 'federated' }],
  ['a name of ours in capitals', { provider: 'AWS', authMode: 'access-key' }],
  ['nothing', { provider: '', authMode: '' }],
] as const;

let world: World;
beforeAll(async () => {
  world = await makeWorld({ apps: 1, recordsPerApp: 0 });
}, 60_000);
afterAll(() => world?.close());

/** All calls that reached AWS, whoever made them. */
const calls = async () => (await world.aws.send('GET', 'calls')) as unknown as object[];
const codeOf = (result: Result<unknown>) => (result.ok ? 'ok' : result.error.code);

async function streamed(events: Promise<AsyncGenerator<{ type: string }>>): Promise<unknown[]> {
  return Array.fromAsync(await events);
}

const refused = { type: 'error', error: { code: 'unknown-provider', requestId: expect.any(String) } };

describe.each(unknownModes)('a configuration that names %s', (_, mode) => {
  let tenant: TestTenant;
  let caller: Caller;
  let keyId: string;
  let other: string;
  let before: object[];
  const admin = () => caller;
  const at = async () => ({ keyId, revision: await revisionOf(admin(), keyId) });

  /** Tested with success as what it was, so that the report of that is there; then the row says something else. */
  beforeAll(async () => {
    tenant = await makeTenant(`Draft ${mode.provider} ${mode.authMode}`, { apps: 1, recordsPerApp: 0 });
    caller = await makeCaller('admin', tenant.id);
    await openTo(world, tenant);
    [keyId, other] = [await draft(world, caller), await draft(world, caller)];
    expect((await test(admin(), keyId)).filter(({ outcome }) => outcome === 'failed')).toEqual([]);
    await save(admin(), keyId, { step: 'date', values: { choice: 'now' } });
    await setConfigurations(keyId, mode);
    before = await calls();
  }, 60_000);

  it('is refused by whoever would edit, test, verify, hand over or schedule it, with the same code', async () => {
    const arn = world.aws.keyArn;
    const answers = {
      readSetup: codeOf(await readSetup(admin(), { keyId })),
      handOver: codeOf(await readHandOver(admin(), { keyId })),
      provider: codeOf(await saveStep(admin(), { ...(await at()), step: 'provider', values: ofAws })),
      prepare: codeOf(await saveStep(admin(), { ...(await at()), step: 'prepare', values: { keyArn: arn } })),
      connect: codeOf(
        await saveStep(admin(), {
          ...(await at()),
          step: 'connect',
          values: { keyArn: arn, roleArn: world.aws.roleArn },
        }),
      ),
      date: codeOf(await saveStep(admin(), { ...(await at()), step: 'date', values: { choice: 'now' } })),
      schedule: codeOf(await scheduleKey(admin(), { ...(await at()), acknowledged: [] })),
      create: codeOf(await createCustomerKey(admin(), { ...(await at()), aliasName: '' })),
    };
    expect(new Set(Object.values(answers)), JSON.stringify(answers)).toEqual(new Set(['unknown-provider']));
    expect(await streamed(testConfiguration(admin(), { keyId }))).toMatchObject([refused]);
    expect(await streamed(verifySetUpStep(admin(), { keyId, step: 'role' }))).toMatchObject([refused]);
  });

  it('has no report that speaks of it, whatever was tested before', async () => {
    expect(await db().testReport.count({ where: { keyId, passed: true } })).toBe(1);
    const page = must(await readEnterpriseKey(admin(), { keyId }));
    expect(page.details).toMatchObject({ ...mode, permissions: [], testedAt: null, externalId: '', accessKeyId: '' });
    expect(page).toMatchObject({ standing: null, unknownConnection: mode, policyScope: null });
    expect(page.commands.schedule).toEqual({ allowed: false, reason: expect.stringContaining('does not know how') });
    expect(page.commands.discard).toEqual({ allowed: true });
  });

  it('is shown as what it is, beside keys that go on as before', async () => {
    const { keys } = must(await listEnterpriseKeys(admin(), {}));
    const shown = Object.fromEntries(keys.map((key) => [key.id, key.unknownConnection]));
    expect(shown).toEqual({ [keyId]: mode, [other]: null });
    const { tenant: row, diagnosis } = must(await readTenant(world.callers.support, { tenantId: tenant.id }));
    expect(row).toMatchObject({ keyId, whoseMove: 'us', cause: expect.stringContaining(`“${mode.provider}”`) });
    expect(diagnosis).toContain(`authentication mode “${mode.authMode}”`);
    const rows = must(await listTenants(world.callers.support, {}));
    expect(rows.find(({ id }) => id === tenant.id)).toMatchObject({ keyId, whoseMove: 'us' });
    expect(codeOf(await readSetup(admin(), { keyId: other }))).toBe('ok');
  });

  it('was asked about nowhere, and can still be thrown away', async () => {
    expect(await calls()).toEqual(before);
    expect(codeOf(await discardChanges(admin(), await at()))).toBe('ok');
  });
});

it('a configuration of AWS keeps the fingerprint under which its reports are stored', () => {
  const row = {
    provider: 'aws',
    authMode: 'assume-role',
    region: 'us-east-1',
    accountId: '111122223333',
    roleName: 'BYOK_Role',
    roleArn: 'arn:aws:iam::111122223333:role/BYOK_Role',
    keyArn: 'arn:aws:kms:us-east-1:111122223333:key/8cdca674-96a6-4a51-bd21-896541a2b840',
    createsKey: false,
    dataKeyPair: false,
    accessKeyId: '',
    secretId: null,
  } as const;
  expect(fingerprintOf(row, 'external-1')).toBe(storedFingerprint);
  // @ts-expect-error a row as the database has it may name anything: it has no fingerprint before it is known
  expect(() => fingerprintOf({ ...row, authMode: String('federated') }, 'external-1')).toThrow();
});

describe.each(unknownModes.slice(0, 2))('an activation of what names %s', (_, mode) => {
  it('leaves everything on the platform key and says why, and AWS is not asked', async () => {
    const { keyId, moveId, admin } = await makeDueKey(world, `Due ${mode.provider} ${mode.authMode}`, small);
    await setConfigurations(keyId, mode);
    const before = await calls();
    const reports = await db().testReport.count({ where: { keyId } });
    await tryNow(moveId);
    const { phase, failureCode, failureDetail, attempts, finishedAt } = await db().move.findUniqueOrThrow({
      where: { id: moveId },
    });
    expect({ phase, failureCode, attempts, finishedAt }).toEqual({
      ...{ phase: 'testing', failureCode: 'unknown-provider', attempts: 1, finishedAt: null },
    });
    expect(failureDetail).toContain(`“${mode.provider}”`);
    expect(await calls()).toEqual(before);
    expect(await db().testReport.count({ where: { keyId } })).toBe(reports);
    expect(await db().keyVersion.count({ where: { keyId } })).toBe(0);
    const page = must(await readEnterpriseKey(admin, { keyId }));
    expect(page.move?.failure).toMatchObject({ code: 'unknown-provider' });
    expect(page.state).toBe('scheduled');
    // What the row says again is what was tested: it goes on by itself.
    await setConfigurations(keyId, { provider: 'aws', authMode: 'assume-role' });
    await tryNow(moveId);
    expect(must(await readEnterpriseKey(admin, { keyId })).state).toBe('active');
  }, 60_000);
});

describe.each(unknownModes.slice(0, 2))('a version in force that names %s', (_, mode) => {
  let key: KeyInForce;
  let versionId: string;
  let sealed: string;
  let before: object[];
  const token = () => world.makeTokenCaller(key.tenant.id, ['encrypt', 'decrypt']);
  const appId = () => key.tenant.apps[0]?.id ?? '';
  const at = async () => ({ keyId: key.keyId, revision: await revisionOf(key.admin, key.keyId) });
  const version = () => db().keyVersion.findUniqueOrThrow({ where: { id: versionId } });

  beforeAll(async () => {
    key = await makeKeyInForce(world, `In force ${mode.provider} ${mode.authMode}`, small);
    ({ versionId } = key);
    const items = [{ plaintext: 'aGVsbG8=', context: {} }];
    const [item] = must(await encryptItems(await token(), { appId: appId(), items })).items;
    sealed = item && 'envelope' in item ? item.envelope : '';
    await setVersion(versionId, mode);
    await closeKeyring();
    before = await calls();
  }, 60_000);
  beforeEach(() => closeKeyring());

  it('opens and seals nothing, which is neither an outage nor a revocation', async () => {
    const seen = await version();
    const opened = await decryptItems(await token(), { appId: appId(), items: [{ envelope: sealed, context: {} }] });
    const closed = await encryptItems(await token(), { appId: appId(), items: [{ plaintext: 'aGVsbG8=' }] });
    for (const answer of [opened, closed]) expect(JSON.stringify(answer)).toContain('unknown-provider');
    expect(JSON.stringify([opened, closed])).not.toMatch(
      /aGVsbG8|"ok":true,"data":\{"items":\[\{"(plaintext|envelope)/,
    );
    expect(await version()).toEqual(seen);
    expect(seen).toMatchObject({ health: 'healthy', epoch: 1 });
  });

  it('is refused to whoever asks how it is, and its health stays what was last seen', async () => {
    const seen = await version();
    const asked = await checkKey(key.admin, { keyId: key.keyId, asked: 'by-hand' });
    expect(asked).toMatchObject({ ok: false, error: { code: 'unknown-provider', requestId: expect.any(String) } });
    const tenantId = key.tenant.id;
    await db()
      .$executeRaw`UPDATE key_probe SET begun_at = begun_at - interval '1 hour' WHERE key_id = ${key.keyId}::uuid`;
    expect(codeOf(await checkTenantKey(world.callers.support, { tenantId, keyId: key.keyId }))).toBe(
      'unknown-provider',
    );
    const { apps, health } = must(await validateApps(key.admin, { keyId: key.keyId }));
    expect(apps.map(({ failure }) => failure?.code)).toEqual(['unknown-provider', 'unknown-provider']);
    expect(health?.state).toBe('healthy');
    expect(await version()).toEqual(seen);
  });

  it('is rotated, rekeyed, given apps or left for the platform key by no command', async () => {
    const values = { region: 'us-east-1', keyArn: world.aws.keyArn, roleArn: world.aws.roleArn };
    const answers = {
      rotate: codeOf(await prepareRotation(key.admin, { ...(await at()), values })),
      revert: codeOf(await revertKey(key.admin, await at())),
      rekey: codeOf(await rekeyApp(key.admin, { appId: appId(), reencrypt: false })),
      apps: codeOf(await updateApps(key.admin, { ...(await at()), selection: { mode: 'only', ids: [appId()] } })),
    };
    expect(answers).toEqual({
      ...{ rotate: 'unknown-provider', revert: 'unknown-provider' },
      ...{ rekey: 'unknown-provider', apps: 'unknown-provider' },
    });
  });

  it('is told of by a plan, before it is refused', async () => {
    const plan = async (change: Parameters<typeof planChange>[1]['change']) =>
      must(await planChange(key.admin, { keyId: key.keyId, change })).refusal;
    for (const change of [{ kind: 'revert' }, { kind: 'rotate', reencrypt: false }] as const)
      expect(await plan(change)).toMatch(/does not know/);
  });

  it('is shown as what it is, and is nobody to put into a policy', async () => {
    const page = must(await readEnterpriseKey(key.admin, { keyId: key.keyId }));
    expect(page.unknownConnection).toEqual(mode);
    expect(page.details).toMatchObject({ ...mode, externalId: '' });
    expect(page.versions).toMatchObject([{ unknownConnection: mode, roleArn: '', accessKeyId: '' }]);
    expect(await usesOfTenant(key.tenant.id, new Date())).toEqual([]);
  });

  it('keeps no alias of others from being looked at, and is asked about nowhere', async () => {
    await world.asOwner(`UPDATE key_version SET key_arn = $2 WHERE id = $1`, [versionId, world.aws.aliasArn]);
    await watchAliases(new AbortController().signal, new Date(Date.now() + 86_400_000));
    expect(await version()).toMatchObject({ aliasSeenAt: null, aliasDriftAt: null });
    expect(await calls()).toEqual(before);
  });

  it('leaves a move where it is, with a failure that says so', async () => {
    const { moveId } = await beginRevert(key);
    await tryNow(moveId);
    const { failureCode, triedAt, finishedAt } = await db().move.findUniqueOrThrow({ where: { id: moveId } });
    expect(finishedAt).toBeNull();
    expect(failureCode ?? (triedAt && 'left behind')).not.toBeNull();
    const page = must(await readEnterpriseKey(key.admin, { keyId: key.keyId }));
    const codes = [page.move?.failure?.code, ...(page.move?.leftBehind.map(({ code }) => code) ?? [])];
    expect(codes.filter((code) => code !== undefined)).toContain('unknown-provider');
    expect(await version()).toMatchObject({ health: 'healthy', epoch: 1 });
    expect(await calls()).toEqual(before);
  });
});

it('the same key name at another provider is another key: what lies under ours is opened with ours', async () => {
  const key = await makeKeyInForce(world, 'Same name', small);
  const token = await world.makeTokenCaller(key.tenant.id, ['encrypt', 'decrypt']);
  const appId = key.tenant.apps[0]?.id ?? '';
  const items = [{ plaintext: 'aGVsbG8=', context: {} }];
  const [sealed] = must(await encryptItems(token, { appId, items })).items;
  const envelope = sealed && 'envelope' in sealed ? sealed.envelope : '';
  const rotation = await beginRotation(key, { keyArn: world.aws.keyArn });
  await db().enterpriseKey.update({ where: { id: key.keyId }, data: { currentVersionId: rotation.versionId } });
  await setVersion(rotation.versionId, { provider: 'gcp', authMode: 'service-account' });
  await closeKeyring();
  const opened = await decryptItems(token, { appId, items: [{ envelope, context: {} }] });
  expect(must(opened).items).toMatchObject([{ plaintext: 'aGVsbG8=' }]);
  // New data belongs to the other one, which nobody knows how to reach: nothing falls back to ours.
  expect(JSON.stringify(await encryptItems(token, { appId, items }))).toContain('unknown-provider');
  await tryNow(rotation.moveId);
  expect(await db().dataKey.count({ where: { tenantId: key.tenant.id, keyVersionId: rotation.versionId } })).toBe(0);
  expect(await db().move.findUniqueOrThrow({ where: { id: rotation.moveId } })).toMatchObject({ finishedAt: null });
}, 60_000);

it('a key that was begun to be created for an unknown configuration waits a day for who knows it, and AWS is not asked', async () => {
  const tenant = await makeTenant('Creating', { apps: 1, recordsPerApp: 0 });
  await openTo(world, tenant);
  const keyId = await draft(world, await makeCaller('admin', tenant.id));
  await setConfigurations(keyId, { provider: 'aws', authMode: 'federated' });
  const createdAt = databaseNow();
  const place = { region: 'us-east-1', accountId: '111122223333' };
  const id = randomUUID();
  await transaction((tx) =>
    insertIntent(tx, { id, tenantId: tenant.id, keyId, ...place, requestedBy: 'admin@example.com', createdAt }),
  );
  const before = await calls();
  const after = async (hours: number) => {
    await reconcileKeyCreations(new AbortController().signal, new Date(createdAt.getTime() + hours * 3_600_000));
    return db().keyCreation.findUniqueOrThrow({ where: { id } });
  };
  expect(await after(23)).toMatchObject({ state: 'intended' });
  expect(await after(25)).toMatchObject({ state: 'left_over', detail: expect.stringContaining('does not know how') });
  expect(await calls()).toEqual(before);
});

const ofAws = {
  provider: 'aws',
  authMode: 'assume-role',
  region: 'us-east-1',
  accountId: '111122223333',
  roleName: 'BYOK_Role',
  alias: 'again',
  description: '',
} as const;

/** SHA-256 of the canonical text, as it always was. */
const storedFingerprint = '1f43edf9c0716f8d51206c03d933c9f5b4b2cc25241e3716cf023bd90bd8f5cd';

const small = { apps: 2, keysPerApp: 1, recordsPerKey: 1 };

async function setConfigurations(keyId: string, { provider, authMode }: StoredMode): Promise<void> {
  await world.asOwner('UPDATE key_configuration SET provider = $2, auth_mode = $3 WHERE key_id = $1', [
    ...[keyId, provider, authMode],
  ]);
}

async function setVersion(versionId: string, { provider, authMode }: StoredMode): Promise<void> {
  await world.asOwner('UPDATE key_version SET provider = $2, auth_mode = $3 WHERE id = $1', [
    ...[versionId, provider, authMode],
  ]);
}
