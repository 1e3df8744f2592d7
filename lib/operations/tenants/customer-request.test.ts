import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { keyPolicy, type PolicyDocument, permissionPolicy, trustPolicy } from '../../byok/aws/policies.ts';
import type { CustomerRequest } from '../../byok/vendor-views.ts';
import { db } from '../../db/client.ts';
import { accountId, serviceRoleArn } from '../../kms/testing/customer.ts';
import { checkKey } from '../keys/check-key.ts';
import { activate, draft, schedule, test } from '../testing/walk.ts';
import { makeWorld, must, type World } from '../testing/world.ts';
import { readTenant } from './read-tenant.ts';

/** What support can send to a customer whose move it is, after what the customer has done to the key. */
let world: World;
let keyId: string;

beforeAll(async () => {
  world = await makeWorld({ apps: 2, recordsPerApp: 1 });
  await world.applyPolicies();
  keyId = await draft(world);
  await schedule(world, keyId);
  await activate(keyId);
}, 60_000);
afterAll(() => world?.close());
beforeEach(async () => {
  await world.aws.kms('EnableKey', { KeyId: world.aws.keyArn });
  await world.applyPolicies();
  await check();
  await check();
});

it('is nothing while there is nothing to fix', async () => {
  expect(await requestOf(world.acme.id)).toBeNull();
});

it('names the call, the principal, the key, the code and the line of the permission policy that is missing', async () => {
  const document = permissionPolicy({ keyArn: world.aws.keyArn, tenantId: world.acme.id });
  await world.aws.put.permission(without(document, 'kms:Decrypt'));
  // The key's own policy leaves the decision to IAM, as the one that AWS gives a new key.
  const ofKey = keyPolicy({ partition: 'aws', accountId, roleArn: world.aws.roleArn, tenantId: world.acme.id });
  await world.aws.put.key({ ...ofKey, Statement: ofKey.Statement.slice(0, 1) });
  await check();
  const request = await lostRequest();
  expect(request.says).toContain('2 apps and bots can neither read nor write data');
  expect(factsOf(request)).toMatchObject({
    'Failed call': 'kms:Decrypt',
    'Made by': world.aws.roleArn,
    'On key': world.aws.keyArn,
    'AWS answered': expect.stringMatching(/^AccessDeniedException at 20\d\d-/),
    'AWS request': expect.stringMatching(/^[0-9a-f-]{36}$/),
  });
  expect(request.policy?.name).toBe('Permission policy');
  expect(markedText(request)).toEqual(['"kms:Decrypt",']);
  expect(request.link?.label).toBe('Open BYOK_Role in AWS');
  for (const part of ['kms:Decrypt', world.aws.roleArn, world.aws.keyArn, 'AccessDeniedException', request.link?.url])
    expect(request.text).toContain(part);
});

it('shows the trust policy without the external ID, which is the customer’s', async () => {
  await world.aws.put.trust(trustPolicy({ serviceRoleArn, externalId: 'another' }));
  await check();
  const request = await lostRequest();
  expect(factsOf(request)).toMatchObject({ 'Failed call': 'sts:AssumeRole', 'Made by': world.aws.roleArn });
  expect(request.policy?.name).toBe('Trust policy');
  expect(markedText(request).join('\n')).toContain('YOUR-EXTERNAL-ID');
  expect(JSON.stringify(request)).not.toContain(world.acme.externalId);
});

it('asks for no policy where the key itself was disabled, and leads to the key', async () => {
  await world.aws.kms('DisableKey', { KeyId: world.aws.keyArn });
  await check();
  const request = await lostRequest();
  expect(request.says).toContain('The key is disabled.');
  // The key's state told it: no call failed that somebody made.
  const facts = factsOf(request);
  expect(facts).toMatchObject({
    Principal: world.aws.roleArn,
    Key: world.aws.keyArn,
    'AWS answered': expect.stringMatching(/^KeyState Disabled at 20\d\d-/),
    'AWS request': expect.stringMatching(/^[0-9a-f-]{36}$/),
  });
  expect(facts).not.toHaveProperty('Made by');
  expect(facts).not.toHaveProperty('Failed call');
  expect(request.policy).toBeNull();
  expect(request.link?.url).toContain('/kms/keys/');
});

it('tells of a key that was never active what its last test found', async () => {
  await world.aws.put.permission(
    without(permissionPolicy({ keyArn: world.aws.keyArn, tenantId: world.globex.id }), ''),
  );
  const caller = world.callers.foreignAdmin;
  const draftId = await draft(world, caller);
  await test(caller, draftId);
  const request = await requestOf(world.globex.id);
  expect(request?.says).toMatch(/^The test of your key “.+” failed\. .+ Your data’s protection has not changed\.$/);
  expect(request?.next).toContain('Then select Test Configuration');
  expect(JSON.stringify(request)).not.toContain(world.globex.externalId);
  expect(request?.policy).not.toBeNull();
});

async function check(): Promise<void> {
  await db().keyProbe.updateMany({ data: { begunAt: new Date(0) } });
  must(await checkKey(world.callers.admin, { keyId, asked: 'by-page' }));
}

async function requestOf(tenantId: string): Promise<CustomerRequest | null> {
  return must(await readTenant(world.callers.support, { tenantId })).request;
}

async function lostRequest(): Promise<CustomerRequest> {
  const request = await requestOf(world.acme.id);
  if (!request) throw new Error('There is nothing to send.');
  return request;
}

function factsOf({ facts }: CustomerRequest): Record<string, string> {
  return Object.fromEntries(facts.map(({ name, value }) => [name, value]));
}

function markedText({ policy }: CustomerRequest): string[] {
  const lines = policy?.text.split('\n') ?? [];
  return (policy?.markedLines ?? [])
    .flatMap(([first, last]) => lines.slice(first - 1, last))
    .map((line) => line.trim());
}

function without(document: PolicyDocument, action: string): PolicyDocument {
  const text = JSON.stringify(document).replace(`,"${action}"`, '').replace(`"${action}",`, '');
  return JSON.parse(text) as PolicyDocument;
}
