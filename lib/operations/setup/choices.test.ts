import { afterAll, beforeAll, expect, it } from 'vitest';
import { keyPolicy, permissionPolicy } from '../../byok/policies.ts';
import { readPolicyShape } from '../../byok/policy-shape.ts';
import { db } from '../../db/client.ts';
import { draft, save, test } from '../testing/walk.ts';
import { makeWorld, must, type World } from '../testing/world.ts';
import { readSetup } from './read-setup.ts';
import { saveStep } from './save-step.ts';

let world: World;
let keyId: string;
const sister = '0c0ffee0-1111-4222-8333-444455556666';

beforeAll(async () => {
  world = await makeWorld({ recordsPerApp: 0 });
  await world.applyPolicies();
  keyId = await draft(world);
});
afterAll(() => world?.close());

const setup = async () => must(await readSetup(world.callers.admin, { keyId }));

it('how policies are written is saved, kept by other steps, and leaves a passing test as it is', async () => {
  await test(world.callers.admin, keyId);
  const policyShape = readPolicyShape({ keyPrincipal: 'account', otherTenants: [sister.toUpperCase(), sister] });
  await save(world.callers.admin, keyId, { step: 'prepare', values: { policyShape } });
  const saved = await setup();
  expect(saved.configuration.policyShape).toEqual({
    trustPrincipal: 'role',
    keyPrincipal: 'account',
    otherTenants: [sister],
  });
  expect(saved.report).toMatchObject({ passed: true, stale: false });
  await save(world.callers.admin, keyId, { step: 'prepare', values: {} });
  expect((await setup()).configuration.policyShape.keyPrincipal).toBe('account');
  const [event] = await db().auditEvent.findMany({
    where: { operation: 'save-step' },
    orderBy: { at: 'desc' },
    skip: 1,
  });
  expect(event?.after).toMatchObject({ step: 'prepare', keyPrincipal: 'account', otherTenants: sister });
  expect(event?.before).toMatchObject({ keyPrincipal: 'role' });
});

it('what is no tenant ID is refused, and nothing is saved', async () => {
  const policyShape = readPolicyShape({});
  const { revision } = (await setup()).key;
  const values = { policyShape: { ...policyShape, otherTenants: ['acme'] } };
  const refused = await saveStep(world.callers.admin, { keyId, revision, step: 'prepare', values });
  expect(refused).toMatchObject({ ok: false, error: { code: 'invalid-input' } });
  expect((await setup()).configuration.policyShape.keyPrincipal).toBe('account');
});

it('a data key pair is another test: what passed before no longer counts, and the remedy is written as was chosen', async () => {
  await save(world.callers.admin, keyId, { step: 'test', values: { dataKeyPair: true } });
  const changed = await setup();
  expect(changed).toMatchObject({ configuration: { dataKeyPair: true }, report: { stale: true } });
  expect(changed.obstacles.map(({ step }) => step)).toContain('test');
  await test(world.callers.admin, keyId);
  const failed = (await setup()).report;
  const pair = failed?.checks.find(({ id }) => id === 'data-key-pair');
  expect(pair).toMatchObject({ outcome: 'failed', cause: 'access-denied' });
  const { aws, acme } = world;
  const choices = { tenantId: acme.id, shape: changed.configuration.policyShape, dataKeyPair: true };
  expect(pair?.remedy?.policy?.document).toEqual(permissionPolicy({ keyArn: aws.keyArn, ...choices }));
  await aws.put.permission(permissionPolicy({ keyArn: aws.keyArn, ...choices }));
  await aws.put.key(keyPolicy({ partition: 'aws', accountId: '111122223333', roleArn: aws.roleArn, ...choices }));
  await test(world.callers.admin, keyId);
  expect((await setup()).report).toMatchObject({ passed: true, stale: false });
});
