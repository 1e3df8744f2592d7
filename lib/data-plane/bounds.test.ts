import { setTimeout as pass } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { db, transaction } from '../db/client.ts';
import { publishEpoch } from '../db/epoch-feed.ts';
import { createTestDatabase, type TestDatabase } from '../db/testing/test-database.ts';
import { parseEnvelope } from '../envelope/format.ts';
import { runTransition } from '../jobs/run-transition.ts';
import { replaceDataKey } from '../jobs/testing/active-key.ts';
import { until } from '../jobs/testing/due-key.ts';
import { closeKeyring } from '../keyring/keyring.ts';
import { activateKey, makeOtherKey, rotateTo } from '../keyring/testing/active-key.ts';
import { countCalls } from '../keyring/testing/seal-and-open.ts';
import { rekeyApp } from '../operations/apps/rekey-app.ts';
import { must } from '../operations/testing/world.ts';
import type { DataPlane } from './server.ts';
import { bearerOf, makeServedWorld, pathOf, post, serve, warmUp } from './testing/served-world.ts';

const hello = 'aGVsbG8=';
const boundMs = 400;
/** So long that no test sees it end: what takes effect before was told. */
const foreverMs = 3_600_000;
let database: TestDatabase;
let served: Awaited<ReturnType<typeof makeServedWorld>>;
let keyId: string;
let versionId: string;
let plane: DataPlane;

beforeAll(async () => {
  database = await createTestDatabase();
  served = await makeServedWorld({ databaseUrl: database.url, cacheTtlSeconds: 3_600 });
  ({ keyId, versionId } = await activateKey(served.world));
}, 60_000);
afterAll(async () => {
  await served?.world.close();
  await database?.drop();
});

beforeEach(async () => {
  await db().tenant.updateMany({ data: { cacheTtlSeconds: 3_600 } });
  await closeKeyring();
  await use(boundMs);
});

async function use(remembersMs: number): Promise<void> {
  const own = await serve({ remembersMs });
  onTestFinished(() => own.drain(1_000));
  plane = own;
}

const seal = (token = served.token) =>
  post(plane, pathOf(served.appId, 'encrypt'), { token, body: { items: [{ plaintext: hello }] } });
const open = (envelope: string) =>
  post(plane, pathOf(served.appId, 'decrypt'), { token: served.token, body: { items: [{ envelope }] } });
const envelopeIn = ({ body }: { body: unknown }) => (body as { items: [{ envelope: string }] }).items[0].envelope;
const dataKeyOf = async (answer: { body: unknown }) => {
  const id = parseEnvelope(Buffer.from(envelopeIn(answer), 'base64')).dataKeyId;
  return db().dataKey.findUniqueOrThrow({ where: { id } });
};
const itemCode = ({ body }: { body: unknown }) =>
  (body as { items?: [{ error?: { code: string } }] }).items?.[0].error?.code;

describe('no later than the bound', { timeout: 60_000 }, () => {
  it('a token that was revoked is nobody’s, and one whose actions were cut is refused', async () => {
    const other = bearerOf(await served.world.makeTokenCaller(served.world.acme.id, ['encrypt', 'decrypt']));
    await warmUp(plane, () => seal(other));
    await db().apiToken.updateMany({ where: { hint: other.slice(0, 10) }, data: { actions: ['decrypt'] } });
    await pass(boundMs);
    expect((await seal(other)).status).toBe(403);
    await db().apiToken.updateMany({ where: { hint: other.slice(0, 10) }, data: { revokedAt: new Date() } });
    await pass(boundMs);
    expect((await seal(other)).status).toBe(401);
  });

  it('a token that ends is nobody’s from that very moment, by the database’s clock', async () => {
    await use(5_000);
    const other = bearerOf(await served.world.makeTokenCaller(served.world.acme.id, ['encrypt']));
    const where = { hint: other.slice(0, 10) };
    await db().$executeRaw`UPDATE api_token SET ends_at = now() + interval '3 seconds' WHERE hint = ${where.hint}`;
    expect((await seal(other)).status).toBe(200);
    for (let ended = false; !ended; ) {
      [{ ended }] = await db().$queryRaw<[{ ended: boolean }]>`
        SELECT ends_at <= now() AS ended FROM api_token WHERE hint = ${where.hint}`;
      const answer = await seal(other);
      if (ended) expect(answer).toMatchObject({ status: 401, body: { error: { code: 'token-ended' } } });
    }
  });

  it('new data lies under the version that was rotated to, under the platform key after a revert', async () => {
    await warmUp(plane, seal);
    expect((await dataKeyOf(await seal())).keyVersionId).toBe(versionId);
    const rotated = await rotateTo(served.world, keyId, { keyArn: await makeOtherKey(served.world) });
    await pass(boundMs);
    expect((await dataKeyOf(await seal())).keyVersionId).toBe(rotated);
    await warmUp(plane, seal);
    await db().app.updateMany({ where: { tenantId: served.world.acme.id }, data: { keyVersionId: null } });
    await pass(boundMs);
    expect((await dataKeyOf(await seal())).keyVersionId).toBeNull();
    await warmUp(plane, seal);
    await db().app.updateMany({ where: { tenantId: served.world.acme.id }, data: { keyVersionId: rotated } });
    await pass(boundMs);
    versionId = rotated;
    expect((await dataKeyOf(await seal())).keyVersionId).toBe(rotated);
  });

  it('a cache time that was set to nothing holds: each request asks the key', async () => {
    await warmUp(plane, seal);
    await db().tenant.updateMany({ data: { cacheTtlSeconds: 0 } });
    await pass(boundMs);
    for (let n = 0; n < 3; n++) {
      const before = await countCalls(served.world, 'Decrypt');
      expect((await seal()).status).toBe(200);
      expect(await countCalls(served.world, 'Decrypt')).toBeGreaterThan(before);
    }
  });

  it('a copy whose time is over is not used, however lately its row was read', async () => {
    await db().tenant.updateMany({ data: { cacheTtlSeconds: 1 } });
    await use(5_000);
    await warmUp(plane, seal);
    const before = await countCalls(served.world, 'Decrypt');
    await pass(1_000);
    expect((await seal()).status).toBe(200);
    expect(await countCalls(served.world, 'Decrypt')).toBeGreaterThan(before);
  });
});

