import { afterAll, beforeAll, expect, it } from 'vitest';
import { db } from '../db/client.ts';
import { listRecentRecords } from '../db/record-store.ts';
import { cachedSource } from '../keyring/keyring.ts';
import { activate, draft, schedule } from '../operations/testing/walk.ts';
import { makeWorld, type World } from '../operations/testing/world.ts';
import { openRecords } from './open-records.ts';

let world: World;

beforeAll(async () => {
  world = await makeWorld({ apps: 1, recordsPerApp: 4 });
  await world.applyPolicies();
});
afterAll(() => world?.close());

it('opens records that were sealed again, and whose old data key has gone, since they were read', async () => {
  const scope = { tenantId: world.acme.id, appId: world.acme.apps[0]?.id ?? '' };
  const rows = await listRecentRecords(scope, 10);
  const keyId = await draft(world);
  await schedule(world, keyId);
  await activate(keyId);
  expect(await db().dataKey.count({ where: { id: rows[0]?.dataKeyId ?? '' } })).toBe(0);
  const results = await openRecords(cachedSource(), rows);
  expect(results.map((result) => result.ok && result.plaintext.toString())).toEqual([
    'message 3',
    'message 2',
    'message 1',
    'message 0',
  ]);
});

it('leaves a record that does not open as it is', async () => {
  const scope = { tenantId: world.acme.id, appId: world.acme.apps[0]?.id ?? '' };
  const [row, ...others] = await listRecentRecords(scope, 10);
  if (!row) throw new Error('no records');
  const damaged = { ...row, envelope: Buffer.from(row.envelope) };
  damaged.envelope[damaged.envelope.length - 1] = (damaged.envelope.at(-1) ?? 0) ^ 1;
  const results = await openRecords(cachedSource(), [damaged, ...others]);
  expect(results.map((result) => result.ok)).toEqual([false, true, true, true]);
});
