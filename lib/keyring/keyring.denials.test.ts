import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { db } from '../db/client.ts';
import { until } from '../jobs/testing/due-key.ts';
import { accountId } from '../kms/testing/customer.ts';
import { organizationForbids, vendorMay } from '../kms/testing/whose-policies.ts';
import { makeWorld, type World } from '../operations/testing/world.ts';
import { closeKeyring } from './keyring.ts';
import { dropProvider } from './providers.ts';
import { activateKey } from './testing/active-key.ts';
import { heldCopies } from './testing/held-copies.ts';
import { type Envelope, seal, tryOpen } from './testing/seal-and-open.ts';

let world: World;
let versionId: string;
let envelopes: [Envelope, Envelope];

beforeAll(async () => {
  world = await makeWorld({ apps: 2, recordsPerApp: 0 });
  ({ versionId } = await activateKey(world));
  const [first, second] = world.acme.apps;
  envelopes = [await seal(world, first?.id ?? ''), await seal(world, second?.id ?? '')];
});
afterAll(() => world?.close());

/** All is well, and nothing is in any cache. */
beforeEach(async () => {
  await vendorMay(world.aws, 'assume');
  await organizationForbids(world.aws, accountId, []);
  await world.applyPolicies();
  await allowSeconds(60);
  await db().keyVersion.update({ where: { id: versionId }, data: { health: 'healthy', healthFailure: null } });
  await closeKeyring();
});

describe('a denial by what is the customer’s is a revocation: every copy goes at once', () => {
  const acts: [string, () => Promise<unknown>][] = [
    [
      'the role’s permission is removed, where the key policy leaves it to the account',
      () => Promise.all([world.aws.put.key(forWholeAccount), world.aws.put.permission(nothing)]),
    ],
    ['the key policy is changed', () => world.aws.put.key(forRootAlone)],
    ['the organization forbids KMS', () => organizationForbids(world.aws, accountId, ['kms:Decrypt'])],
    ['the organization forbids STS', () => organizationForbids(world.aws, accountId, ['sts:AssumeRole'])],
  ];
  it.each(acts)('%s', async (_, act) => {
    expect(await tryOpen(world, envelopes[0])).toBe('ok');
    await act();
    await dropProvider(versionId);
    expect(await tryOpen(world, envelopes[1])).toBe('key-revoked');
    expect(await health()).toBe('revoked');
    expect(heldCopies()).toBe(0);
    expect(await tryOpen(world, envelopes[0])).toBe('key-revoked');
  });
});

describe('a denial by our own policies', () => {
  it.each(['nothing', 'no-more-than-kms'] as const)(
    'is an outage, of which operators hear: may do %s',
    async (what) => {
      await vendorMay(world.aws, what);
      expect(await tryOpen(world, envelopes[0])).toBe('key-outage');
      expect(await health()).toBe('outage');
      await vendorMay(world.aws, 'assume');
      expect(await tryOpen(world, envelopes[0])).toBe('ok');
    },
  );

  it('stands once in the vendor’s own history, whatever is denied meanwhile', async () => {
    expect(await db().auditEvent.count({ where: { operation: 'vendor-denied', tenantId: null } })).toBe(1);
  });

  it('lets no copy serve for longer than it would have', async () => {
    await allowSeconds(2);
    expect(await tryOpen(world, envelopes[0])).toBe('ok');
    await vendorMay(world.aws, 'nothing');
    await dropProvider(versionId);
    expect(await tryOpen(world, envelopes[1])).toBe('key-outage');
    expect(await tryOpen(world, envelopes[0])).toBe('ok');
    await until(async () => (await tryOpen(world, envelopes[0])) === 'key-outage');
    expect(heldCopies()).toBe(0);
  });
});

const nothing = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'kms:ListAliases', Resource: '*' }] };
const forWholeAccount = {
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${accountId}:root` }, Action: 'kms:*', Resource: '*' },
  ],
};
const forRootAlone = {
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${accountId}:root` }, Action: 'kms:DescribeKey', Resource: '*' },
    {
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${accountId}:root` },
      Action: 'kms:PutKeyPolicy',
      Resource: '*',
    },
  ],
};

async function allowSeconds(cacheTtlSeconds: number): Promise<void> {
  await db().tenant.update({ where: { id: world.acme.id }, data: { cacheTtlSeconds } });
}

async function health(): Promise<string> {
  return (await db().keyVersion.findUniqueOrThrow({ where: { id: versionId } })).health;
}