describe('at once', { timeout: 60_000 }, () => {
  beforeEach(() => use(foreverMs));

  it('a revocation that any process has seen takes effect', async () => {
    await warmUp(plane, seal);
    const answer = await seal();
    await warmUp(plane, () => open(envelopeIn(answer)));
    const { pinnedKeyRef, epoch } = await db().keyVersion.findUniqueOrThrow({ where: { id: versionId } });
    await served.world.aws.kms('DisableKey', { KeyId: pinnedKeyRef });
    onTestFinished(async () => {
      await served.world.aws.kms('EnableKey', { KeyId: pinnedKeyRef });
      await db().keyVersion.updateMany({ data: { health: 'healthy', healthFailure: null } });
    });
    // Nobody has noticed yet: copies serve.
    expect(itemCode(await open(envelopeIn(answer)))).toBeUndefined();
    await transaction(async (tx) => {
      await tx.keyVersion.update({ where: { id: versionId }, data: { epoch: epoch + 1 } });
      await publishEpoch(tx, versionId, epoch + 1);
    });
    await until(async () => itemCode(await seal()) === 'key-revoked');
    expect(itemCode(await open(envelopeIn(answer)))).toBe('key-revoked');
  });

  it('everything is forgotten when the connection that listens is lost', async () => {
    const other = bearerOf(await served.world.makeTokenCaller(served.world.acme.id, ['encrypt']));
    await warmUp(plane, () => seal(other));
    await db().apiToken.updateMany({ where: { hint: other.slice(0, 10) }, data: { revokedAt: new Date() } });
    expect((await seal(other)).status).toBe(200);
    await db().$executeRaw`
      SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE application_name = 'keyward-epochs' AND datname = current_database()`;
    await until(async () => (await seal(other)).status === 401);
  });
});

describe('what is sealed on a memory as old as it may be', { timeout: 60_000 }, () => {
  it('is under a data key that stays, also where a key transition has meanwhile replaced it and deleted what nothing hangs on', async () => {
    await use(foreverMs);
    const admin = served.world.callers.admin;
    const scope = { tenantId: served.world.acme.id, appId: served.appId };
    await replaceDataKey(scope);
    const old = await db().dataKey.findFirstOrThrow({ where: { appId: served.appId, state: 'current' } });
    expect(old.issuedOutsideAt).toBeNull();
    await warmUp(plane, seal);
    must(await rekeyApp(admin, { appId: served.appId, reencrypt: true }));
    const { id } = await db().transition.findFirstOrThrow({ where: { kind: 'rekey' }, orderBy: { createdAt: 'desc' } });
    await runTransition(id, new AbortController().signal);
    expect(await db().transition.findUniqueOrThrow({ where: { id } })).toMatchObject({ finishedAt: expect.any(Date) });
    // It is not the current one any more, and this process does not know.
    const late = await seal();
    expect(await dataKeyOf(late)).toMatchObject({ id: old.id, state: 'old' });
    await closeKeyring();
    expect((await open(envelopeIn(late))).body).toEqual({ items: [{ plaintext: hello, stale: true }] });
  });
});
