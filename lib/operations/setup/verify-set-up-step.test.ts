import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { permissionPolicy } from '../../byok/aws/policies.ts';
import type { SetUpStep, VerifiableStep } from '../../byok/aws/set-up-steps.ts';
import type { StepStatus, VerificationEvent } from '../../byok/checklist.ts';
import type { OperationError } from '../../byok/errors.ts';
import { message } from '../../byok/messages/catalogue.ts';
import { db } from '../../db/client.ts';
import { createKey } from '../keys/create-key.ts';
import { readEnterpriseKey } from '../keys/read-enterprise-key.ts';
import { activate, draft, save, schedule, test } from '../testing/walk.ts';
import { makeWorld, must, type World } from '../testing/world.ts';
import { notePolicyScope } from './note-policy-scope.ts';
import { readHandOver } from './read-hand-over.ts';
import { readSetup } from './read-setup.ts';
import { saveStep } from './save-step.ts';
import { verifySetUpStep } from './verify-set-up-step.ts';

let world: World;
let keyId: string;

beforeAll(async () => {
  world = await makeWorld({ apps: 1, recordsPerApp: 0 });
});
afterAll(() => world?.close());
beforeEach(async () => {
  await world.applyPolicies();
  keyId = must(await createKey(world.callers.admin, {})).keyId;
  await save(world.callers.admin, keyId, {
    step: 'provider',
    values: {
      provider: 'aws',
      authMode: 'assume-role',
      region: 'us-east-1',
      accountId: '111122223333',
      roleName: 'BYOK_Role',
      alias: `key-${keyId}`,
      description: '',
    },
  });
});

describe('a step of the set-up', () => {
  it('is verified as soon as it is done, and what was seen is kept with who saw it and when', async () => {
    expect(await statuses()).toMatchObject({ role: 'open', key: 'open', 'key-policy': 'open', permission: 'open' });
    expect(await verify('role')).toEqual({ type: 'done', status: 'verified' });
    const [role] = (await setUp()).checklist.steps;
    expect(role?.status).toBe('verified');
    expect(role?.record?.by).toMatch(/^admin-/);
    expect(role?.record?.rows.map(({ id, outcome }) => [id, outcome])).toEqual([
      ['connectivity', 'passed'],
      ['authentication', 'passed'],
      ['confused-deputy', 'passed'],
    ]);
  });

  it('that needs the key’s ARN is refused without it, and verified once Prepare has it', async () => {
    expect(await verify('key')).toMatchObject({ code: 'invalid-input', fields: { keyArn: expect.any(String) } });
    await save(world.callers.admin, keyId, { step: 'prepare', values: { keyArn: world.aws.keyArn } });
    expect(await verify('key')).toEqual({ type: 'done', status: 'verified' });
    expect(await verify('key-policy')).toEqual({ type: 'done', status: 'partly' });
    expect(await verify('permission')).toEqual({ type: 'done', status: 'partly' });
    expect(await statuses()).toMatchObject({
      role: 'open',
      key: 'verified',
      'key-policy': 'partly',
      permission: 'partly',
    });
  });

  it('of the access key is none where a role is assumed', async () => {
    expect(await verify('user')).toMatchObject({ code: 'invalid-input', fields: { step: expect.any(String) } });
  });

  it('is void once what it was verified for is another, and counts again when it is back', async () => {
    await save(world.callers.admin, keyId, { step: 'prepare', values: { keyArn: world.aws.keyArn } });
    await verify('role');
    await verify('key');
    const other = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
    await save(world.callers.admin, keyId, { step: 'prepare', values: { keyArn: other } });
    expect(await statuses()).toMatchObject({ role: 'verified', key: 'changed' });
    await save(world.callers.admin, keyId, { step: 'prepare', values: { keyArn: world.aws.keyArn } });
    expect(await statuses()).toMatchObject({ role: 'verified', key: 'verified' });
  });

  it('leaves the key’s revision, so that nobody’s form is in anybody’s way', async () => {
    const { revision } = (await setUp()).key;
    await verify('role');
    expect((await setUp()).key.revision).toBe(revision);
  });

  it('verified at the same time as another loses nothing of it', async () => {
    await save(world.callers.admin, keyId, { step: 'prepare', values: { keyArn: world.aws.keyArn } });
    await Promise.all((['role', 'key', 'key-policy', 'permission'] as const).map(verify));
    const open = (await setUp()).checklist.steps.filter(({ record }) => record === null).map(({ id }) => id);
    expect(open).toEqual(['configuration', 'share']);
  });

  it('is in the history with how it ended and AWS’s request IDs', async () => {
    await verify('role');
    const event = await db().auditEvent.findFirstOrThrow({
      where: { operation: 'verify-set-up-step', target: keyId },
    });
    expect(event).toMatchObject({ outcome: 'done', after: { step: 'role', outcome: 'verified' } });
    expect(event.providerRequestIds.length).toBeGreaterThan(3);
  });

  it('that was left in its middle is kept as nothing', async () => {
    for await (const event of await verifySetUpStep(world.callers.admin, { keyId, step: 'role' })) {
      if (event.type === 'check' && event.result.id === 'authentication') break;
    }
    expect((await statuses()).role).toBe('open');
    const events = await db().auditEvent.findMany({ where: { operation: 'verify-set-up-step', target: keyId } });
    expect(events.map(({ after }) => after)).toEqual([expect.objectContaining({ outcome: 'abandoned' })]);
  });

  it('of the whole is the last test', async () => {
    await save(world.callers.admin, keyId, { step: 'prepare', values: { keyArn: world.aws.keyArn } });
    expect((await statuses()).configuration).toBe('open');
    await test(world.callers.admin, keyId);
    expect((await statuses()).configuration).toBe('verified');
  });
});

