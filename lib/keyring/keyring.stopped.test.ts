import { setTimeout as pass } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { db } from '../db/client.ts';
import { until } from '../jobs/testing/due-key.ts';
import { makeWorld, type World } from '../operations/testing/world.ts';
import { closeKeyring } from './keyring.ts';
import { activateKey } from './testing/active-key.ts';
import { type Envelope, seal, tryOpen } from './testing/seal-and-open.ts';
import { type OtherProcess, startProcess } from './testing/start-process.ts';

let world: World;
let envelope: Envelope;

beforeAll(async () => {
  world = await makeWorld({ apps: 1, recordsPerApp: 0 });
  await activateKey(world);
  envelope = await seal(world, world.acme.apps[0]?.id ?? '');
});
afterAll(() => world?.close());

beforeEach(async () => {
  await world.aws.kms('EnableKey', { KeyId: world.aws.keyArn });
  await db().keyVersion.updateMany({ data: { health: 'healthy', healthFailure: null } });
  await closeKeyring();
});

describe('a process that is stopped and goes on after its copies’ time', { timeout: 60_000 }, () => {
  it('serves nothing from before, although nobody has seen that the key is gone', async () => {
    const other = await holding(1);
    await other.stop();
    await disable();
    await pass(1_500);
    other.resume();
    expect(await other.ask(command('open'))).toBe('key-revoked');
  });

  it('does not end a request with the copy that it had been handed for it', async () => {
    const other = await holding(2);
    const answer = other.ask(command('open-stopped'));
    await other.stopped();
    await disable();
    await pass(2_500);
    other.resume();
    expect(await answer).toBe('key-revoked');
  });

  it('ends a request with the key that it is given anew, where the key is still there', async () => {
    const other = await holding(1);
    const answer = other.ask(command('open-stopped'));
    await other.stopped();
    await pass(1_500);
    other.resume();
    expect(await answer).toBe('hello');
  });
});

describe('a process that is stopped while another one sees that the key is gone', { timeout: 60_000 }, () => {
  it('serves nothing afterwards, although the time of its copies runs on', async () => {
    const other = await holding(3_600);
    await other.stop();
    await disable();
    expect(await tryOpen(world, envelope)).toBe('key-revoked');
    other.resume();
    expect(await other.ask(command('open'))).toBe('key-revoked');
    await until(async () => (await other.ask({ do: 'held' })) === '0');
  });

  it('does not end a request on what it had read of the key long before', async () => {
    const other = await holding(3_600);
    const answer = other.ask(command('open-stopped'));
    await other.stopped();
    await disable();
    expect(await tryOpen(world, envelope)).toBe('key-revoked');
    await pass(10_500);
    other.resume();
    expect(await answer).toBe('key-revoked');
  });
});

/** Another process that holds a copy which may serve for so long. */
async function holding(cacheTtlSeconds: number): Promise<OtherProcess> {
  await db().tenant.update({ where: { id: world.acme.id }, data: { cacheTtlSeconds } });
  const other = startProcess();
  onTestFinished(() => other.end());
  await until(async () => {
    expect(await other.ask(command('open'))).toBe('hello');
    return (await other.ask({ do: 'held' })) === '1';
  });
  return other;
}

function command(what: 'open' | 'open-stopped') {
  return { do: what, tenantId: world.acme.id, appId: envelope.appId, envelope: envelope.bytes.toString('base64') };
}

function disable() {
  return world.aws.kms('DisableKey', { KeyId: world.aws.keyArn });
}
