import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { personWho } from '../../byok/who.ts';
import { db } from '../../db/client.ts';
import { readMe } from '../account/read-me.ts';
import { createKey } from '../keys/create-key.ts';
import { deleteKey } from '../keys/delete-key.ts';
import { renameKey } from '../keys/rename-key.ts';
import { readTenant } from '../tenants/read-tenant.ts';
import { makeWorld, must, type World } from '../testing/world.ts';
import { listHistory } from './list-history.ts';
import { listHistoryChoices } from './list-history-choices.ts';
import { listVendorHistory } from './list-vendor-history.ts';
import { listVendorHistoryChoices } from './list-vendor-history-choices.ts';

let world: World;
let tenantId: string;
let keyId: string;
let appId: string;
let admin: string;
let email: string;
const day = (n: number) => `2026-01-${String(n).padStart(2, '0')}T12:00:00.000Z`;

beforeAll(async () => {
  world = await makeWorld({ apps: 2, recordsPerApp: 0 });
  tenantId = world.acme.id;
  appId = world.acme.apps[0]?.id ?? '';
  keyId = must(await createKey(world.callers.admin, {})).keyId;
  must(await renameKey(world.callers.admin, { keyId, revision: 1, values: { alias: 'byok-prod', description: '' } }));
  must(await readTenant(world.callers.support, { tenantId }));
  ({ email } = must(await readMe(world.callers.admin, {})));
  admin = personWho((await db().user.findUniqueOrThrow({ where: { email } })).id);
  await insert({ at: day(1), operation: 'open-recent-records', target: appId });
  await insert({ at: day(2), operation: 'rekey-app', target: keyId, after: { appId } });
  await insert({ at: day(3), operation: 'lease-data-key', target: randomUUID(), after: { appId } });
  await insert({ at: day(4), operation: 'rekey-app', target: appId, after: { appId } });
  const repeated = { count: 2, firstAt: day(5), lastAt: day(5), targets: [keyId, appId] };
  await insert({ at: day(5), operation: 'revert-key', outcome: 'refused', after: { repeated } });
});
afterAll(() => world?.close());

const view = async (filter: object) => must(await listHistory(world.callers.admin, { ...filter, view: true }));
const operations = async (filter: object) => (await view(filter)).events.map(({ operation }) => operation);

describe('a tenant’s history', () => {
  it('is filtered by a key: whatever was done or tried to it', async () => {
    expect(await operations({ keyId })).toEqual(['rename-key', 'create-key', 'revert-key', 'rekey-app']);
  });

  it('is filtered by an app, also where its key or its data key is what was acted on, each event once', async () => {
    const all = ['revert-key', 'rekey-app', 'lease-data-key', 'rekey-app', 'open-recent-records'];
    expect(await operations({ appId })).toEqual(all);
    expect(await operations({ appId, keyId })).toEqual(['revert-key', 'rekey-app']);
  });

  it('is filtered by a person, by a time and by kinds, and by all of them at once', async () => {
    expect(await operations({ actor: admin })).toEqual(['rename-key', 'create-key']);
    expect(await operations({ since: day(2), until: day(4) })).toEqual(['lease-data-key', 'rekey-app']);
    expect(await operations({ operations: ['rekey-app', 'rename-key'], until: day(4) })).toEqual(['rekey-app']);
    expect(await operations({ appId, actor: 'Keyward', since: day(3), outcome: 'done' })).toEqual([
      'rekey-app',
      'lease-data-key',
    ]);
  });

  it('is paged under a filter without a gap or a repeat', async () => {
    const whole = (await view({ appId })).events.map(({ id }) => id);
    const seen: string[] = [];
    for (let before: string | undefined; ; ) {
      const page = must(await listHistory(world.callers.admin, { appId, limit: 2, ...(before ? { before } : {}) }));
      seen.push(...page.events.map(({ id }) => id));
      if (!page.next) break;
      before = page.next;
    }
    expect(seen).toEqual(whole);
  });

  it('counts what the filter finds, whatever page is shown', async () => {
    expect((await view({ appId, limit: 2 })).total).toEqual({ count: 5, atLeast: false });
  });

  it('names what its IDs name now, and nothing that is gone', async () => {
    const { keyId: gone } = must(await createKey(world.callers.admin, {}));
    must(await deleteKey(world.callers.admin, { keyId: gone, revision: 1 }));
    const { names } = await view({});
    expect(names).toMatchObject({
      [keyId]: { kind: 'key', name: 'byok-prod' },
      [appId]: { name: world.acme.apps[0]?.name },
      [tenantId]: { kind: 'tenant', name: 'Acme' },
    });
    expect(names).not.toHaveProperty(gone);
  });

  it('tells one event by its ID, wherever it stands, and none of another tenant’s', async () => {
    const [first] = (await view({ operation: 'open-recent-records' })).events;
    expect((await view({ limit: 1, event: first?.id })).opened).toEqual(first);
    const foreign = must(await listHistory(world.callers.foreignAdmin, { event: first?.id ?? '', view: true }));
    expect(foreign.opened).toBeNull();
  });

  it('tells no name of another tenant’s things or people', async () => {
    const ask = { keyId, appId, actor: admin, view: true };
    const foreign = must(await listHistory(world.callers.foreignAdmin, ask));
    expect(foreign.events).toEqual([]);
    expect(foreign.names).toEqual({});
  });
});

describe('names to filter by', () => {
  it('are those of people and others that have done something, of keys and of apps', async () => {
    const choices = async (of: 'people' | 'keys' | 'apps', search = '') =>
      must(await listHistoryChoices(world.callers.admin, { of, search })).map(({ name }) => name);
    expect(await choices('people')).toEqual(expect.arrayContaining([email, 'Keyward']));
    expect(await choices('people', email.toUpperCase())).toEqual([email]);
    expect(await choices('keys', 'prod')).toEqual(['byok-prod']);
    expect(await choices('apps')).toEqual(world.acme.apps.map(({ name }) => name).sort());
  });

  it('are those of the vendor’s own people for the vendor', async () => {
    const people = must(await listVendorHistoryChoices(world.callers.operator, { of: 'people', search: '' }));
    const { email: supporter } = must(await readMe(world.callers.support, {}));
    expect(people.map(({ name }) => name)).toContain(supporter);
    expect(people.map(({ name }) => name)).not.toContain(email);
    const id = people.find(({ name }) => name === supporter)?.id ?? '';
    const { events } = must(await listVendorHistory(world.callers.operator, { actor: id }));
    expect(events.map(({ operation }) => operation)).toEqual(['read-tenant']);
  });
});

type Inserted = { at: string; operation: string; target?: string; after?: object; outcome?: string };

async function insert({ at, operation, target, after, outcome = 'done' }: Inserted): Promise<void> {
  const { id } = await db().auditEvent.create({
    data: {
      tenantId,
      actor: 'Keyward',
      actorRole: 'system',
      operation,
      outcome,
      requestId: 'r',
      ...(target ? { target } : {}),
      ...(after ? { after } : {}),
    },
  });
  // The database gives each event its time; here it happened long ago.
  await world.asOwner('UPDATE audit_event SET at = $2 WHERE id = $1', [id, at]);
}
