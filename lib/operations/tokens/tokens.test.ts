import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { identify } from '../../auth/identify.ts';
import { db } from '../../db/client.ts';
import { until } from '../../jobs/testing/due-key.ts';
import { encryptItems } from '../data/encrypt-items.ts';
import { makeTenant, makeWorld, must, type World } from '../testing/world.ts';
import { createToken } from './create-token.ts';
import { listTokens } from './list-tokens.ts';

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

  it('is read by an index, in each way in which it is searched', async () => {
    const tenant = await makeTenant('Crowd', { apps: 1, recordsPerApp: 0 });
    await db().$executeRaw`
      INSERT INTO api_token (id, tenant_id, name, hint, hash, actions, created_by, created_at)
      SELECT gen_random_uuid(), ${tenant.id}::uuid, 'token ' || n, 'kwt_' || n, decode(md5(n::text), 'hex'), '{encrypt}', 'x',
             now() - n * interval '1 second' FROM generate_series(1, 10000) n`;
    const search = (text: string) => listTokens(world.callers.operator, { search: text });
    const before = await scans();
    expect(must(await search('token 77')).tokens).toHaveLength(50);
    expect(must(await search('crowd')).tokens).toHaveLength(50);
    expect(must(await search('kwt_9999')).tokens).toHaveLength(1);
    const page = must(await search(''));
    must(await listTokens(world.callers.operator, { before: page.next ?? '' }));
    // The server counts what it has used a little later.
    await until(async () => {
      const after = await scans();
      return indexes.every((index) => (after[index] ?? 0) > (before[index] ?? 0));
    });
  });
});

const indexes = ['api_token_created_at_id_idx', 'api_token_name_begins', 'api_token_hint_begins'];

/** How often each index was used. */
async function scans(): Promise<Record<string, number>> {
  const rows = await db().$queryRaw<{ name: string; scans: number }[]>`
    SELECT indexrelname AS name, idx_scan::float8 AS scans FROM pg_stat_user_indexes`;
  return Object.fromEntries(rows.map(({ name, scans: count }) => [name, count]));
}

it('a search for what no name holds is answered like any other', async () => {
  for (const text of ['\0', 'a\0b', '\ud800'])
    expect(await listTokens(world.callers.operator, { search: text, tenant: text })).toMatchObject({ ok: true });
});
