import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeWorld, type World } from '../operations/testing/world.ts';
import { closeKeyring } from './keyring.ts';
import { activateKey } from './testing/active-key.ts';
import { seal, tryOpen } from './testing/seal-and-open.ts';

let world: World;

beforeAll(async () => {
  world = await makeWorld({ apps: 2, recordsPerApp: 0 });
  await activateKey(world);
});
afterAll(() => world?.close());

it('a data key whose making a revocation cuts off is refused as revoked, and not as an outage', {
  timeout: 60_000,
}, async () => {
  const [first, second] = world.acme.apps.map((app) => app.id);
  const denied = await seal(world, first ?? '');
  await closeKeyring();
  await world.aws.faults({ kind: 'latency', service: 'kms', action: 'GenerateDataKey', ms: 3_000, count: 1 });
  const underWay = seal(world, second ?? '').catch((error: unknown) => error);
  while (((await world.aws.send('GET', 'faults')) as unknown as object[]).length > 0)
    await new Promise((resolve) => setTimeout(resolve, 10));
  await world.aws.faults({ kind: 'error', action: 'Decrypt', name: 'AccessDeniedException' });
  expect(await tryOpen(world, denied)).toBe('key-revoked');
  expect(await underWay).toMatchObject({ code: 'key-revoked', details: { failure: 'aborted' } });
});
