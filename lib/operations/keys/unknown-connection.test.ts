import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Caller } from '../../auth/identify.ts';
import type { Result } from '../../byok/errors.ts';
import { db, transaction } from '../../db/client.ts';
import { insertIntent } from '../../db/creation-store.ts';
import { databaseNow } from '../../db/database-clock.ts';
import { reconcileKeyCreations } from '../../jobs/reconcile-key-creations.ts';
import { makeDueKey, openTo, tryNow } from '../../jobs/testing/due-key.ts';
import { fingerprintOf } from '../../key-lifecycle/configuration.ts';
import { createCustomerKey } from '../setup/create-customer-key.ts';
import { discardChanges } from '../setup/discard-changes.ts';
import { readHandOver } from '../setup/read-hand-over.ts';
import { readSetup } from '../setup/read-setup.ts';
import { saveStep } from '../setup/save-step.ts';
import { scheduleKey } from '../setup/schedule-key.ts';
import { testConfiguration } from '../setup/test-configuration.ts';
import { verifySetUpStep } from '../setup/verify-set-up-step.ts';
import { listTenants } from '../tenants/list-tenants.ts';
import { readTenant } from '../tenants/read-tenant.ts';
import { revisionOf } from '../testing/rotation.ts';
import { callsToAws, setConfigurations, unknownModes } from '../testing/unknown-modes.ts';
import { draft, save, test } from '../testing/walk.ts';
import { makeCaller, makeTenant, makeWorld, must, type TestTenant, type World } from '../testing/world.ts';
import { listEnterpriseKeys } from './list-enterprise-keys.ts';
import { readEnterpriseKey } from './read-enterprise-key.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld({ apps: 1, recordsPerApp: 0 });
}, 60_000);
afterAll(() => world?.close());

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
    await setConfigurations(world, keyId, mode);
    before = await callsToAws(world);
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
    expect(page.details).toMatchObject({ ...mode, permissions: [], testedAt: null, externalId: '', connected: null });
    expect(page).toMatchObject({ standing: null, unknownConnection: mode, reminder: null });
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
    expect(await callsToAws(world)).toEqual(before);
    expect(codeOf(await discardChanges(admin(), await at()))).toBe('ok');
  });
});

it('a configuration of AWS keeps the fingerprint under which its reports are stored', () => {
  const row = {
    provider: 'aws',
    authMode: 'assume-role',
    entered: {
      region: 'us-east-1',
      accountId: '111122223333',
      roleName: 'BYOK_Role',
      roleArn: 'arn:aws:iam::111122223333:role/BYOK_Role',
      keyArn: 'arn:aws:kms:us-east-1:111122223333:key/8cdca674-96a6-4a51-bd21-896541a2b840',
    },
    secretId: null,
  };
  const tenant = { id: randomUUID(), externalId: 'external-1' };
  expect(fingerprintOf(row, tenant)).toBe(storedFingerprint);
  expect(() => fingerprintOf({ ...row, authMode: 'federated' }, tenant)).toThrow('unknown-provider');
});

describe.each(unknownModes.slice(0, 2))('an activation of what names %s', (_, mode) => {
  it('leaves everything on the platform key and says why, and AWS is not asked', async () => {
    const { keyId, transitionId, admin } = await makeDueKey(world, `Due ${mode.provider} ${mode.authMode}`, small);
    await setConfigurations(world, keyId, mode);
    const before = await callsToAws(world);
    const reports = await db().testReport.count({ where: { keyId } });
    await tryNow(transitionId);
    const { phase, failureCode, failureMessage, attempts, finishedAt } = await db().transition.findUniqueOrThrow({
      where: { id: transitionId },
    });
    expect({ phase, failureCode, attempts, finishedAt }).toEqual({
      ...{ phase: 'testing', failureCode: 'unknown-provider', attempts: 1, finishedAt: null },
    });
    expect(failureMessage).toEqual({ code: 'unknown-connection', args: { ...mode } });
    expect(await callsToAws(world)).toEqual(before);
    expect(await db().testReport.count({ where: { keyId } })).toBe(reports);
    expect(await db().keyVersion.count({ where: { keyId } })).toBe(0);
    const page = must(await readEnterpriseKey(admin, { keyId }));
    expect(page.transition?.failure).toMatchObject({ code: 'unknown-provider' });
    expect(page.state).toBe('scheduled');
    // What the row says again is what was tested: it goes on by itself.
    await setConfigurations(world, keyId, { provider: 'aws', authMode: 'assume-role' });
    await tryNow(transitionId);
    expect(must(await readEnterpriseKey(admin, { keyId })).state).toBe('active');
  }, 60_000);
});

it('a key that was begun to be created for an unknown configuration waits a day for who knows it, and AWS is not asked', async () => {
  const tenant = await makeTenant('Creating', { apps: 1, recordsPerApp: 0 });
  await openTo(world, tenant);
  const keyId = await draft(world, await makeCaller('admin', tenant.id));
  await setConfigurations(world, keyId, { provider: 'aws', authMode: 'federated' });
  const createdAt = databaseNow();
  const place = { provider: 'aws', location: 'us-east-1', externalAccount: '111122223333' };
  const id = randomUUID();
  await transaction((tx) =>
    insertIntent(tx, { id, tenantId: tenant.id, keyId, ...place, requestedBy: 'admin@example.com', createdAt }),
  );
  const before = await callsToAws(world);
  const after = async (hours: number) => {
    await reconcileKeyCreations(new AbortController().signal, new Date(createdAt.getTime() + hours * 3_600_000));
    return db().keyCreation.findUniqueOrThrow({ where: { id } });
  };
  expect(await after(23)).toMatchObject({ state: 'intended' });
  expect(await after(25)).toMatchObject({
    state: 'left_over',
    message: { code: 'creation-unknown-connection', args: {} },
  });
  expect(await callsToAws(world)).toEqual(before);
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
