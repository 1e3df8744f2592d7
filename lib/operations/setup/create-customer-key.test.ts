import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { creationPolicy } from '../../byok/aws/created-key.ts';
import { permissionPolicy } from '../../byok/aws/policies.ts';
import { db } from '../../db/client.ts';
import { reconcileKeyCreations } from '../../jobs/reconcile-key-creations.ts';
import { deleteKey } from '../keys/delete-key.ts';
import { allowCreation, draftWithoutKey, markedKeys, revisionOfDraft } from '../testing/created-key.ts';
import { activate, save, test } from '../testing/walk.ts';
import { makeWorld, must, type World } from '../testing/world.ts';
import { createCustomerKey } from './create-customer-key.ts';
import { dismissKeyCreation } from './dismiss-key-creation.ts';
import { listKeyCreations } from './list-key-creations.ts';
import { readSetup } from './read-setup.ts';
import { scheduleKey } from './schedule-key.ts';

let world: World;
let keyId: string;

beforeAll(async () => {
  world = await makeWorld({ apps: 1, recordsPerApp: 1 });
}, 60_000);
beforeEach(async () => {
  await allowCreation(world);
  keyId = await draftWithoutKey(world);
}, 60_000);
afterEach(async () => {
  await world.aws.faults();
  await world.asOwner('DELETE FROM key_creation');
});
afterAll(() => world?.close());

const admin = () => world.callers.admin;
const create = async (aliasName = '') =>
  createCustomerKey(admin(), { keyId, revision: await revisionOfDraft(world, keyId), aliasName });
const setup = async () => must(await readSetup(admin(), { keyId }));
const creations = () => db().keyCreation.findMany({ where: { keyId }, orderBy: { createdAt: 'asc' } });
/** A minute and more later, as the worker sees it. */
const later = (ms = 61_000) => reconcileKeyCreations(new AbortController().signal, new Date(Date.now() + ms));
const unanswered = () =>
  world.aws.faults(
    { kind: 'slow-answer', ms: 60_000, action: 'CreateKey' },
    { kind: 'error', name: 'KMSInternalException', status: 500, action: 'ListKeys' },
  );

describe('before the key is there', () => {
  it('everything else is tested, what needs the key is left for later, and nothing can be scheduled', async () => {
    const { report, obstacles } = await setup();
    expect(report).toMatchObject({ passed: true, pinnedKeyRef: null });
    const outcomes = Object.fromEntries(report?.checks.map((check) => [check.id, check.outcome]) ?? []);
    expect(outcomes).toMatchObject({
      authentication: 'passed',
      'confused-deputy': 'passed',
      key: 'skipped',
      context: 'skipped',
    });
    expect(report?.checks.find((check) => check.id === 'key')?.summary).toBe(
      'Skipped: Keyward creates the key once everything else has passed.',
    );
    expect(JSON.stringify(report?.checks)).not.toContain('00000000-0000');
    expect(obstacles[0]?.text).toMatch(/^Create the key/);
    await save(admin(), keyId, { step: 'date', values: { choice: 'now' } });
    const refused = await scheduleKey(admin(), {
      keyId,
      revision: await revisionOfDraft(world, keyId),
      acknowledged: [],
    });
    expect(refused).toMatchObject({ ok: false, error: { code: 'test-required' } });
  });

  it('it is not created before everything else has passed', async () => {
    await save(admin(), keyId, {
      step: 'connect',
      values: { keyArn: '', roleArn: `${world.aws.roleArn}x`, createsKey: true },
    });
    expect(await create()).toMatchObject({ ok: false, error: { code: 'test-required' } });
    expect(await creations()).toEqual([]);
  });

  it('blank without the choice is a problem of the field', async () => {
    const problem = save(admin(), keyId, { step: 'connect', values: { keyArn: '', roleArn: world.aws.roleArn } });
    await expect(problem).rejects.toThrow(/Paste the ARN/);
  });
});

