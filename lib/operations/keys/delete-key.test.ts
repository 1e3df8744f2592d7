import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { db } from '../../db/client.ts';
import { insertSecret } from '../../db/secret-store.ts';
import { makeActiveKey } from '../../jobs/testing/active-key.ts';
import { sealSecret } from '../../keyring/secrets.ts';
import { listHistory } from '../history/list-history.ts';
import { revisionOf } from '../testing/rotation.ts';
import { activate, draft, schedule } from '../testing/walk.ts';
import { makeWorld, must, type World } from '../testing/world.ts';
import { deleteKey } from './delete-key.ts';
import { readEnterpriseKey } from './read-enterprise-key.ts';
import { renameKey } from './rename-key.ts';
import { revertKey } from './revert-key.ts';

let world: World;
let n = 0;

beforeAll(async () => {
  world = await makeWorld({ apps: 2, recordsPerApp: 1 });
  await world.applyPolicies();
}, 60_000);
afterAll(() => world?.close());

describe('Rename', () => {
  it('changes alias and description of a draft and of an active key, and nothing else', async () => {
    const key = await makeActiveKey(world, `Renamed ${++n}`, { apps: 2, keysPerApp: 1, recordsPerKey: 1 });
    for (const keyId of [key.keyId, await draft(world, key.admin)]) {
      const before = must(await readEnterpriseKey(key.admin, { keyId }));
      const alias = `renamed-${++n}`;
      const values = { alias: ` ${alias} `, description: 'For the whole of production.' };
      must(await renameKey(key.admin, { keyId, revision: before.revision, values }));
      const after = must(await readEnterpriseKey(key.admin, { keyId }));
      expect(after).toMatchObject({ alias, description: values.description, status: before.status });
      expect(after.versions).toEqual(before.versions);
    }
  }, 60_000);

  it('refuses an alias that another key has beside its field, an empty one, and what somebody else changed first', async () => {
    const { admin } = world.callers;
    const [first, second] = [await draft(world), await draft(world)];
    const { alias } = must(await readEnterpriseKey(admin, { keyId: first }));
    const revision = await revisionOf(admin, second);
    const rename = (values: { alias: string; description: string }, seen = revision) =>
      renameKey(admin, { keyId: second, revision: seen, values });
    const taken = await rename({ alias, description: '' });
    expect(taken).toMatchObject({ ok: false, error: { fields: { alias: expect.stringContaining('Another') } } });
    const empty = await rename({ alias: ' ', description: '' });
    expect(empty).toMatchObject({ ok: false, error: { code: 'invalid-input', fields: { alias: expect.any(String) } } });
    must(await rename({ alias: `mine-${++n}`, description: '' }));
    const late = await rename({ alias: `late-${++n}`, description: '' });
    expect(late).toMatchObject({ ok: false, error: { code: 'conflict', details: { change: 'renamed it' } } });
  });
});

describe('Delete', () => {
  it('of a draft takes it and its unused secret away, and leaves its history', async () => {
    const { admin } = world.callers;
    const keyId = await draft(world);
    const secret = await sealSecret(world.acme.id, 'a-secret-access-key-of-forty-characters!', 'test');
    await db().$transaction((tx) => insertSecret(tx, secret));
    await db().keyConfiguration.updateMany({ where: { keyId }, data: { secretId: secret.id } });
    const revision = await revisionOf(admin, keyId);
    must(await deleteKey(admin, { keyId, revision }));
    expect(await readEnterpriseKey(admin, { keyId })).toMatchObject({ ok: false, error: { code: 'not-found' } });
    expect(await db().providerSecret.count({ where: { id: secret.id } })).toBe(0);
    const { events } = must(await listHistory(admin, {}));
    expect(events.filter((event) => event.target === keyId).map((event) => event.operation)).toContain('create-key');
    expect(events[0]).toMatchObject({ operation: 'delete-key', outcome: 'done', before: { state: 'draft' } });
  });

  it('is refused while a key is scheduled or active, saying by what; once reverted it goes, and its data opens', async () => {
    const key = await makeActiveKey(world, `Deleted ${++n}`, { apps: 2, keysPerApp: 1, recordsPerKey: 1 });
    const { admin, keyId } = key;
    const gone = async () => deleteKey(admin, { keyId, revision: await revisionOf(admin, keyId) });
    const [first, second] = key.tenant.apps.map((app) => app.name);
    const refused = { ok: false, error: { code: 'key-in-use' } };
    expect(await gone()).toMatchObject({
      ...refused,
      error: {
        details: {
          uses: [`2 apps and bots use it: ${first}, ${second}.`, expect.stringMatching(/^2 data keys/)],
        },
      },
    });
    must(await revertKey(admin, { keyId, revision: await revisionOf(admin, keyId) }));
    expect(await gone()).toMatchObject({
      ...refused,
      error: { details: { uses: expect.arrayContaining([expect.stringMatching(/under way/)]) } },
    });
    await activate(keyId);
    const page = must(await readEnterpriseKey(admin, { keyId }));
    expect(page).toMatchObject({ state: 'reverted', uses: [] });
    must(await gone());
    expect(await db().keyVersion.count({ where: { keyId } })).toBe(0);
    expect(await db().appRecord.count({ where: { tenantId: key.tenant.id } })).toBeGreaterThan(0);
  }, 60_000);

  it('of a scheduled key is refused', async () => {
    const { admin } = world.callers;
    await world.applyPolicies();
    const keyId = await draft(world);
    await schedule(world, keyId);
    const refused = await deleteKey(admin, { keyId, revision: await revisionOf(admin, keyId) });
    expect(refused).toMatchObject({ ok: false, error: { details: { reason: expect.stringMatching(/scheduled/) } } });
    must(await revertKey(admin, { keyId, revision: await revisionOf(admin, keyId) }));
  });

  it('of a key for which a CMK was created shows that as orphaned', async () => {
    const keyId = await draft(world);
    const keyArn = `arn:aws:kms:us-east-1:111122223333:key/${randomUUID()}`;
    await db().keyConfiguration.updateMany({ where: { keyId }, data: { keyRef: keyArn } });
    const creation = {
      id: randomUUID(),
      tenantId: world.acme.id,
      keyId,
      state: 'adopted',
      provider: 'aws',
      location: 'us-east-1',
    } as const;
    await db().keyCreation.create({ data: { ...creation, keyRef: keyArn, requestedBy: 'test' } });
    const revision = await revisionOf(world.callers.admin, keyId);
    expect(must(await deleteKey(world.callers.admin, { keyId, revision }))).toEqual({ orphaned: 1 });
    const left = await db().keyCreation.findUniqueOrThrow({ where: { id: creation.id } });
    expect(left).toMatchObject({ state: 'left_over', keyId: null, keyRef: keyArn });
  });
});
