import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { DataPlane } from '../data-plane/server.ts';
import { makeServedWorld, pathOf, post, serve } from '../data-plane/testing/served-world.ts';
import { db } from '../db/client.ts';
import { activateKey } from '../keyring/testing/active-key.ts';
import { createEnvelopes } from './envelopes.ts';
import { parseEnvelope } from './format.ts';
import { leasedKeys } from './http-source.ts';

// Against Keyward itself: its data plane, its database, and a customer's key in the simulated AWS.
const PLAINTEXT = Buffer.from('hello');
let served: Awaited<ReturnType<typeof makeServedWorld>>;
let plane: DataPlane;
let scope: { tenantId: string; appId: string };

beforeAll(async () => {
  served = await makeServedWorld();
  await activateKey(served.world);
  plane = await serve();
  scope = { tenantId: served.world.acme.id, appId: served.appId };
});
afterAll(async () => {
  await plane?.drain(1_000);
  await served?.world.close();
});

function setUp(token = served.token) {
  const source = leasedKeys({ url: plane.url, token });
  const envelopes = createEnvelopes({ source });
  onTestFinished(() => envelopes.close());
  return { source, envelopes };
}

const leases = () => db().auditEvent.count({ where: { operation: 'lease-data-key' } });

describe('data keys that Keyward lends', () => {
  test('seal what Keyward opens, and open what Keyward seals; streams, too', async () => {
    const { envelopes } = setUp();
    const envelope = await envelopes.seal(scope, PLAINTEXT, { record: '1' });
    const item = { envelope: envelope.toString('base64'), context: { record: '1' } };
    const opened = await post(plane, pathOf(scope.appId, 'decrypt'), { token: served.token, body: { items: [item] } });
    expect(opened.body).toEqual({ items: [{ plaintext: PLAINTEXT.toString('base64') }] });

    const large = randomBytes(1_000_000);
    const context = Buffer.from(JSON.stringify({ record: '2' })).toString('base64url');
    const sealed = await fetch(`${plane.url}${pathOf(scope.appId, 'encrypt-stream')}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${served.token}`,
        'content-type': 'application/octet-stream',
        'keyward-context': context,
      },
      body: large,
    });
    expect(sealed.status).toBe(200);
    const opening = envelopes.openStream(scope, { record: '2' });
    opening.end(Buffer.from(await sealed.arrayBuffer()));
    expect(Buffer.concat(await opening.toArray()).equals(large)).toBe(true);
  });

  test('are in the history once per lease, however many messages they seal', async () => {
    const { envelopes } = setUp();
    const before = await leases();
    for (let i = 0; i < 100; i++) await envelopes.seal(scope, PLAINTEXT, {});
    expect(await leases()).toBe(before + 1);
    const id = parseEnvelope(await envelopes.seal(scope, PLAINTEXT, {})).dataKeyId;
    expect(await db().dataKey.findUniqueOrThrow({ where: { id } })).toMatchObject({
      issuedOutsideAt: expect.any(Date),
    });
  });

  test('are refused as Keyward refuses: a foreign app, a token of nobody’s, a key that the customer disabled', async () => {
    const { envelopes } = setUp();
    const envelope = await envelopes.seal(scope, PLAINTEXT, {});
    const foreign = { ...scope, appId: served.foreignAppId };
    await expect(envelopes.seal(foreign, PLAINTEXT, {})).rejects.toMatchObject({ code: 'not-found' });
    await expect(setUp('kw_nobody').envelopes.seal(scope, PLAINTEXT, {})).rejects.toMatchObject({
      code: 'unauthenticated',
    });
    const { aws } = served.world;
    await aws.kms('DisableKey', { KeyId: aws.keyArn });
    onTestFinished(async () => void (await aws.kms('EnableKey', { KeyId: aws.keyArn })));
    // What is leased serves until its lease is over; what is not is refused.
    expect((await envelopes.open(scope, envelope, {})).equals(PLAINTEXT)).toBe(true);
    await expect(setUp().envelopes.open(scope, envelope, {})).rejects.toMatchObject({ code: 'key-revoked' });
    await expect(setUp().envelopes.seal(scope, PLAINTEXT, {})).rejects.toMatchObject({ code: 'key-revoked' });
  });
});