describe('Create Key in AWS', () => {
  it('makes a tagged key, names it, and after the ordinary test it becomes active', async () => {
    const made = must(await create('alias/keyward-production'));
    expect(made).toMatchObject({ adopted: true, aliasProblem: null, keyRef: expect.stringContaining(':key/') });
    const [creation] = await creations();
    expect(creation).toMatchObject({ state: 'adopted', keyRef: made.keyRef });
    expect(await markedKeys(world)).toEqual(new Map([[creation?.id, [made.keyRef]]]));
    const after = await setup();
    expect(after).toMatchObject({
      key: { revision: made.revision },
      configuration: { keyArn: made.keyRef, createsKey: false },
      report: { stale: true },
    });
    // What was allowed for the creation is taken away again: the ordinary permissions suffice.
    await world.aws.put.permission(permissionPolicy({ keyArn: made.keyRef, tenantId: world.acme.id }));
    const checks = await test(admin(), keyId);
    expect(checks.map((check) => check.outcome)).toEqual(
      Array(8).fill('passed').concat('skipped', 'passed', 'skipped'),
    );
    await save(admin(), keyId, { step: 'date', values: { choice: 'now' } });
    must(await scheduleKey(admin(), { keyId, revision: await revisionOfDraft(world, keyId), acknowledged: [] }));
    await activate(keyId);
    expect(await db().keyVersion.findFirstOrThrow({ where: { keyId } })).toMatchObject({ pinnedKeyRef: made.keyRef });
    expect(await create().catch(() => 'active')).toBe('active');
    await db().app.updateMany({ data: { keyVersionId: null } });
    await db().dataKey.deleteMany({ where: { keyVersionId: { not: null }, records: { none: {} } } });
  }, 60_000);

  it('by access key works the same', async () => {
    const UserName = 'creator';
    await world.aws.iam('CreateUser', { UserName });
    const document = creationPolicy({ partition: 'aws', region: 'us-east-1', accountId: '', tenantId: world.acme.id });
    await world.aws.iam('PutUserPolicy', { UserName, PolicyName: 'Keyward', PolicyDocument: JSON.stringify(document) });
    const { AccessKey } = (await world.aws.iam('CreateAccessKey', { UserName })) as {
      AccessKey: { AccessKeyId: string; SecretAccessKey: string };
    };
    await save(admin(), keyId, {
      step: 'provider',
      values: { provider: 'aws', authMode: 'access-key', region: 'us-east-1', alias: 'by-user', description: '' },
    });
    await save(admin(), keyId, {
      step: 'connect',
      values: { keyArn: '', accessKeyId: AccessKey.AccessKeyId, secret: AccessKey.SecretAccessKey, createsKey: true },
    });
    await test(admin(), keyId);
    must(await create());
    const outcomes = (await test(admin(), keyId)).map((check) => check.outcome);
    expect(outcomes).not.toContain('failed');
    expect(outcomes).not.toContain('not-run');
  }, 60_000);

  it('goes on without the alias where AWS refuses it', async () => {
    await world.aws.faults({ kind: 'error', name: 'AccessDeniedException', action: 'CreateAlias' });
    const made = must(await create('alias/keyward-refused'));
    expect(made).toMatchObject({ adopted: true, aliasProblem: expect.stringMatching(/refused the alias/) });
  });

  it('refuses an alias in AWS that is not ours to give', async () => {
    expect(await create('alias/production')).toMatchObject({
      ok: false,
      error: { code: 'invalid-input', fields: { aliasName: expect.any(String) } },
    });
  });

  it('without the permission says which, leaves nothing, and works once it is given', async () => {
    await world.aws.put.permission(world.aws.policies.permission);
    const refused = await create();
    expect(refused).toMatchObject({
      ok: false,
      error: {
        code: 'key-misconfigured',
        details: { reason: expect.stringMatching(/kms:CreateKey or kms:TagResource/) },
      },
    });
    expect(await creations()).toMatchObject([{ state: 'over' }]);
    await allowCreation(world);
    expect(must(await create()).adopted).toBe(true);
  });
});

