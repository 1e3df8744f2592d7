import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Result } from '../../byok/errors.ts';
import { db } from '../../db/client.ts';
import {
  type ActiveKey,
  beginRevert,
  beginRotation,
  makeActiveKey,
  makeOtherKey,
} from '../../jobs/testing/active-key.ts';
import { tryNow } from '../../jobs/testing/due-key.ts';
import { watchAliases } from '../../jobs/watch-aliases.ts';
import { usesOfTenant } from '../../key-lifecycle/in-use.ts';
import { closeKeyring } from '../../keyring/keyring.ts';
import { planChange } from '../apps/plan-change.ts';
import { rekeyApp } from '../apps/rekey-app.ts';
import { updateApps } from '../apps/update-apps.ts';
import { validateApps } from '../apps/validate-apps.ts';
import { decryptItems } from '../data/decrypt-items.ts';
import { encryptItems } from '../data/encrypt-items.ts';
import { prepareRotation } from '../rotation/prepare-rotation.ts';
import { revisionOf } from '../testing/rotation.ts';
import { callsToAws, setVersion, unknownModes } from '../testing/unknown-modes.ts';
import { makeWorld, must, type World } from '../testing/world.ts';
import { checkKey } from './check-key.ts';
import { checkTenantKey } from './check-tenant-key.ts';
import { readEnterpriseKey } from './read-enterprise-key.ts';
import { revertKey } from './revert-key.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld({ apps: 1, recordsPerApp: 0 });
}, 60_000);
afterAll(() => world?.close());

const codeOf = (result: Result<unknown>) => (result.ok ? 'ok' : result.error.code);

