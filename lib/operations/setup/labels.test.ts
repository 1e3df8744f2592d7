import { afterAll, beforeAll, expect, it } from 'vitest';
import { readEnterpriseKey } from '../keys/read-enterprise-key.ts';
import { renameKey } from '../keys/rename-key.ts';
import { revisionOf } from '../testing/rotation.ts';
import { draft, save } from '../testing/walk.ts';
import { makeWorld, must, type World } from '../testing/world.ts';
import { readSetup } from './read-setup.ts';

let world: World;

beforeAll(async () => {
  world = await makeWorld({ apps: 1, recordsPerApp: 0 });
}, 60_000);
afterAll(() => world?.close());

const step = {
  provider: 'aws',
  authMode: 'assume-role',
  region: 'us-east-1',
  accountId: '111122223333',
  roleName: 'BYOK_Role',
  alias: 'labelled',
  description: '',
} as const;

it('tags are entered in the wizard or on the key’s page, and stay where nothing is said of them', async () => {
  const { admin } = world.callers;
  const keyId = await draft(world);
  await save(admin, keyId, { step: 'provider', values: { ...step, tags: 'owner=security' } });
  await save(admin, keyId, { step: 'provider', values: step });
  expect(must(await readSetup(admin, { keyId })).key.tags).toEqual([{ key: 'owner', value: 'security' }]);
  const rename = async (tags?: string) =>
    renameKey(admin, {
      keyId,
      revision: await revisionOf(admin, keyId),
      values: { alias: 'labelled', description: '', ...(tags === undefined ? {} : { tags }) },
    });
  must(await rename());
  expect(must(await readEnterpriseKey(admin, { keyId })).details.tags).toHaveLength(1);
  must(await rename('owner=finance\nconfidential'));
  expect(must(await readEnterpriseKey(admin, { keyId })).details.tags).toEqual([
    { key: 'owner', value: 'finance' },
    { key: 'confidential', value: '' },
  ]);
  expect(await rename('a=1\na=2')).toMatchObject({
    ok: false,
    error: { code: 'invalid-input', fields: { tags: expect.stringMatching(/twice/) } },
  });
  must(await rename(''));
  expect(must(await readEnterpriseKey(admin, { keyId })).details.tags).toEqual([]);
});