describe('ARNs entered one by one in the step AWS', () => {
  const prepare = async (values: object) =>
    saveStep(world.callers.admin, { keyId, revision: (await setUp()).key.revision, step: 'prepare', values });

  it.each([
    [{ keyArn: 'arn:aws:iam::111122223333:role/BYOK_Role' }, { keyArn: /This is a role ARN/ }],
    [
      { keyArn: 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab' },
      { keyArn: /eu-west-1/ },
    ],
    [{ roleArn: 'arn:aws:iam::999988887777:role/Ours' }, { roleArn: /vendor’s own AWS account/ }],
  ])('%j are refused by name', async (values, fields) => {
    const answer = await prepare(values);
    expect(answer.ok).toBe(false);
    for (const [field, words] of Object.entries(fields))
      expect(!answer.ok && answer.error.fields?.[field]).toMatch(words);
  });

  it('follow from account and name while there is no key: then another account gives another role', async () => {
    must(await prepare({ roleArn: world.aws.roleArn, keyArn: '' }));
    expect((await setUp()).configuration.roleArn).toBe('');
  });

  it('are both kept with the key, so that the whole can be tested', async () => {
    must(await prepare({ keyArn: ` ${world.aws.keyArn} `, roleArn: world.aws.roleArn }));
    expect((await setUp()).configuration).toMatchObject({ keyArn: world.aws.keyArn, roleArn: world.aws.roleArn });
  });
});

describe('a policy that names every key', () => {
  const note = (said: object, choice = 'scope') => notePolicyScope(world.callers.admin, { keyId, choice, said });

  it('is remembered from when it was chosen until somebody says that it is narrowed', async () => {
    expect((await setUp()).checklist.scope).toBeNull();
    must(await note({ note: 'any-key' }));
    const { scope } = (await setUp()).checklist;
    expect(scope).toMatchObject({ by: expect.stringMatching(/^admin-/), narrowed: null });
    must(await note({ note: 'any-key' }));
    expect((await setUp()).checklist.scope).toEqual(scope);
    must(await note({ note: 'narrowed', how: 'checked' }));
    expect((await setUp()).checklist.scope).toMatchObject({ since: scope?.since, narrowed: { how: 'checked' } });
    const events = await db().auditEvent.findMany({
      where: { operation: 'note-policy-scope', target: keyId },
      orderBy: { at: 'asc' },
    });
    expect(events.map(({ after }) => after)).toEqual([
      { resource: '*' },
      { resource: '*' },
      { resource: message('this-key'), how: 'checked' },
    ]);
  });

  it('that nobody chose needs no saying', async () => {
    expect(await note({ note: 'narrowed', how: 'said' })).toMatchObject({
      ok: false,
      error: { code: 'not-allowed-in-state' },
    });
  });

  it.each([
    ['a choice that the set-up does not have', { note: 'any-key' }, 'constructor', 'choice'],
    ['an answer that the choice does not have', { note: 'every-key' }, 'scope', 'said'],
  ])('refuses %s, beside its field', async (_, said, choice, field) => {
    const refused = await note(said, choice);
    expect(refused).toMatchObject({
      ok: false,
      error: { code: 'invalid-input', fields: { [field]: expect.stringMatching(/\.$/) } },
    });
  });

  it('is remembered while the key is active, and can be said to be narrowed then', async () => {
    keyId = await draft(world);
    must(await note({ note: 'any-key' }));
    const wide = permissionPolicy({ keyArn: '*', tenantId: world.acme.id });
    await world.aws.put.permission(wide);
    await schedule(world, keyId);
    await activate(keyId);
    const handOver = must(await readHandOver(world.callers.admin, { keyId }));
    expect(handOver).toMatchObject({ status: 'active', pinnedKeyRef: world.aws.keyArn, report: { passed: true } });
    const reminded = must(await readEnterpriseKey(world.callers.viewer, { keyId })).reminder;
    expect(reminded?.narrowed).toEqual(permissionPolicy({ keyArn: world.aws.keyArn, tenantId: world.acme.id }));
    expect(reminded?.roleUrl).toMatch(/BYOK_Role$/);
    expect(await note({ note: 'any-key' })).toMatchObject({ ok: false });
    must(await note({ note: 'narrowed', how: 'said' }));
    expect(must(await readEnterpriseKey(world.callers.admin, { keyId })).reminder).toBeNull();
    const stored = await db().keyConfiguration.findFirstOrThrow({ where: { keyId, standing: 'scheduled' } });
    expect(stored.checklist).toMatchObject({ scope: { narrowed: { how: 'said' } } });
  });
});

describe('the hand-over', () => {
  it('of a draft is what is being entered, and the role that follows from it', async () => {
    await verify('role');
    const view = must(await readHandOver(world.callers.viewer, { keyId }));
    expect(view).toMatchObject({
      status: 'draft',
      externalId: world.acme.externalId,
      pinnedKeyRef: null,
      report: null,
    });
    expect(view.configuration.roleArn).toBe(world.aws.roleArn);
    expect(view.checklist.steps[0]).toMatchObject({ id: 'role', status: 'verified' });
  });
});

async function setUp() {
  return must(await readSetup(world.callers.admin, { keyId }));
}

async function statuses(): Promise<Partial<Record<SetUpStep, StepStatus>>> {
  return Object.fromEntries((await setUp()).checklist.steps.map(({ id, status }) => [id, status]));
}

/** The last event, or the refusal. */
async function verify(step: VerifiableStep): Promise<VerificationEvent | OperationError | undefined> {
  let last: VerificationEvent | OperationError | undefined;
  for await (const event of await verifySetUpStep(world.callers.admin, { keyId, step })) {
    last = event.type === 'error' ? event.error : event;
  }
  return last;
}
