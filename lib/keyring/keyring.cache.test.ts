import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { db } from '../db/client.ts';
import { until } from '../jobs/testing/due-key.ts';
import { makeWorld, type World } from '../operations/testing/world.ts';
import { closeKeyring, freshSource } from './keyring.ts';
import { activateKey } from './testing/active-key.ts';
import { heldCopies } from './testing/held-copies.ts';
import { countCalls, type Envelope, open, seal } from './testing/seal-and-open.ts';

let world: World;
let versionId: string;
/** One of each of Acme's apps, under the customer's key. */
let envelopes: [Envelope, Envelope];

beforeAll(async () => {
  world = await makeWorld({ apps: 2, recordsPerApp: 0 });
  ({ versionId } = await activateKey(world));
  const [first, second] = world.acme.apps;
  envelopes = [await seal(world, first?.id ?? ''), await seal(world, second?.id ?? '')];
});
afterAll(() => world?.close());

/** Nothing is in any cache, and no call has been made. */
beforeEach(async () => {
  await allowSeconds(60);
  await closeKeyring();
  await world.aws.send('DELETE', 'calls');
});

describe('the cache', () => {
  it('asks the key once for 10,000 callers that miss at once', { timeout: 60_000 }, async () => {
    const results = await Promise.all(Array.from({ length: 10_000 }, () => open(world, envelopes[0])));
    expect(results.filter((result) => result.ok)).toHaveLength(10_000);
    expect(await decrypts()).toBe(1);
  });

  it('asks the key once also where the tenant allows no copies, for callers that come at once', async () => {
    await allowSeconds(0);
    const results = await Promise.all(Array.from({ length: 1_000 }, () => open(world, envelopes[0])));
    expect(results.filter((result) => result.ok)).toHaveLength(1_000);
    // Those who came while the row was being read for the first one read it again, and may come a moment too late.
    expect(await decrypts()).toBeLessThanOrEqual(2);
    expect(heldCopies()).toBe(0);
  });

  it('keeps a copy for the time that the tenant sets, of up to an hour; a shorter one holds for copies that are there', async () => {
    await allowSeconds(3_600);
    expect(await open(world, envelopes[0])).toMatchObject({ ok: true });
    await allowSeconds(1);
    await until(async () => (await open(world, envelopes[0])).ok && (await decrypts()) > 1);
    await allowSeconds(0);
    const before = await decrypts();
    expect(await open(world, envelopes[0])).toMatchObject({ ok: true });
    expect(await decrypts()).toBe(before + 1);
  });

  it('asks the key each time where the tenant allows no copies', async () => {
    await allowSeconds(0);
    for (let n = 0; n < 3; n++) expect(await open(world, envelopes[0])).toMatchObject({ ok: true });
    expect(await decrypts()).toBe(3);
    expect(heldCopies()).toBe(0);
  });

  it('is passed by a fresh source, which assumes the role anew', async () => {
    await open(world, envelopes[0]);
    const source = freshSource();
    expect(await open(world, envelopes[0], source)).toMatchObject({ ok: true });
    source.close();
    expect(await decrypts()).toBe(2);
    expect(await countCalls(world, 'AssumeRole')).toBe(2);
  });

  it('is emptied when the connection that listens is lost, which is made again', async () => {
    await open(world, envelopes[0]);
    await until(async () => (await listeners()) === 1);
    await db().$queryRaw`
      SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE application_name = 'keyward-epochs' AND datname = current_database()`;
    await until(async () => heldCopies() === 0);
    await until(async () => (await listeners()) === 1);
    expect(await open(world, envelopes[0])).toMatchObject({ ok: true });
  });

  it('lets go of every copy under a version whose epoch has grown, as soon as one row tells of it', async () => {
    for (const envelope of envelopes) await open(world, envelope);
    expect(heldCopies()).toBe(2);
    await db().keyVersion.update({ where: { id: versionId }, data: { epoch: { increment: 1 } } });
    expect(await open(world, envelopes[0])).toMatchObject({ ok: true });
    expect(heldCopies()).toBe(1);
    expect(await countCalls(world, 'AssumeRole')).toBe(2);
  });
});

async function allowSeconds(cacheTtlSeconds: number): Promise<void> {
  await db().tenant.update({ where: { id: world.acme.id }, data: { cacheTtlSeconds } });
}

function decrypts(): Promise<number> {
  return countCalls(world, 'Decrypt');
}

/**
 * Connections of this test's processes that listen for epochs. A connection has its row before it listens, and what is cut off
 * then was no gap: nothing had been listened to yet, and epochs are asked for instead.
 */
async function listeners(): Promise<number> {
  const rows = await db().$queryRaw<{ n: number }[]>`
    SELECT count(*)::int AS n FROM pg_stat_activity
     WHERE application_name = 'keyward-epochs' AND datname = current_database()
       AND state = 'idle' AND query LIKE 'LISTEN %'`;
  return rows[0]?.n ?? 0;
}
