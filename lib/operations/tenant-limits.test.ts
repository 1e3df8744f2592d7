import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { getConfig } from '../config/config.ts';
import { defaultTenantLimits, readTenantLimits } from '../config/tenant-limits.ts';
import { pathOf, post, serve } from '../data-plane/testing/served-world.ts';
import { openRecentRecords } from './data/open-recent-records.ts';
import { testConfiguration } from './setup/test-configuration.ts';
import { draft } from './testing/walk.ts';
import { makeWorld, type World } from './testing/world.ts';
import { createToken } from './tokens/create-token.ts';

let world: World;
const appId = () => world.acme.apps[0]?.id ?? '';

beforeAll(async () => {
  world = await makeWorld({ apps: 1, recordsPerApp: 1 });
});
afterAll(() => world?.close());

function limit(text: string): void {
  const before = getConfig().tenantLimits;
  Object.assign(getConfig(), { tenantLimits: { ...before, ...pick(text) } });
  onTestFinished(() => void Object.assign(getConfig(), { tenantLimits: before }));
}

function pick(text: string): object {
  const read = readTenantLimits(text) ?? {};
  return Object.fromEntries(Object.entries(read).filter(([name]) => text.includes(`${name}=`)));
}

describe('a tenant that has costly things done too often', () => {
  it('is refused tests beyond those under way, told when to come again, and admitted when they have ended', async () => {
    limit('test=1000/3');
    const keyId = await draft(world);
    const runs = await Promise.all(
      Array.from({ length: 20 }, async () => {
        const events = await testConfiguration(world.callers.admin, { keyId });
        return { events, first: (await events.next()).value };
      }),
    );
    const refused = runs.filter(({ first }) => first?.type === 'error');
    expect(refused).toHaveLength(17);
    for (const { first } of refused)
      expect(first).toMatchObject({
        error: {
          code: 'too-many-requests',
          details: {
            retryAfterSeconds: expect.any(Number),
            reason: expect.stringMatching(/Try again in \d+ seconds?\.$/),
          },
        },
      });
    // Whoever walks away from a test gives its place back, too.
    for (const { events } of runs) await events.return(undefined);
    const next = await testConfiguration(world.callers.admin, { keyId });
    expect((await next.next()).value?.type).not.toBe('error');
    await next.return(undefined);
  });

  it('is refused beyond its minute, and no other tenant is', async () => {
    limit('open=2/100');
    const open = () => openRecentRecords(world.callers.admin, { appId: appId() });
    expect([(await open()).ok, (await open()).ok]).toEqual([true, true]);
    expect(await open()).toMatchObject({ ok: false, error: { code: 'too-many-requests' } });
    const other = { appId: world.globex.apps[0]?.id ?? '' };
    expect((await openRecentRecords(world.callers.foreignAdmin, other)).ok).toBe(true);
  });

  it('is so by who acts for it: the operator’s tokens count for the tenant they are made for', async () => {
    limit('token=1');
    const make = (tenantId: string) =>
      createToken(world.callers.operator, { tenantId, name: 'x', actions: ['encrypt'] });
    expect((await make(world.acme.id)).ok).toBe(true);
    expect((await make(world.acme.id)).ok).toBe(false);
    expect((await make(world.globex.id)).ok).toBe(true);
  });

  it('is told by the data plane with Retry-After', async () => {
    limit('lease=1');
    const plane = await serve();
    onTestFinished(() => plane.drain(500));
    const token = world.callers.token.kind === 'token' ? world.callers.token.bearer : '';
    const lease = () => post(plane, pathOf(appId(), 'leases'), { token });
    expect((await lease()).status).toBe(200);
    const { status, headers, body } = await lease();
    expect(status).toBe(429);
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(1);
    expect(body).toMatchObject({ error: { code: 'too-many-requests', next: expect.stringContaining('Retry-After') } });
  });
});

describe('KEYWARD_TENANT_LIMITS', () => {
  it('changes what it names and leaves the rest', () => {
    expect(readTenantLimits('test=7/2, lease=9')).toEqual({
      ...defaultTenantLimits,
      test: { perMinute: 7, atOnce: 2 },
      lease: { perMinute: 9 },
    });
    expect(readTenantLimits('')).toEqual(defaultTenantLimits);
  });

  it.each(['stars=1', 'test', 'test=0', 'test=1/0', 'test=-1', 'test=1/2/3', 'constructor=1'])('refuses %s', (text) => {
    expect(readTenantLimits(text)).toBeUndefined();
  });
});
