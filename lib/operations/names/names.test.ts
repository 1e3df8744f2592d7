import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Caller } from '../../auth/identify.ts';
import type { FoundName, NamedKind } from '../../byok/name-views.ts';
import { db } from '../../db/client.ts';
import { draft } from '../testing/walk.ts';
import { makeWorld, must, type World } from '../testing/world.ts';
import { findByName } from './find-by-name.ts';
import { readName } from './read-name.ts';

let world: World;
let keyId: string;

beforeAll(async () => {
  world = await makeWorld({ apps: 1, recordsPerApp: 0 });
  keyId = await draft(world);
  await db().enterpriseKey.update({
    where: { id: keyId },
    data: { alias: 'byok-prod', description: 'Desk data' },
  });
  const tenantId = world.acme.id;
  await db().app.createMany({
    data: [
      ...['Agent desk', 'Desk', 'desk-bot'].map((name) => ({
        tenantId,
        kind: 'app' as const,
        name,
        reference: `r-${name}`,
      })),
      ...Array.from({ length: 20 }, (_, n) => ({
        tenantId,
        kind: 'bot' as const,
        name: `Line ${n}`,
        reference: `line.${n}`,
      })),
      { tenantId: world.globex.id, kind: 'app', name: 'Desk of Globex', reference: 'foreign' },
    ],
  });
}, 60_000);
afterAll(() => world?.close());

const find = async (caller: Caller, text: string): Promise<FoundName[]> => must(await findByName(caller, { text }));
const names = (found: FoundName[]) => found.map(({ name }) => name);

describe('find-by-name', () => {
  it('finds the tenant’s own keys, apps and bots, what begins so first, whatever the case', async () => {
    const found = await find(world.callers.viewer, ' dESK ');
    expect(names(found)).toEqual(['byok-prod', 'Desk', 'desk-bot', 'Agent desk']);
    expect(found[0]).toEqual({ kind: 'key', id: keyId, name: 'byok-prod', detail: 'Desk data' });
    expect(await find(world.callers.foreignAdmin, 'byok')).toEqual([]);
    expect(names(await find(world.callers.foreignAdmin, 'desk'))).toEqual(['Desk of Globex']);
  });

  it('finds tenants for the vendor’s people, by name or reference, and nothing of what is in them', async () => {
    expect(names(await find(world.callers.support, 'c'))).toContain('Acme');
    expect(names(await find(world.callers.operator, world.acme.name.toLowerCase()))).toEqual(['Acme']);
    for (const text of ['desk', 'byok', keyId]) expect(await find(world.callers.support, text)).toEqual([]);
    expect(await find(world.callers.admin, 'Globex')).toEqual([]);
  });

  it('takes what was typed as it stands, and answers with a few', async () => {
    for (const text of ['%', '_', "'", '\\']) expect(await find(world.callers.admin, text)).toEqual([]);
    expect(await find(world.callers.admin, '  ')).toEqual([]);
    expect(await find(world.callers.admin, 'line.')).toHaveLength(8);
  });
});

describe('read-name', () => {
  const nameOf = async (caller: Caller, kind: NamedKind, id: string) => {
    const result = await readName(caller, { kind, id });
    return result.ok ? result.data.name : result.error.code;
  };

  it('says the name to those who may open the page, and to nobody else', async () => {
    const appId = world.acme.apps[0]?.id ?? '';
    expect(await nameOf(world.callers.viewer, 'key', keyId)).toBe('byok-prod');
    expect(await nameOf(world.callers.admin, 'app', appId)).toBe(world.acme.apps[0]?.name);
    expect(await nameOf(world.callers.support, 'tenant', world.acme.id)).toBe('Acme');
    for (const [caller, kind, id] of [
      [world.callers.foreignAdmin, 'key', keyId],
      [world.callers.foreignAdmin, 'app', appId],
      [world.callers.foreignAdmin, 'tenant', world.acme.id],
      [world.callers.admin, 'tenant', world.acme.id],
      [world.callers.support, 'key', keyId],
      [world.callers.operator, 'app', appId],
    ] as const) {
      expect(await nameOf(caller, kind, id)).toBe('not-found');
    }
    expect(await nameOf(world.callers.anonymous, 'key', keyId)).toBe('unauthenticated');
    expect(await nameOf(world.callers.token, 'key', keyId)).toBe('forbidden');
  });

  it('is no look into a tenant: its history tells of none', async () => {
    const before = await db().auditEvent.count({ where: { tenantId: world.acme.id } });
    await nameOf(world.callers.support, 'tenant', world.acme.id);
    await find(world.callers.support, 'Acme');
    expect(await db().auditEvent.count({ where: { tenantId: world.acme.id } })).toBe(before);
  });
});
