import { afterAll, beforeAll, expect, it } from 'vitest';
import { db } from '../../db/client.ts';
import { listApps } from '../apps/list-apps.ts';
import { decryptItems } from '../data/decrypt-items.ts';
import { encryptItems } from '../data/encrypt-items.ts';
import { readHandOver } from '../setup/read-hand-over.ts';
import { readSetup } from '../setup/read-setup.ts';
import { listTenants } from '../tenants/list-tenants.ts';
import { draft } from '../testing/walk.ts';
import { makeWorld, must, type World } from '../testing/world.ts';
import { createToken } from '../tokens/create-token.ts';
import { listTokens } from '../tokens/list-tokens.ts';
import { readEnterpriseKey } from './read-enterprise-key.ts';
import { renameKey } from './rename-key.ts';

const stored = 'in\u202evoice\u0007';
const shown = 'in\\u202Evoice\\u0007';
let world: World;
let keyId: string;

beforeAll(async () => {
  world = await makeWorld({ apps: 2, recordsPerApp: 0 });
  keyId = await draft(world);
});
afterAll(() => world?.close());

it('a name with hidden characters is refused beside its field, by every operation that stores one', async () => {
  const { revision } = await db().enterpriseKey.findUniqueOrThrow({ where: { id: keyId } });
  const values = { alias: stored, description: stored, tags: [{ key: 'a', value: stored }] };
  const renamed = await renameKey(world.callers.admin, { keyId, revision, values });
  const words = expect.stringContaining('U+202E');
  expect(renamed).toMatchObject({ ok: false, error: { fields: { alias: words, description: words, tags: words } } });
  const token = { tenantId: world.acme.id, name: stored, actions: ['encrypt' as const] };
  expect(await createToken(world.callers.operator, token)).toMatchObject({
    ok: false,
    error: { fields: { name: words } },
  });
});

it('one that was stored before is shown with them written out, wherever it stands', async () => {
  await db().tenant.update({ where: { id: world.acme.id }, data: { name: stored } });
  await db().app.update({ where: { id: world.acme.apps[0]?.id ?? '' }, data: { name: stored } });
  await db().apiToken.updateMany({ where: { tenantId: world.acme.id }, data: { name: stored } });
  await db().enterpriseKey.update({
    where: { id: keyId },
    data: { alias: stored, description: stored, tags: [{ key: stored, value: stored }] },
  });
  const { admin, operator } = world.callers;
  const answers = JSON.stringify([
    must(await listApps(admin, {})),
    must(await listTenants(operator, {})),
    must(await listTokens(operator, {})),
    must(await readEnterpriseKey(admin, { keyId })),
    must(await readHandOver(admin, { keyId })),
    must(await readSetup(admin, { keyId })),
  ]);
  expect(answers.split(JSON.stringify(shown).slice(1, -1)).length).toBeGreaterThan(10);
  expect(answers).not.toContain('\u202e');
});

it('a context may hold any character: what is sealed with it opens with it', async () => {
  const appId = world.acme.apps[1]?.id ?? '';
  const context = { 'na\u0000me': stored, '\u2066': '\n' };
  const sealed = must(await encryptItems(world.callers.token, { appId, items: [{ plaintext: 'aGVsbG8=', context }] }))
    .items[0];
  const opened = await decryptItems(world.callers.token, { appId, items: [{ ...sealed, context }] });
  expect(must(opened).items).toEqual([{ plaintext: 'aGVsbG8=' }]);
});
