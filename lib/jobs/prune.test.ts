import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { signIn } from '../auth/sign-in.ts';
import { db } from '../db/client.ts';
import { makeWorld, type World } from '../operations/testing/world.ts';
import { prune } from './prune.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld({ apps: 1, recordsPerApp: 0 });
});
afterAll(() => world?.close());

it('removes what is over and leaves what counts', async () => {
  await signIn({ email: 'nobody@example.com', password: 'x', source: '203.0.113.7', requestId: randomUUID() });
  const counts = await db().signInCount.count();
  const events = await db().auditEvent.count();
  const sessions = await db().session.count();
  expect(await prune()).toBe(0);

  await world.asOwner(`UPDATE audit_source SET at = now() - interval '91 days'`);
  await db().$executeRaw`UPDATE sign_in_count SET ends_at = now() - interval '1 second', open_at = now()`;
  const [session] = await db().session.findMany({ take: 1 });
  await db().session.update({
    where: { idHash: session?.idHash ?? new Uint8Array() },
    data: { expiresAt: new Date(Date.now() - 8 * 86_400_000) },
  });
  await db().rateLimiterFlexible.create({ data: { key: 'x', points: 1, expire: new Date(0) } });
  expect(await prune()).toBe(counts + 3);
  expect(await db().auditSource.count()).toBe(0);
  expect(await db().auditEvent.count()).toBe(events);
  expect(await db().session.count()).toBe(sessions - 1);
});
