import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { db } from '../db/client.ts';
import { verifyDataKeyCheck } from '../envelope/check-value.ts';
import { DataKey } from '../envelope/data-key.ts';
import { parseEnvelope } from '../envelope/format.ts';
import { replaceDataKey } from '../jobs/testing/active-key.ts';
import { activateKey } from '../keyring/testing/active-key.ts';
import { countCalls } from '../keyring/testing/seal-and-open.ts';
import type { LeasedKey } from '../operations/data/lease-data-key.ts';
import { schemas } from './schemas.ts';
import type { DataPlane } from './server.ts';
import { bearerOf, makeServedWorld, pathOf, post, serve } from './testing/served-world.ts';

const hello = 'aGVsbG8=';
let served: Awaited<ReturnType<typeof makeServedWorld>>;
let plane: DataPlane;

beforeAll(async () => {
  served = await makeServedWorld();
  await activateKey(served.world);
  plane = await serve();
});
afterAll(async () => {
  await plane?.drain(1_000);
  await served?.world.close();
});
beforeEach(() => allowSeconds(60));

const lease = (body?: unknown, appId = served.appId, token = served.token) =>
  post(plane, pathOf(appId, 'leases'), { token, body });
const leased = async (body?: unknown) => (await lease(body)).body as LeasedKey;
const allowSeconds = (cacheTtlSeconds: number) => db().tenant.updateMany({ data: { cacheTtlSeconds } });
const rowOf = (id: string) => db().dataKey.findUniqueOrThrow({ where: { id } });

describe('a leased data key', () => {
  it('seals and opens what the data plane opens and seals, and is the one that its check value commits to', async () => {
    const answer = await lease();
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(schemas.LeaseAnswer.parse(answer.body)).toEqual(answer.body);
    const { dataKeyId, tenantId, appId, key, check, messages } = answer.body as LeasedKey;
    expect({ tenantId, appId, messages }).toEqual({
      tenantId: served.world.acme.id,
      appId: served.appId,
      messages: 65_536,
    });
    const raw = Buffer.from(key, 'base64');
    expect(verifyDataKeyCheck(raw, { dataKeyId, tenantId, appId }, Buffer.from(check, 'base64'))).toBe(true);
    const own = DataKey.fromRaw({ id: dataKeyId, tenantId, appId, raw });
    const envelope = own.seal(Buffer.from('hello'), {}).toString('base64');
    const opened = await post(plane, pathOf(appId, 'decrypt'), {
      token: served.token,
      body: { items: [{ envelope }] },
    });
    expect(opened.body).toEqual({ items: [{ plaintext: hello }] });
    const sealed = await post(plane, pathOf(appId, 'encrypt'), {
      token: served.token,
      body: { items: [{ plaintext: hello }] },
    });
    const theirs = (sealed.body as { items: [{ envelope: string }] }).items[0].envelope;
    expect(own.open(parseEnvelope(Buffer.from(theirs, 'base64')), {}).toString()).toBe('hello');
    own.destroy();
  });

  it('serves no longer than the tenant’s cache time, of which what the key took has gone', async () => {
    expect((await leased()).leaseSeconds).toBeLessThanOrEqual(60);
    await served.world.aws.faults({ kind: 'latency', ms: 1_100, keyId: served.world.aws.keyArn });
    onTestFinished(() => served.world.aws.faults().then(() => undefined));
    const { leaseSeconds } = await leased();
    expect(leaseSeconds).toBeLessThanOrEqual(58);
    expect(leaseSeconds).toBeGreaterThan(0);
    await allowSeconds(0);
    expect((await leased()).leaseSeconds).toBe(0);
  });

  it('is unwrapped by the customer’s key each time, so that the customer sees each lease', async () => {
    const before = await countCalls(served.world, 'Decrypt');
    await leased();
    await leased();
    expect(await countCalls(served.world, 'Decrypt')).toBe(before + 2);
  });

  it('is known to be outside, and its messages are counted, before it leaves', async () => {
    await replaceDataKey({ tenantId: served.world.acme.id, appId: served.appId });
    const { dataKeyId } = await leased({ messages: 2 ** 20 });
    expect(await rowOf(dataKeyId)).toMatchObject({ issuedOutsideAt: expect.any(Date) });
    expect(Number((await rowOf(dataKeyId)).messages)).toBeGreaterThanOrEqual(2 ** 20);
  });

  it('may be an older one of the same app, which is told to be stale', async () => {
    const old = await leased();
    await replaceDataKey({ tenantId: served.world.acme.id, appId: served.appId });
    const again = await leased({ dataKeyId: old.dataKeyId.toUpperCase(), messages: 0 });
    expect(again).toMatchObject({ dataKeyId: old.dataKeyId, key: old.key, messages: 0, stale: true });
    expect((await leased()).dataKeyId).not.toBe(old.dataKeyId);
  });

  it('is told to the history: who, which, of what, until when; without the key', async () => {
    const answer = await lease({ messages: 5 });
    const requestId = answer.headers.get('x-request-id') ?? '';
    const { dataKeyId, key } = answer.body as LeasedKey;
    const event = await db().auditEvent.findFirstOrThrow({ where: { requestId } });
    expect(event).toMatchObject({
      tenantId: served.world.acme.id,
      actor: `token ${served.token.slice(0, 10)}`,
      operation: 'lease-data-key',
      outcome: 'done',
      target: dataKeyId,
      after: { appId: served.appId, dataKeyId, messages: 5, until: expect.any(String) },
    });
    expect(event.providerRequestIds.length).toBeGreaterThan(0);
    expect(JSON.stringify(event)).not.toContain(key);
  });
});

