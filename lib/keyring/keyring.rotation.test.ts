import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { trustPolicy } from '../byok/aws/policies.ts';
import { message } from '../byok/messages/catalogue.ts';
import { wordsOf } from '../byok/messages/words.ts';
import { db } from '../db/client.ts';
import { serviceRoleArn } from '../kms/testing/customer.ts';
import { makeWorld, type World } from '../operations/testing/world.ts';
import { closeKeyring } from './keyring.ts';
import { activateKey, makeOtherKey, makeOtherRole, rotateTo } from './testing/active-key.ts';
import { heldCopies } from './testing/held-copies.ts';
import { countCalls, seal, tryOpen } from './testing/seal-and-open.ts';
import { startProcess } from './testing/start-process.ts';

let world: World;
let keyId: string;
let appId: string;

/** An active key, a data key under it, and no call so far. */
beforeEach(async () => {
  await world?.close();
  world = await makeWorld({ apps: 1, recordsPerApp: 0 });
  ({ keyId } = await activateKey(world));
  appId = world.acme.apps[0]?.id ?? '';
});
afterAll(() => world?.close());

const calls = () => countCalls(world, 'GenerateDataKey', 'Decrypt', 'Encrypt');
const forget = () => world.aws.send('DELETE', 'calls');
const wrappingOf = async (id: string) => (await db().dataKey.findUniqueOrThrow({ where: { id } })).keyVersionId;

describe('after a rotation', { timeout: 60_000 }, () => {
  it('the next write lies under the new version, and a thousand writers at once cost two calls', async () => {
    await seal(world, appId);
    const other = await makeOtherKey(world);
    const versionId = await rotateTo(world, keyId, { keyArn: other });
    await forget();
    const sealed = await Promise.all(Array.from({ length: 1_000 }, () => seal(world, appId)));
    expect(new Set(sealed.map((one) => one.dataKeyId)).size).toBe(1);
    expect(await wrappingOf(sealed[0]?.dataKeyId ?? '')).toBe(versionId);
    expect(await countCalls(world, 'GenerateDataKey')).toBe(1);
    expect(await calls()).toBe(2);
    expect(heldCopies()).toBe(2);
  });

  it('writers of three processes that race with it, and with the next one, all succeed', async () => {
    const others = [startProcess(), startProcess()];
    try {
      await Promise.all(others.map((other) => other.ask({ do: 'held' })));
      const arns = [await makeOtherKey(world), world.aws.keyArn];
      const command = { do: 'seal', tenantId: world.acme.id, appId };
      for (const keyArn of [...arns, ...arns]) {
        const [versionId, ...made] = await Promise.all([
          rotateTo(world, keyId, { keyArn }),
          ...others.flatMap((other) => [other.ask(command), other.ask(command)]),
          ...Array.from({ length: 20 }, async () => (await seal(world, appId)).dataKeyId),
        ]);
        for (const id of made) expect(id).toMatch(/^[0-9a-f-]{36}$/);
        expect(await wrappingOf((await seal(world, appId)).dataKeyId)).toBe(versionId);
        for (const other of others) expect(await wrappingOf(await other.ask(command))).toBe(versionId);
      }
      expect(await db().dataKey.count({ where: { appId, state: 'current' } })).toBe(1);
    } finally {
      await Promise.all(others.map((other) => other.end()));
    }
  });

  it('a writer whose key is lost while its app goes elsewhere gets the new one, not the loss of the old one', async () => {
    const first = await seal(world, appId);
    await closeKeyring();
    const keyArn = await makeOtherKey(world);
    await world.aws.kms('DisableKey', { KeyId: world.aws.keyArn });
    // Refused only after the rotation is committed.
    await world.aws.faults({ kind: 'latency', ms: 2_000, keyId: world.aws.keyArn });
    const writing = seal(world, appId);
    await new Promise((resolve) => setTimeout(resolve, 100));
    const versionId = await rotateTo(world, keyId, { keyArn });
    expect(await wrappingOf((await writing).dataKeyId)).toBe(versionId);
    expect(await tryOpen(world, first)).toBe('key-revoked');
  });

  it('to a new role for the same key, old data is read with the new role, and goes on when the old one is gone', async () => {
    const before = await seal(world, appId);
    const roleArn = await makeOtherRole(world);
    await rotateTo(world, keyId, { roleArn });
    await world.aws.put.trust(trustPolicy({ serviceRoleArn, externalId: 'nobody' }));
    await closeKeyring();
    await forget();
    expect(await tryOpen(world, before)).toBe('ok');
    expect(await tryOpen(world, await seal(world, appId))).toBe('ok');
    const assumed = (await world.aws.calls()).filter((call) => call.eventName === 'AssumeRole');
    expect(assumed).toHaveLength(1);
    expect(await db().keyVersion.findMany({ where: { keyId }, orderBy: { number: 'asc' } })).toMatchObject([
      { health: 'healthy', epoch: 1 },
      { health: 'healthy', epoch: 1 },
    ]);
  });

  it('to another key, the loss of the old key is the old version’s, and the new one stays healthy', async () => {
    const before = await seal(world, appId);
    await rotateTo(world, keyId, { keyArn: await makeOtherKey(world) });
    const after = await seal(world, appId);
    await world.aws.kms('DisableKey', { KeyId: world.aws.keyArn });
    await closeKeyring();
    expect(await tryOpen(world, before)).toBe('key-revoked');
    expect(await tryOpen(world, after)).toBe('ok');
    expect(await db().keyVersion.findMany({ where: { keyId }, orderBy: { number: 'asc' } })).toMatchObject([
      { number: 1, health: 'revoked', epoch: 2, healthFailure: 'key-disabled', healthCause: null },
      { number: 2, health: 'healthy', epoch: 1, healthFailure: null },
    ]);
    const told = await db().auditEvent.findMany({ where: { operation: 'key-revoked' } });
    const what = message('key-lost', { provider: 'aws', cause: 'key-disabled', deletedAt: null });
    const text = message('of-older-version', { number: 1, what });
    expect(told).toMatchObject([{ after: { text } }]);
    expect(wordsOf(text)).toBe('Version 1, which is no longer active: The key is disabled.');
    // And of what is held, the new version's stays.
    expect(heldCopies()).toBe(1);
  });
});
