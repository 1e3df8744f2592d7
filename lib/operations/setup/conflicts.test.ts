import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Caller } from '../../auth/identify.ts';
import { permissionPolicy } from '../../byok/aws/policies.ts';
import { db } from '../../db/client.ts';
import { readMe } from '../account/read-me.ts';
import { listSelectableApps } from '../apps/list-selectable-apps.ts';
import { createKey } from '../keys/create-key.ts';
import { draft, save, schedule, test } from '../testing/walk.ts';
import { makeCaller, makeWorld, must, type World } from '../testing/world.ts';
import { discardChanges } from './discard-changes.ts';
import { readSetup } from './read-setup.ts';
import { saveStep } from './save-step.ts';
import { scheduleKey } from './schedule-key.ts';

const now = { step: 'date', values: { choice: 'now' } } as const;
const later = {
  choice: 'at',
  localDateTime: `${new Date().getUTCFullYear() + 1}-06-01T12:00`,
  timeZone: 'UTC',
} as const;
let world: World;
let admin: Caller;
let colleague: Caller;
let colleagueEmail: string;
let keyId: string;

beforeAll(async () => {
  world = await makeWorld({ apps: 2, recordsPerApp: 1 });
  await world.applyPolicies();
  admin = world.callers.admin;
  colleague = await makeCaller('admin', world.acme.id);
  colleagueEmail = must(await readMe(colleague, {})).email;
});
afterAll(() => world?.close());
beforeEach(async () => {
  await db().enterpriseKey.deleteMany();
  keyId = await draft(world);
});

describe('two windows', () => {
  it('the one that saves second is told who was first', async () => {
    const revision = await revisionNow();
    const saved = must(await saveStep(colleague, { keyId, revision, ...now }));
    const second = await saveStep(admin, { keyId, revision, step: 'date', values: later });
    const details = { by: colleagueEmail, revision: saved.revision };
    expect(second).toMatchObject({ ok: false, error: { code: 'conflict', details } });
    expect(must(await readSetup(admin, { keyId })).configuration.enforcementChoice).toBe('now');
  });

  it('the same person in both is told so, and nobody else is', async () => {
    const revision = await revisionNow();
    must(await saveStep(admin, { keyId, revision, ...now }));
    const own = await saveStep(admin, { keyId, revision, step: 'date', values: later });
    expect(own).toMatchObject({ ok: false, error: { code: 'conflict', details: { own: 'yes' } } });
    const other = await saveStep(colleague, { keyId, revision, step: 'date', values: later });
    expect(other).toMatchObject({ ok: false, error: { code: 'conflict' } });
    expect(other).not.toHaveProperty('error.details.own');
  });

  it('saving and discarding at once: one of them wins', async () => {
    const revision = await revisionNow();
    const results = await Promise.all([
      saveStep(admin, { keyId, revision, ...now }),
      discardChanges(colleague, { keyId, revision }),
    ]);
    expect(codes(results)).toEqual(expect.arrayContaining(['ok']));
    expect(codes(results).filter((code) => code !== 'ok')).toHaveLength(1);
    expect(codes(results).join()).toMatch(/conflict|not-found/);
    const kept = await db().enterpriseKey.count({ where: { id: keyId } });
    expect(kept).toBe(results[0].ok ? 1 : 0);
  });

  it('two administrators proceed at once: one wins, and there is one activation', async () => {
    await ready();
    const revision = await revisionNow();
    const results = await Promise.all(
      [admin, colleague].map((caller) => scheduleKey(caller, { keyId, revision, acknowledged: [] })),
    );
    expect(codes(results).sort()).toEqual(['conflict', 'ok']);
    expect(await openActivations()).toBe(1);
  });
});

describe('pressed twice', () => {
  it('Create enterprise key gives the same draft', async () => {
    const before = await db().enterpriseKey.count();
    const made = await Promise.all([1, 2, 3].map(() => createKey(admin, {})));
    expect(new Set(made.map((result) => must(result).keyId)).size).toBe(1);
    expect(await db().enterpriseKey.count()).toBe(before + 1);
  });

  it('Proceed makes one activation', async () => {
    await ready();
    const revision = await revisionNow();
    must(await scheduleKey(admin, { keyId, revision, acknowledged: [] }));
    const second = await scheduleKey(admin, { keyId, revision, acknowledged: [] });
    expect(codes([second])).toEqual(['conflict']);
    expect(await openActivations()).toBe(1);
  });
});

