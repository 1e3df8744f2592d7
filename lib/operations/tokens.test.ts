import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { identify } from '../auth/identify.ts';
import { db } from '../db/client.ts';
import { createToken } from './create-token.ts';
import { encryptItems } from './encrypt-items.ts';
import { listTokens } from './list-tokens.ts';
import { makeTenant, makeWorld, must, type World } from './testing/world.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld({ apps: 1, recordsPerApp: 0 });
});
afterAll(() => world?.close());

const make = (more: { name?: string; endsAt?: string | null } = {}) =>
  createToken(world.callers.operator, { tenantId: world.acme.id, name: 'x', actions: ['encrypt'], ...more });
const soon = () => new Date(Date.now() + 3_600_000).toISOString();

describe('a token with an end', () => {
  it('works until then, by the database’s clock, and is told why not after', async () => {
    const { token, row } = must(await make({ endsAt: soon() }));
    const caller = { kind: 'token', bearer: token } as const;
    const seal = () =>
      encryptItems(caller, { appId: world.acme.apps[0]?.id ?? '', items: [{ plaintext: 'AAAA', context: {} }] });
    expect(await seal()).toMatchObject({ ok: true });
    expect(row).toMatchObject({ isEnded: false, endsAt: expect.any(String) });
    await db().$executeRaw`UPDATE api_token SET ends_at = now() WHERE id = ${row.id}::uuid`;
    expect(await seal()).toMatchObject({ ok: false, error: { code: 'token-ended' } });
    // Whatever this process thinks what time it is.
    expect(await identify(caller, new Date(0))).toEqual({ kind: 'anonymous', ended: true });
    const [listed] = must(await listTokens(world.callers.operator, { search: row.hint })).tokens;
    expect(listed).toMatchObject({ id: row.id, isEnded: true, revokedAt: null });
    await db().$executeRaw`UPDATE api_token SET revoked_at = now() WHERE id = ${row.id}::uuid`;
    expect(await seal()).toMatchObject({ ok: false, error: { code: 'unauthenticated' } });
  });

  it('ends ahead, or is not made', async () => {
    for (const endsAt of [new Date(Date.now() - 60_000).toISOString(), 'tomorrow'])
      expect(await make({ endsAt })).toMatchObject({ ok: false, error: { fields: { endsAt: expect.any(String) } } });
    expect(must(await make({ endsAt: null })).row.endsAt).toBeNull();
  });
});

describe('the list of tokens', () => {
  it('is paged without a gap or a repeat, whatever is made in between', async () => {
    for (let n = 0; n < 5; n++) must(await make({ name: `paged ${n}` }));
    const all = must(await listTokens(world.callers.operator, { limit: 1_000 })).tokens.map(({ id }) => id);
    const seen: string[] = [];
    for (let before: string | undefined; ; ) {
      const page = must(await listTokens(world.callers.operator, { limit: 2, ...(before ? { before } : {}) }));
      seen.push(...page.tokens.map(({ id }) => id));
      must(await make());
      if (!page.next) break;
      before = page.next;
    }
    expect(seen).toEqual(all);
  });

  it('finds by how the name, the tenant’s name or the token begins, and by nothing that is a pattern', async () => {
    const { row } = must(await make({ name: 'Billing 100%_done' }));
    const find = async (search: string) =>
      must(await listTokens(world.callers.operator, { search, limit: 1_000 })).tokens.map(({ id }) => id);
    for (const search of ['billing', 'Billing 100%_', row.hint, 'ACM']) expect(await find(search)).toContain(row.id);
    for (const search of ['100%', '%', 'b_lling', 'globex']) expect(await find(search)).not.toContain(row.id);
  });

  it('offers so many tenants and no more, and others by how their name begins', async () => {
    const names = Array.from({ length: 210 }, (_, n) => `Many ${String(n).padStart(3, '0')}`);
    await db().tenant.createMany({
      data: names.map((name) => ({ name, homeRegion: 'us-east-1', externalId: randomBytes(16).toString('hex') })),
    });
    const listed = must(await listTokens(world.callers.operator, {}));
    expect(listed).toMatchObject({ moreTenants: true });
    expect(listed.tenants).toHaveLength(200);
    const found = must(await listTokens(world.callers.operator, { tenant: 'many 20' }));
    expect(found).toMatchObject({ moreTenants: false });
    expect(found.tenants.map(({ name }) => name)).toEqual(names.slice(200));
  });

  it('is read by an index, however many there are', async () => {
    const tenant = await makeTenant('Crowd', { apps: 1, recordsPerApp: 0 });
    await db().$executeRaw`
      INSERT INTO api_token (id, tenant_id, name, hint, hash, actions, created_by, created_at)
      SELECT gen_random_uuid(), ${tenant.id}::uuid, 'token ' || n, 'kwt_' || n, decode(md5(n::text), 'hex'), '{encrypt}', 'x',
             now() - n * interval '1 second' FROM generate_series(1, 10000) n`;
    await db().$executeRaw`ANALYZE api_token`.catch(() => undefined);
    const [pages, names] = await db().$transaction([
      db().$queryRaw<Plan[]>`EXPLAIN SELECT k.id FROM api_token k JOIN tenant t ON t.id = k.tenant_id
        WHERE TRUE ORDER BY k.created_at DESC, k.id DESC LIMIT 51`,
      db().$queryRaw<Plan[]>`EXPLAIN SELECT k.id FROM api_token k WHERE (lower(k.name) LIKE 'token 77%' OR k.hint LIKE 'token 77%'
        OR k.tenant_id = ANY (ARRAY(SELECT id FROM tenant WHERE lower(name) LIKE 'token 77%')))
        ORDER BY k.created_at DESC, k.id DESC LIMIT 51`,
    ]);
    const text = (rows: Plan[]) => rows.map((row) => row['QUERY PLAN']).join('\n');
    expect(text(pages)).toContain('api_token_created_at_id_idx');
    for (const index of ['api_token_name_begins', 'api_token_hint_begins', 'api_token_tenant_id_idx'])
      expect(text(names)).toContain(index);
    expect(must(await listTokens(world.callers.operator, { search: 'token 77' })).tokens).toHaveLength(50);
  });
});

type Plan = { 'QUERY PLAN': string };