describe.each(unknownModes.slice(0, 2))('an active version that names %s', (_, mode) => {
  let key: ActiveKey;
  let versionId: string;
  let sealed: string;
  let before: object[];
  const token = () => world.makeTokenCaller(key.tenant.id, ['encrypt', 'decrypt']);
  const appId = () => key.tenant.apps[0]?.id ?? '';
  const at = async () => ({ keyId: key.keyId, revision: await revisionOf(key.admin, key.keyId) });
  const version = () => db().keyVersion.findUniqueOrThrow({ where: { id: versionId } });

  beforeAll(async () => {
    key = await makeActiveKey(world, `Active ${mode.provider} ${mode.authMode}`, small);
    ({ versionId } = key);
    const items = [{ plaintext: 'aGVsbG8=', context: {} }];
    const [item] = must(await encryptItems(await token(), { appId: appId(), items })).items;
    sealed = item && 'envelope' in item ? item.envelope : '';
    await setVersion(world, versionId, mode);
    await closeKeyring();
    before = await callsToAws(world);
  }, 60_000);
  beforeEach(() => closeKeyring());

  it('opens and seals nothing, which is neither an outage nor a revocation', async () => {
    const seen = await version();
    const opened = await decryptItems(await token(), { appId: appId(), items: [{ envelope: sealed, context: {} }] });
    const closed = await encryptItems(await token(), { appId: appId(), items: [{ plaintext: 'aGVsbG8=' }] });
    for (const answer of [opened, closed]) expect(JSON.stringify(answer)).toContain('unknown-provider');
    expect(JSON.stringify([opened, closed])).not.toMatch(
      /aGVsbG8|"ok":true,"data":\{"items":\[\{"(plaintext|envelope)/,
    );
    expect(await version()).toEqual(seen);
    expect(seen).toMatchObject({ health: 'healthy', epoch: 1 });
  });

  it('is refused to whoever asks how it is, and its health stays what was last seen', async () => {
    const seen = await version();
    const asked = await checkKey(key.admin, { keyId: key.keyId, asked: 'by-hand' });
    expect(asked).toMatchObject({ ok: false, error: { code: 'unknown-provider', requestId: expect.any(String) } });
    const tenantId = key.tenant.id;
    await db()
      .$executeRaw`UPDATE key_probe SET begun_at = begun_at - interval '1 hour' WHERE key_id = ${key.keyId}::uuid`;
    expect(codeOf(await checkTenantKey(world.callers.support, { tenantId, keyId: key.keyId }))).toBe(
      'unknown-provider',
    );
    const { apps, health } = must(await validateApps(key.admin, { keyId: key.keyId }));
    expect(apps.map(({ failure }) => failure?.code)).toEqual(['unknown-provider', 'unknown-provider']);
    expect(health?.state).toBe('healthy');
    expect(await version()).toEqual(seen);
  });

  it('is rotated, rekeyed, given apps or left for the platform key by no command', async () => {
    const values = { region: 'us-east-1', keyArn: world.aws.keyArn, roleArn: world.aws.roleArn };
    const answers = {
      rotate: codeOf(await prepareRotation(key.admin, { ...(await at()), values })),
      revert: codeOf(await revertKey(key.admin, await at())),
      rekey: codeOf(await rekeyApp(key.admin, { appId: appId(), reencrypt: false })),
      apps: codeOf(await updateApps(key.admin, { ...(await at()), selection: { mode: 'only', ids: [appId()] } })),
    };
    expect(answers).toEqual({
      ...{ rotate: 'unknown-provider', revert: 'unknown-provider' },
      ...{ rekey: 'unknown-provider', apps: 'unknown-provider' },
    });
  });

  it('is told of by a plan, before it is refused', async () => {
    const plan = async (change: Parameters<typeof planChange>[1]['change']) =>
      must(await planChange(key.admin, { keyId: key.keyId, change })).refusal;
    for (const change of [{ kind: 'revert' }, { kind: 'rotate', reencrypt: false }] as const)
      expect(await plan(change)).toMatch(/does not know/);
  });

  it('is shown as what it is, and is nobody to put into a policy', async () => {
    const page = must(await readEnterpriseKey(key.admin, { keyId: key.keyId }));
    expect(page.unknownConnection).toEqual(mode);
    expect(page.details).toMatchObject({ ...mode, externalId: '' });
    expect(page.versions).toMatchObject([{ unknownConnection: mode, roleArn: '', accessKeyId: '' }]);
    expect(await usesOfTenant(key.tenant.id, new Date())).toEqual([]);
  });

  it('keeps no alias of others from being looked at, and is asked about nowhere', async () => {
    await world.asOwner(`UPDATE key_version SET key_ref = $2, key_ref_is_alias = true WHERE id = $1`, [
      versionId,
      world.aws.aliasArn,
    ]);
    await watchAliases(new AbortController().signal, new Date(Date.now() + 86_400_000));
    expect(await version()).toMatchObject({ aliasSeenAt: null, aliasDriftAt: null });
    expect(await callsToAws(world)).toEqual(before);
  });

  it('leaves a key transition where it is, with a failure that says so', async () => {
    const { transitionId } = await beginRevert(key);
    await tryNow(transitionId);
    const { failureCode, triedAt, finishedAt } = await db().transition.findUniqueOrThrow({
      where: { id: transitionId },
    });
    expect(finishedAt).toBeNull();
    expect(failureCode ?? (triedAt && 'left behind')).not.toBeNull();
    const page = must(await readEnterpriseKey(key.admin, { keyId: key.keyId }));
    const codes = [page.transition?.failure?.code, ...(page.transition?.failures.map(({ code }) => code) ?? [])];
    expect(codes.filter((code) => code !== undefined)).toContain('unknown-provider');
    expect(await version()).toMatchObject({ health: 'healthy', epoch: 1 });
    expect(await callsToAws(world)).toEqual(before);
  });
});

it('the same key name at another provider is another key: what lies under ours is opened with ours', async () => {
  const key = await makeActiveKey(world, 'Same name', small);
  const token = await world.makeTokenCaller(key.tenant.id, ['encrypt', 'decrypt']);
  const appId = key.tenant.apps[0]?.id ?? '';
  const items = [{ plaintext: 'aGVsbG8=', context: {} }];
  const [sealed] = must(await encryptItems(token, { appId, items })).items;
  const envelope = sealed && 'envelope' in sealed ? sealed.envelope : '';
  const rotation = await beginRotation(key, { keyArn: world.aws.keyArn });
  await db().enterpriseKey.update({ where: { id: key.keyId }, data: { currentVersionId: rotation.versionId } });
  await setVersion(world, rotation.versionId, { provider: 'gcp', authMode: 'service-account' });
  await closeKeyring();
  const opened = await decryptItems(token, { appId, items: [{ envelope, context: {} }] });
  expect(must(opened).items).toMatchObject([{ plaintext: 'aGVsbG8=' }]);
  // New data belongs to the other one, which nobody knows how to reach: nothing falls back to ours.
  expect(JSON.stringify(await encryptItems(token, { appId, items }))).toContain('unknown-provider');
  await tryNow(rotation.transitionId);
  expect(await db().dataKey.count({ where: { tenantId: key.tenant.id, keyVersionId: rotation.versionId } })).toBe(0);
  expect(await db().transition.findUniqueOrThrow({ where: { id: rotation.transitionId } })).toMatchObject({
    finishedAt: null,
  });
}, 60_000);

it('an older version that is unknown keeps nobody from asking the active one', async () => {
  const key = await makeActiveKey(world, 'Older', small);
  const rotation = await beginRotation(key, { keyArn: await makeOtherKey(world, key) });
  await db().enterpriseKey.update({ where: { id: key.keyId }, data: { currentVersionId: rotation.versionId } });
  await setVersion(world, key.versionId, { provider: 'aws', authMode: 'federated' });
  await closeKeyring();
  const before = await callsToAws(world);
  const asked = must(await checkKey(key.admin, { keyId: key.keyId, asked: 'by-hand' }));
  expect(asked).toMatchObject({ asked: true, health: { state: 'healthy' } });
  expect((await callsToAws(world)).length).toBeGreaterThan(before.length);
  const page = must(await readEnterpriseKey(key.admin, { keyId: key.keyId }));
  expect(page.versions.map(({ unknownConnection }) => unknownConnection?.authMode ?? null)).toEqual([
    null,
    'federated',
  ]);
}, 60_000);

const small = { apps: 2, keysPerApp: 1, recordsPerKey: 1 };