describe('when AWS’s answer does not come', () => {
  it('the key is found by its tag at once', async () => {
    await world.aws.faults({ kind: 'slow-answer', ms: 60_000, action: 'CreateKey' });
    const made = must(await create());
    expect(made.adopted).toBe(true);
    expect([...(await markedKeys(world)).values()].flat()).toContain(made.keyRef);
  }, 30_000);

  it('and it cannot be looked for: a second attempt is refused for a minute, and the worker takes the key over', async () => {
    await unanswered();
    expect(await create()).toMatchObject({
      ok: false,
      error: { code: 'key-outage', details: { reason: expect.stringMatching(/does not know yet/) } },
    });
    expect(await create()).toMatchObject({
      ok: false,
      error: { code: 'not-allowed-in-state', details: { reason: expect.stringMatching(/already creating a key/) } },
    });
    const [{ id } = { id: '' }] = await creations();
    expect(must(await listKeyCreations(admin(), {}))).toMatchObject([
      { id, state: 'looking', keyRef: null, command: expect.stringContaining(id) },
    ]);
    await world.aws.faults();
    expect(await later()).toBe(1);
    expect(await creations()).toMatchObject([{ id, state: 'adopted' }]);
    expect((await setup()).configuration.keyArn).toBe((await markedKeys(world)).get(id)?.[0]);
    expect(await later()).toBe(0);
  }, 30_000);

  it('the next attempt looks first, and makes no second key', async () => {
    await unanswered();
    await create();
    await world.aws.faults();
    const [creation] = await creations();
    await db().keyCreation.updateMany({ where: { keyId }, data: { createdAt: new Date(Date.now() - 61_000) } });
    const before = (await markedKeys(world)).size;
    const made = must(await create());
    expect((await markedKeys(world)).get(creation?.id ?? '')).toEqual([made.keyRef]);
    expect((await markedKeys(world)).size).toBe(before);
  }, 30_000);

  it('and AWS never made it: that is settled after ten minutes, and not before', async () => {
    await world.aws.faults({ kind: 'error', name: 'KMSInternalException', status: 500, action: 'CreateKey' });
    expect(await create()).toMatchObject({ ok: false, error: { code: 'key-outage' } });
    expect(await later()).toBe(0);
    expect(await later(11 * 60_000)).toBe(1);
    expect(await creations()).toMatchObject([{ state: 'over', keyRef: null }]);
  });
});

describe('a key that nobody waits for any more', () => {
  it('is shown as orphaned, with how it is deleted, and goes off the list when AWS says that it is gone', async () => {
    await unanswered();
    await create();
    await world.aws.faults();
    await save(admin(), keyId, { step: 'connect', values: { keyArn: world.aws.keyArn, roleArn: world.aws.roleArn } });
    expect(await later()).toBe(1);
    const [left] = must(await listKeyCreations(admin(), {}));
    const keyArn = left?.keyRef ?? '';
    expect(left).toMatchObject({
      state: 'left-over',
      command: expect.stringContaining(`schedule-key-deletion --key-id ${keyArn}`),
    });
    expect((await setup()).configuration.keyArn).toBe(world.aws.keyArn);
    const dismiss = () => dismissKeyCreation(admin(), { creationId: left?.id ?? '' });
    expect(await dismiss()).toMatchObject({
      ok: false,
      error: { details: { reason: expect.stringMatching(/still has/) } },
    });
    await world.aws.kms('ScheduleKeyDeletion', { KeyId: keyArn, PendingWindowInDays: 7 });
    expect(must(await dismiss())).toEqual({ checked: true });
    expect(must(await listKeyCreations(admin(), {}))).toEqual([]);
  }, 30_000);

  it('also where the draft was deleted, and where the configuration now names another key', async () => {
    must(await create());
    await save(admin(), keyId, { step: 'connect', values: { keyArn: world.aws.keyArn, roleArn: world.aws.roleArn } });
    await later();
    expect(await creations()).toMatchObject([{ state: 'left_over' }]);

    keyId = await draftWithoutKey(world);
    must(await create());
    expect(must(await deleteKey(admin(), { keyId, revision: await revisionOfDraft(world, keyId) }))).toEqual({
      orphaned: 1,
    });
    const states = must(await listKeyCreations(admin(), {})).map((one) => [one.state, one.keyId]);
    expect(states).toContainEqual(['left-over', null]);
    const orphan = await db().keyCreation.findFirstOrThrow({ where: { keyId: null } });
    expect(must(await dismissKeyCreation(admin(), { creationId: orphan.id }))).toEqual({ checked: false });
  }, 30_000);

  it('a draft is not deleted while a key is being created for it', async () => {
    await unanswered();
    await create();
    const refused = await deleteKey(admin(), { keyId, revision: await revisionOfDraft(world, keyId) });
    expect(refused).toMatchObject({
      ok: false,
      error: { code: 'key-in-use', details: { reason: expect.stringMatching(/creating a key/) } },
    });
  }, 30_000);
});
