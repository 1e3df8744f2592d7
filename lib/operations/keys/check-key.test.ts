import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { probeEverySeconds } from '../../byok/health.ts';
import { db } from '../../db/client.ts';
import { claimProbe, endProbe } from '../../db/probe-store.ts';
import { type ActiveKey, makeActiveKey } from '../../jobs/testing/active-key.ts';
import { validateApps } from '../apps/validate-apps.ts';
import { listHistory } from '../history/list-history.ts';
import { draft } from '../testing/walk.ts';
import { makeWorld, must, type World } from '../testing/world.ts';
import { checkKey } from './check-key.ts';
import { checkTenantKey } from './check-tenant-key.ts';
import { readEnterpriseKey } from './read-enterprise-key.ts';

let world: World;
let key: ActiveKey;
let n = 0;

beforeAll(async () => {
  world = await makeWorld({ apps: 1, recordsPerApp: 0 });
}, 60_000);
afterAll(() => world?.close());
beforeEach(async () => {
  await world.aws.kms('EnableKey', { KeyId: world.aws.keyArn });
  await world.aws.faults();
  key = await makeActiveKey(world, `Checked ${++n}`, { apps: 2, keysPerApp: 1, recordsPerKey: 0 });
}, 60_000);

const check = async () => must(await checkKey(key.admin, { keyId: key.keyId, asked: 'by-hand' }));
const page = async () => must(await readEnterpriseKey(key.admin, { keyId: key.keyId }));
/** As if the last probe had been that long ago, by the database's clock. */
const letTimePass = (seconds = probeEverySeconds) =>
  db()
    .$executeRaw`UPDATE key_probe SET begun_at = begun_at - make_interval(secs => ${seconds}) WHERE key_id = ${key.keyId}::uuid`;
const callsOf = async (what: () => Promise<unknown>) => {
  const before = (await world.aws.calls()).length;
  await what();
  return (await world.aws.calls()).slice(before).map((call) => call.eventName);
};

describe('Check now', () => {
  it('assumes the role anew, describes the key and unwraps a real data key', async () => {
    expect(await callsOf(check)).toEqual(['AssumeRole', 'DescribeKey', 'Decrypt']);
    const { health } = await page();
    expect(health).toMatchObject({ state: 'healthy', providerRequestId: expect.any(String) });
  });

  it('finds a key that was disabled without anybody reading, and that it was enabled again, by two good answers', async () => {
    await check();
    await world.aws.kms('DisableKey', { KeyId: world.aws.keyArn });
    await letTimePass();
    expect(await check()).toMatchObject({ asked: true, health: { state: 'revoked', cause: 'The key is disabled.' } });
    await world.aws.kms('EnableKey', { KeyId: world.aws.keyArn });
    await letTimePass();
    expect((await check()).health?.state).toBe('degraded');
    await letTimePass();
    expect((await check()).health).toMatchObject({ state: 'healthy', cause: null, next: null });
  });

  it('is written down each time, however fresh the answer before is', async () => {
    const first = (await check()).health?.at ?? '';
    await letTimePass();
    expect(Date.parse((await check()).health?.at ?? '')).toBeGreaterThan(Date.parse(first));
  });

  it('asks AWS once for all who ask within the interval, and they share the answer', async () => {
    const answers: Awaited<ReturnType<typeof check>>[] = [];
    const calls = await callsOf(async () => answers.push(...(await Promise.all(Array.from({ length: 20 }, check)))));
    expect(calls.filter((name) => name === 'Decrypt')).toHaveLength(1);
    expect(answers.filter(({ asked }) => asked)).toHaveLength(1);
    expect(new Set(answers.map(({ health }) => health?.at)).size).toBe(1);
    expect(await callsOf(check)).toEqual([]);
  });

  it('waits for another process’s probe, and takes over from one that died', async () => {
    const other = randomUUID();
    expect(await claimProbe(key.keyId, other, probeEverySeconds)).toEqual({ claimed: true, claimId: other });
    const waiting = check();
    await endProbe(key.keyId, other);
    expect(await waiting).toMatchObject({ asked: false });
    await letTimePass();
    // Claimed and never ended.
    expect(await claimProbe(key.keyId, randomUUID(), probeEverySeconds)).toMatchObject({ claimed: true });
    const taking = check();
    await letTimePass();
    expect(await taking).toMatchObject({ asked: true });
  });

  it('of a page by itself leaves no trace in the history, of a person one', async () => {
    const eventsOf = async () =>
      must(await listHistory(key.admin, {})).events.filter(({ operation }) => operation.startsWith('check-'));
    must(await checkKey(key.admin, { keyId: key.keyId, asked: 'by-page' }));
    expect(await eventsOf()).toEqual([]);
    await check();
    expect(await eventsOf()).toMatchObject([
      { operation: 'check-key', after: { health: 'healthy', answer: 'shared' } },
    ]);
  });

  it('of support stands in the tenant’s own history, with what AWS can find', async () => {
    const { id: tenantId } = key.tenant;
    must(await checkTenantKey(world.callers.support, { tenantId, keyId: key.keyId }));
    const [event] = must(await listHistory(key.admin, {})).events;
    expect(event).toMatchObject({ operation: 'check-tenant-key', target: key.keyId, actor: /^support-/ });
    expect(event?.providerRequestIds.length).toBeGreaterThan(1);
  });

  it('is no answer about an outage: it says that AWS did not answer, and nothing is revoked', async () => {
    await world.aws.faults({ kind: 'error', service: 'kms', name: 'KMSInternalException', status: 500 });
    expect((await check()).health?.state).toBe('outage');
  });

  it('does not call a key lost that may only not be described', async () => {
    await world.aws.faults({ kind: 'error', service: 'kms', action: 'DescribeKey', name: 'AccessDeniedException' });
    expect((await check()).health?.state).toBe('healthy');
  });

  it('of a key that was never active says so', async () => {
    const keyId = await draft(world);
    expect(await checkKey(world.callers.admin, { keyId, asked: 'by-hand' })).toMatchObject({
      ok: false,
      error: { code: 'not-allowed-in-state', details: { reason: expect.stringContaining('never been active') } },
    });
  });
});

describe('Validate where nothing is stored here', () => {
  const validate = async () => must(await validateApps(key.admin, { keyId: key.keyId }));

  it('has AWS unwrap each app’s current data key', async () => {
    const calls = await callsOf(async () => {
      const { apps } = await validate();
      expect(apps.map(({ dataKey, tried, failure }) => [dataKey, tried, failure])).toEqual([
        ['unwrapped', 0, null],
        ['unwrapped', 0, null],
      ]);
    });
    expect(calls).toEqual(['AssumeRole', 'Decrypt', 'Decrypt']);
  });

  it('says that a key is disabled, turns the page, and heals it once it is enabled', async () => {
    await world.aws.kms('DisableKey', { KeyId: world.aws.keyArn });
    const { apps, health } = await validate();
    expect(apps.map(({ dataKey, failure }) => [dataKey, failure?.code, failure?.detail])).toEqual([
      ['not-unwrapped', 'key-revoked', 'The key is disabled.'],
      ['not-unwrapped', 'key-revoked', 'The key is disabled.'],
    ]);
    expect(health?.state).toBe('revoked');
    expect((await page()).health?.state).toBe('revoked');
    await world.aws.kms('EnableKey', { KeyId: world.aws.keyArn });
    await validate();
    expect((await validate()).health?.state).toBe('healthy');
    expect((await page()).health?.state).toBe('healthy');
  });
});
