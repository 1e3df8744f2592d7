import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { trustPolicy } from '../../byok/aws/policies.ts';
import { db } from '../../db/client.ts';
import { insertReport } from '../../db/key-store.ts';
import { serviceRoleArn } from '../../kms/testing/customer.ts';
import { validateApps } from '../apps/validate-apps.ts';
import { decryptItems } from '../data/decrypt-items.ts';
import { encryptItems } from '../data/encrypt-items.ts';
import { openRecentRecords } from '../data/open-recent-records.ts';
import { readEnterpriseKey } from '../keys/read-enterprise-key.ts';
import { activate, draft, save, schedule, test } from '../testing/walk.ts';
import { makeWorld, must, type World } from '../testing/world.ts';
import { readSetup } from './read-setup.ts';

let world: World;
let keyId: string;

beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world?.close());

describe('from a draft to data under the customer’s key, and back to silence', () => {
  it('passes every check under the policies that the console shows', async () => {
    keyId = await draft(world);
    await world.applyPolicies();
    const results = await test(world.callers.admin, keyId);
    expect(Object.fromEntries(results.map((result) => [result.id, result.outcome]))).toEqual({
      format: 'passed',
      region: 'passed',
      connectivity: 'passed',
      authentication: 'passed',
      'confused-deputy': 'passed',
      key: 'passed',
      'data-key': 'passed',
      'encryption-decryption': 'passed',
      'data-key-pair': 'skipped',
      context: 'passed',
      'key-in-force': 'skipped',
    });
    expect(must(await readSetup(world.callers.admin, { keyId })).report?.checks).toEqual(results);
  });

  it('keeps a stored policy to the letter: its marked lines count on the order of its parts', async () => {
    const document = trustPolicy({ serviceRoleArn, externalId: world.acme.externalId });
    const remedy = { text: 'Replace it.', policy: { kind: 'trust', document, markedLines: [[11, 15]] } };
    const check = {
      id: 'confused-deputy',
      outcome: 'failed',
      durationMs: 1,
      providerRequestIds: [],
      summary: 'x',
      details: [],
    };
    const { fingerprint } = await db().testReport.findFirstOrThrow({ where: { keyId } });
    const shared = {
      keyId,
      fingerprint,
      testedBy: 'x',
      requestId: 'x',
      startedAt: new Date(0),
      finishedAt: new Date(),
    };
    const id = await insertReport({ ...shared, passed: false, checks: [{ ...check, remedy }] });
    const { report } = must(await readSetup(world.callers.admin, { keyId }));
    expect(JSON.stringify(report?.checks[0]?.remedy?.policy?.document)).toBe(JSON.stringify(document));
    await world.asOwner('DELETE FROM test_report WHERE id = $1', [id]);
  });

  it('moves the chosen apps and leaves the deselected one', async () => {
    const [kept] = world.acme.apps;
    await save(world.callers.admin, keyId, { step: 'apps', values: { mode: 'all-except', ids: [kept?.id ?? ''] } });
    const before = must(
      await encryptItems(world.callers.token, {
        appId: world.acme.apps[1]?.id ?? '',
        items: [{ plaintext: 'aGVsbG8=', context: {} }],
      }),
    );
    await schedule(world, keyId);
    await activate(keyId);
    const page = must(await readEnterpriseKey(world.callers.viewer, { keyId }));
    expect(page.status).toBe('active');
    expect(page.transition).toMatchObject({
      phase: 'done',
      apps: { total: 2, done: 2 },
      dataKeys: { left: 0, failed: 0 },
      records: { total: 8, done: 8, failed: 0, left: 0 },
    });
    expect(page.apps.map((app) => [app.protectedBy.kind, app.records, app.recordsPending])).toEqual([
      ['platform', 4, 0],
      ['version', 4, 0],
      ['version', 4, 0],
    ]);
    // An envelope that left before the transition still opens, and says that it should be sealed again.
    const item = before.items[0];
    const envelope = item && 'envelope' in item ? item.envelope : '';
    const opened = must(
      await decryptItems(world.callers.token, {
        appId: world.acme.apps[1]?.id ?? '',
        items: [{ envelope, context: {} }],
      }),
    );
    expect(opened.items).toEqual([{ plaintext: 'aGVsbG8=', stale: true }]);
    expect(await db().dataKey.count({ where: { tenantId: world.acme.id, keyVersionId: null } })).toBe(1);
  });

  it('reads while the key is enabled, and asks nothing of the app that is not under it', async () => {
    const view = must(await validateApps(world.callers.admin, { keyId }));
    expect(view.apps.map((app) => [app.protectedBy, app.tried, app.opened, app.failure])).toEqual([
      ['Version 1', 4, 4, null],
      ['Version 1', 4, 4, null],
    ]);
    expect(view.health?.state).toBe('healthy');
    const { records } = must(await openRecentRecords(world.callers.admin, { appId: world.acme.apps[2]?.id ?? '' }));
    expect(records.map((record) => record.plaintext).sort()).toEqual([
      'message 0',
      'message 1',
      'message 2',
      'message 3',
    ]);
  });

  it('refuses with the reason once the key is disabled, in caches too', async () => {
    const appId = world.acme.apps[1]?.id ?? '';
    const sealed = must(
      await encryptItems(world.callers.token, { appId, items: [{ plaintext: 'aGVsbG8=', context: {} }] }),
    ).items[0];
    const envelope = sealed && 'envelope' in sealed ? sealed.envelope : '';
    await world.aws.kms('DisableKey', { KeyId: world.aws.keyArn });
    const view = must(await validateApps(world.callers.admin, { keyId }));
    expect(view.apps.map((app) => [app.opened, app.failure?.code])).toEqual([
      [0, 'key-revoked'],
      [0, 'key-revoked'],
    ]);
    expect(view.health).toMatchObject({ state: 'revoked', cause: 'The key is disabled.' });
    const answer = must(await decryptItems(world.callers.token, { appId, items: [{ envelope, context: {} }] }));
    expect(answer.items).toEqual([{ error: { code: 'key-revoked' } }]);
    const fresh = must(
      await encryptItems(world.callers.token, { appId, items: [{ plaintext: 'aGVsbG8=', context: {} }] }),
    );
    expect(fresh.items).toEqual([{ error: { code: 'key-revoked' } }]);
    await world.aws.kms('EnableKey', { KeyId: world.aws.keyArn });
    const again = must(await decryptItems(world.callers.token, { appId, items: [{ envelope, context: {} }] }));
    expect(again.items).toEqual([{ plaintext: 'aGVsbG8=' }]);
    expect(must(await validateApps(world.callers.admin, { keyId })).health?.state).toBe('healthy');
  });
});
