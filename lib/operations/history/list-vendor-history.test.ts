import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOperator } from '../../auth/create-operator.ts';
import { signIn } from '../../auth/sign-in.ts';
import { password } from '../../auth/testing/password.ts';
import { appendAudit } from '../../db/audit-store.ts';
import { db } from '../../db/client.ts';
import { pageOf } from '../../db/history-store.ts';
import { readMe } from '../account/read-me.ts';
import { createKey } from '../keys/create-key.ts';
import { readTenant } from '../tenants/read-tenant.ts';
import { makeWorld, must, type World } from '../testing/world.ts';
import { createToken } from '../tokens/create-token.ts';
import { listHistory } from './list-history.ts';
import { listVendorHistory } from './list-vendor-history.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld({ apps: 1, recordsPerApp: 0 });
});
afterAll(() => world?.close());

const attempt = (email: string, typed = password) =>
  signIn({ email, password: typed, source: '203.0.113.7', requestId: randomUUID() });

describe('the vendor’s history', () => {
  it('has what vendor people and commands do, and what belongs to no tenant; of tenants’ people nothing', async () => {
    const { operator, support, admin } = world.callers;
    const email = must(await readMe(operator, {})).email;
    await attempt(email);
    await attempt('somebody@nowhere.example', 'guess');
    await createOperator({ email: 'new@vendor.example' });
    must(await createToken(operator, { tenantId: world.acme.id, name: 'billing', actions: ['encrypt'] }));
    must(await readTenant(support, { tenantId: world.globex.id }));
    must(await createKey(admin, {}));
    await attempt(must(await readMe(admin, {})).email);

    const { events } = must(await listVendorHistory(operator, {}));
    expect(
      events.map(({ operation, actor, outcome, tenantName, source }) => ({
        operation,
        actor,
        outcome,
        tenantName,
        source,
      })),
    ).toEqual([
      {
        operation: 'read-tenant',
        actor: expect.stringContaining('support'),
        outcome: 'done',
        tenantName: 'Globex',
        source: null,
      },
      { operation: 'create-token', actor: email, outcome: 'done', tenantName: 'Acme', source: null },
      { operation: 'create-operator', actor: 'command line', outcome: 'done', tenantName: null, source: null },
      { operation: 'sign-in', actor: 'unknown address', outcome: 'refused', tenantName: null, source: '203.0.113.7' },
      { operation: 'sign-in', actor: email, outcome: 'done', tenantName: null, source: '203.0.113.7' },
      ...['Globex', 'Acme'].map((tenantName) => ({
        operation: 'create-tenant',
        actor: 'command line (test)',
        outcome: 'done',
        tenantName,
        source: null,
      })),
    ]);
    const own = must(await listHistory(admin, {})).events;
    expect(own.map(({ operation }) => operation)).toEqual(['sign-in', 'create-key', 'create-token', 'create-tenant']);
  });

  it('is paged without a gap or a repeat, whatever happens in between', async () => {
    const { operator } = world.callers;
    const all = must(await listVendorHistory(operator, {})).events.map(({ id }) => id);
    const seen: string[] = [];
    for (let before: string | undefined; ; ) {
      const page = must(await listVendorHistory(operator, { limit: 2, ...(before ? { before } : {}) }));
      seen.push(...page.events.map(({ id }) => id));
      await createOperator({ email: `${randomUUID()}@vendor.example` });
      if (!page.next) break;
      before = page.next;
    }
    expect(seen).toEqual(all);
    const from = must(await listVendorHistory(operator, { from: all[2] ?? '' })).events;
    expect(from.map(({ id }) => id)).toEqual(all.slice(2));
    expect(must(await listVendorHistory(operator, { operation: 'read-tenant', outcome: 'done' })).events).toHaveLength(
      1,
    );
    expect(must(await listVendorHistory(operator, { before: randomUUID() })).events).toEqual([]);
  });

  it('is read by an index, as a tenant’s is, under each filter of one thing', async () => {
    const one = { tenantId: world.acme.id, actor: 'x', actorRole: 'admin', operation: 'save-step' } as const;
    await appendAudit({ ...one, outcome: 'done', requestId: 'x' });
    await db().$executeRaw`
      INSERT INTO audit_event (id, at, tenant_id, actor, actor_role, operation, outcome, target, after, request_id)
      SELECT gen_random_uuid(), now() - n * interval '1 second', ${world.acme.id}::uuid, 'person ' || n % 500, 'admin', 'save-step', 'done',
             'thing ' || n % 500, CASE n % 50 WHEN 0 THEN jsonb_build_object('appId', 'app ' || n % 500)
                                              WHEN 1 THEN jsonb_build_object('repeated', jsonb_build_object('targets', jsonb_build_array('thing ' || n))) END, 'x'
        FROM generate_series(1, 20000) n`;
    const scope = { tenantId: world.acme.id };
    const start = { id: randomUUID(), at: new Date() };
    const pages = [
      pageOf('vendor', { limit: 51 }),
      pageOf('vendor', { limit: 51, actor: 'person 1' }),
      pageOf(scope, { limit: 51, start, isExclusive: true }),
      pageOf(scope, { limit: 51, actor: 'person 1' }),
      pageOf(scope, { limit: 51, keyId: 'thing 1' }),
      pageOf(scope, { limit: 51, appId: 'app 50' }),
    ];
    const plans = await Promise.all(
      pages.map(async (page) => {
        const rows = await db().$queryRaw<{ 'QUERY PLAN': string }[]>`EXPLAIN ${page}`;
        return rows.map((row) => row['QUERY PLAN']).join('\n');
      }),
    );
    for (const [index, named] of [
      ['audit_event_vendor'],
      ['audit_event_vendor_actor'],
      ['audit_event_tenant_id_at_idx'],
      ['audit_event_tenant_id_actor_at_id_idx'],
      ['audit_event_tenant_id_target_at_id_idx', 'audit_event_repeated'],
      ['audit_event_tenant_id_target_at_id_idx', 'audit_event_app', 'audit_event_repeated'],
    ].entries()) {
      for (const name of named) expect(plans[index]).toContain(name);
      expect(plans[index]).not.toContain('Seq Scan on audit_event');
    }
  });
});