describe('names and apps that somebody else has', () => {
  it('an alias is refused beside its field', async () => {
    const other = await draft(world);
    const { alias } = must(await readSetup(admin, { keyId: other })).key;
    const answer = await saveStep(admin, { keyId, revision: await revisionNow(), ...provider(alias) });
    const fields = { alias: 'Another enterprise key of yours has this alias.' };
    expect(answer).toMatchObject({ ok: false, error: { code: 'invalid-input', fields } });
  });

  it('an app of another key is refused, also where both proceed at once', async () => {
    const other = await draft(world);
    await ready();
    await ready(other);
    const both = [keyId, other];
    const revisions = await Promise.all(both.map((id) => revisionNow(id)));
    const results = await Promise.all(
      both.map((id, n) => scheduleKey(admin, { keyId: id, revision: revisions[n] ?? 0, acknowledged: [] })),
    );
    expect(codes(results).sort()).toEqual(['app-taken', 'ok']);
    const loser = results[0]?.ok ? other : keyId;
    const again = await scheduleKey(admin, { keyId: loser, revision: await revisionNow(loser), acknowledged: [] });
    expect(codes([again])).toEqual(['app-taken']);
    const apps = must(await listSelectableApps(admin, { keyId: loser }));
    expect(apps.every((app) => app.takenBy !== null)).toBe(true);
  });

  it('IDs of another tenant’s apps choose nothing', async () => {
    const foreign = world.globex.apps.map((app) => app.id);
    const only = (ids: string[]) => ({ step: 'apps', values: { mode: 'only', ids } }) as const;
    const refused = await saveStep(admin, { keyId, revision: await revisionNow(), ...only(foreign) });
    expect(refused).toMatchObject({
      ok: false,
      error: { code: 'invalid-input', fields: { apps: 'Select at least one app or bot.' } },
    });
    expect(must(await readSetup(admin, { keyId })).selection.selected).toBe(2);
    await save(admin, keyId, only([...foreign, world.acme.apps[0]?.id ?? '']));
    expect(must(await readSetup(admin, { keyId })).selection.selected).toBe(1);
  });
});

describe('what has changed between the test and Proceed', () => {
  it('a date that has passed meanwhile is refused', async () => {
    await ready();
    await save(admin, keyId, { step: 'date', values: later });
    await db().keyConfiguration.updateMany({ where: { keyId }, data: { enforcementAt: new Date(Date.now() - 1_000) } });
    await expectRefused('date-in-past');
  });

  it('a configuration that was changed has to be tested again, until it is what was tested', async () => {
    await ready();
    const { keyArn, roleArn, aliasArn } = world.aws;
    await save(admin, keyId, { step: 'connect', values: { keyArn: aliasArn, roleArn } });
    expect(must(await readSetup(admin, { keyId })).report).toMatchObject({ stale: true });
    await expectRefused('test-required');
    await save(admin, keyId, { step: 'connect', values: { keyArn, roleArn } });
    expect(must(await readSetup(admin, { keyId }))).toMatchObject({ report: { stale: false }, obstacles: [] });
  });

  it('another alias keeps the test valid', async () => {
    await ready();
    await save(admin, keyId, provider('another-alias'));
    expect(must(await readSetup(admin, { keyId }))).toMatchObject({ report: { stale: false }, obstacles: [] });
    await schedule(world, keyId);
    expect(await openActivations()).toBe(1);
  });

  it('warnings are acknowledged by their names', async () => {
    await openPolicies();
    await ready();
    await expectRefused('warnings-not-acknowledged', []);
    await expectRefused('warnings-not-acknowledged', ['region', 'key']);
    must(await scheduleKey(admin, { keyId, revision: await revisionNow(), acknowledged: ['context'] }));
    const scheduled = await db().keyConfiguration.findFirstOrThrow({ where: { keyId } });
    expect(scheduled.acknowledged).toEqual(['context']);
    await world.applyPolicies();
  });
});

/** Tested, and dated "now". */
async function ready(id = keyId): Promise<void> {
  await test(admin, id);
  await save(admin, id, now);
}

async function expectRefused(code: string, acknowledged: ('region' | 'key')[] = []): Promise<void> {
  const answer = await scheduleKey(admin, { keyId, revision: await revisionNow(), acknowledged });
  expect(answer).toMatchObject({ ok: false, error: { code } });
  expect(await openActivations()).toBe(0);
}

function provider(alias: string) {
  const values = { provider: 'aws', authMode: 'assume-role', region: 'us-east-1', accountId: '111122223333' } as const;
  return { step: 'provider', values: { ...values, roleName: 'BYOK_Role', alias, description: '' } } as const;
}

/** Policies under which the key works and does not demand our context: a warning. */
async function openPolicies(): Promise<void> {
  const allow = (principal: string) => ({
    Effect: 'Allow',
    Principal: { AWS: principal },
    Action: 'kms:*',
    Resource: '*',
  });
  await world.aws.put.permission(permissionPolicy({ keyArn: world.aws.keyArn, tenantId: world.acme.id }));
  const Statement = [allow('arn:aws:iam::111122223333:root'), allow(world.aws.roleArn)];
  await world.aws.put.key({ Version: '2012-10-17', Statement });
}

async function revisionNow(id = keyId): Promise<number> {
  return (await db().enterpriseKey.findUniqueOrThrow({ where: { id } })).revision;
}

function openActivations(): Promise<number> {
  return db().transition.count({ where: { cancelledAt: null } });
}

function codes(results: ({ ok: true } | { ok: false; error: { code: string } })[]): string[] {
  return results.map((result) => (result.ok ? 'ok' : result.error.code));
}