describe('a lease is refused', () => {
  it('without the action, which is never given by itself', async () => {
    const { world } = served;
    const token = bearerOf(await world.makeTokenCaller(world.acme.id, ['encrypt', 'decrypt']));
    const answer = await lease({}, served.appId, token);
    expect(answer.status).toBe(403);
    const requestId = answer.headers.get('x-request-id') ?? '';
    expect(await db().auditEvent.findFirst({ where: { requestId } })).toMatchObject({ code: 'forbidden' });
    const leaser = bearerOf(await world.makeTokenCaller(world.acme.id, ['lease']));
    const body = { items: [{ plaintext: hello }] };
    expect((await post(plane, pathOf(served.appId, 'encrypt'), { token: leaser, body })).status).toBe(403);
    expect((await lease({}, served.appId, leaser)).status).toBe(200);
  });

  it('for an app or a data key of somebody else, or of nobody', async () => {
    const { dataKeyId } = await leased();
    expect((await lease({}, served.foreignAppId)).status).toBe(404);
    expect((await lease({ dataKeyId }, served.otherAppId)).status).toBe(404);
    expect((await lease({ dataKeyId: randomUUID() })).status).toBe(404);
    expect((await lease({ dataKeyId }, served.foreignAppId, served.foreignToken)).status).toBe(404);
  });

  it.each([
    [{ messages: -1 }],
    [{ messages: 2 ** 20 + 1 }],
    [{ messages: 1.5 }],
    [{ dataKeyId: 'x' }],
    ['no JSON'],
    [[]],
  ])('for %j', async (body) => {
    const answer = await lease(body);
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ error: { code: 'invalid-input', fields: expect.any(Object) } });
  });

  it('when the key refuses, and says so', async () => {
    await served.world.aws.kms('DisableKey', { KeyId: served.world.aws.keyArn });
    onTestFinished(async () => {
      await served.world.aws.kms('EnableKey', { KeyId: served.world.aws.keyArn });
      await db().keyVersion.updateMany({ data: { health: 'healthy', healthFailure: null } });
    });
    const answer = await lease();
    expect(answer.status).toBe(403);
    expect(answer.body).toMatchObject({ error: { code: 'key-revoked' } });
  });
});
