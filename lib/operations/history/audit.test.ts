import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { password } from '../../auth/testing/password.ts';
import { message } from '../../byok/messages/catalogue.ts';
import { personWho } from '../../byok/who.ts';
import { db } from '../../db/client.ts';
import { changePassword } from '../account/change-password.ts';
import { readMe } from '../account/read-me.ts';
import { assignApp } from '../apps/assign-app.ts';
import { validateApps } from '../apps/validate-apps.ts';
import { checkAuthorizationProfile } from '../data/check-authorization-profile.ts';
import { openRecentRecords } from '../data/open-recent-records.ts';
import { createKey } from '../keys/create-key.ts';
import { deleteKey } from '../keys/delete-key.ts';
import { makeIrreversible } from '../keys/make-irreversible.ts';
import { renameKey } from '../keys/rename-key.ts';
import { createCustomerKey } from '../setup/create-customer-key.ts';
import { discardChanges } from '../setup/discard-changes.ts';
import { dismissKeyCreation } from '../setup/dismiss-key-creation.ts';
import { notePolicyScope } from '../setup/note-policy-scope.ts';
import { saveStep } from '../setup/save-step.ts';
import { scheduleKey } from '../setup/schedule-key.ts';
import { verifySetUpStep } from '../setup/verify-set-up-step.ts';
import { readTenant } from '../tenants/read-tenant.ts';
import { setRegionRule } from '../tenants/set-region-rule.ts';
import { allowCreation, draftWithoutKey, revisionOfDraft } from '../testing/created-key.ts';
import { activate, draft, save, test } from '../testing/walk.ts';
import { makeWorld, must, storeRecords, type World } from '../testing/world.ts';
import { createToken } from '../tokens/create-token.ts';
import { revokeToken } from '../tokens/revoke-token.ts';
import { listHistory } from './list-history.ts';
import { eventOf, eventsOf } from './testing/events-of.ts';

const now = { step: 'date', values: { choice: 'now' } } as const;
let world: World;
let appId: string;
let who: string;

beforeAll(async () => {
  world = await makeWorld({ apps: 2, recordsPerApp: 2 });
  await world.applyPolicies();
  appId = world.acme.apps[0]?.id ?? '';
  const { email } = must(await readMe(world.callers.admin, {}));
  who = personWho((await db().user.findUniqueOrThrow({ where: { email } })).id);
});
afterAll(() => world?.close());

describe('each command leaves one event, with what was and what is', () => {
  let keyId: string;
  const revision = async () => (await db().enterpriseKey.findUniqueOrThrow({ where: { id: keyId } })).revision;

  it('create-key and discard-changes', async () => {
    const made = await eventOf(async () => {
      keyId = must(await createKey(world.callers.admin, {})).keyId;
    });
    expect(made).toMatchObject({ operation: 'create-key', target: keyId, after: { state: 'draft' }, actor: who });
    const gone = await eventOf(async () => must(await discardChanges(world.callers.admin, { keyId, revision: 1 })));
    expect(gone).toMatchObject({ operation: 'discard-changes', target: keyId, before: { state: 'draft' } });
  });

  it('rename-key and delete-key', async () => {
    keyId = must(await createKey(world.callers.admin, {})).keyId;
    const values = { keyId, revision: 1, values: { alias: 'renamed', description: 'told' } };
    const renamed = await eventOf(async () => must(await renameKey(world.callers.admin, values)));
    expect(renamed).toMatchObject({ operation: 'rename-key', target: keyId, after: { alias: 'renamed' } });
    const deleted = await eventOf(async () => must(await deleteKey(world.callers.admin, { keyId, revision: 2 })));
    expect(deleted).toMatchObject({ operation: 'delete-key', target: keyId, before: { alias: 'renamed' } });
    const { events, next } = must(await listHistory(world.callers.admin, { keyId, limit: 2 }));
    expect(events.map(({ operation, target }) => [operation, target])).toEqual([
      ['delete-key', keyId],
      ['rename-key', keyId],
    ]);
    const rest = must(await listHistory(world.callers.admin, { keyId, ...(next ? { before: next } : {}) }));
    expect(rest.events.map(({ operation }) => operation)).toEqual(['create-key']);
    expect(must(await listHistory(world.callers.foreignAdmin, { keyId })).events).toEqual([]);
  });

  it('save-step', async () => {
    keyId = await draft(world);
    await save(world.callers.admin, keyId, now);
    const later = {
      choice: 'at',
      localDateTime: `${new Date().getUTCFullYear() + 1}-06-01T12:00`,
      timeZone: 'UTC',
    } as const;
    const values = { keyId, revision: await revision(), step: 'date', values: later } as const;
    const event = await eventOf(async () => must(await saveStep(world.callers.admin, values)));
    expect(event).toMatchObject({ operation: 'save-step', target: keyId, before: { enforcement: 'now' } });
    expect(event.after).toMatchObject({ step: 'date', enforcement: expect.stringMatching(/-06-01T12:00:00/) });
    await save(world.callers.admin, keyId, now);
  });

  it('test-configuration', async () => {
    const event = await eventOf(() => test(world.callers.admin, keyId));
    expect(event).toMatchObject({ operation: 'test-configuration', target: keyId, after: { outcome: 'passed' } });
    expect(event.providerRequestIds.length).toBeGreaterThan(5);
  });

  it('verify-set-up-step and note-policy-scope', async () => {
    const verified = await eventOf(async () => {
      for await (const event of await verifySetUpStep(world.callers.admin, { keyId, step: 'role' })) void event;
    });
    expect(verified).toMatchObject({
      operation: 'verify-set-up-step',
      target: keyId,
      after: { step: 'role', outcome: 'verified', checks: { 'confused-deputy': 'passed' } },
    });
    expect(verified.providerRequestIds.length).toBeGreaterThan(3);
    const chosen = { keyId, choice: 'scope', said: { note: 'any-key' } };
    const wide = await eventOf(async () => must(await notePolicyScope(world.callers.admin, chosen)));
    expect(wide).toMatchObject({ operation: 'note-policy-scope', target: keyId, after: { resource: '*' } });
    const said = { keyId, choice: 'scope', said: { note: 'narrowed', how: 'said' } };
    const narrowed = await eventOf(async () => must(await notePolicyScope(world.callers.admin, said)));
    expect(narrowed).toMatchObject({
      before: { resource: '*' },
      after: { resource: message('this-key'), how: 'said' },
    });
  });

  it('schedule-key, and what Keyward does at the date', async () => {
    const values = { keyId, revision: await revision(), acknowledged: [] };
    const event = await eventOf(async () => must(await scheduleKey(world.callers.admin, values)));
    expect(event).toMatchObject({
      operation: 'schedule-key',
      before: { state: 'draft' },
      after: { state: 'scheduled', apps: 2 },
    });
    const [active, finished] = await eventsOf(() => activate(keyId));
    expect(active).toMatchObject({
      operation: 'activate-key',
      actor: 'Keyward',
      before: { state: 'scheduled' },
      after: { state: 'active' },
    });
    expect(finished).toMatchObject({
      operation: 'finish-activation',
      after: { apps: 2, records: 4, dataKeysDeleted: 2 },
    });
  });

  it('validate-apps, open-recent-records and check-authorization-profile', async () => {
    const validated = await eventOf(async () => must(await validateApps(world.callers.admin, { keyId })));
    expect(validated).toMatchObject({ operation: 'validate-apps', after: { apps: 2, tried: 4, opened: 4 } });
    const opened = await eventOf(async () => must(await openRecentRecords(world.callers.admin, { appId })));
    expect(opened).toMatchObject({ operation: 'open-recent-records', target: appId, after: { records: 2 } });
    const secret = JSON.stringify({ userName: 'robot', password: 'planted-secret' });
    await storeRecords({ tenantId: world.acme.id, appId }, 1, () => secret, 'authorization-profile');
    const profile = await db().appRecord.findFirstOrThrow({ where: { kind: 'authorization_profile' } });
    const typed = { profileId: profile.id, userName: 'robot', password: 'typed-secret' };
    const checked = await eventOf(async () => must(await checkAuthorizationProfile(world.callers.admin, typed)));
    expect(checked).toMatchObject({ operation: 'check-authorization-profile', after: { matches: false } });
  });

  it('assign-app, with the requests that proved the key', async () => {
    const from = { keyId, revision: await revision() };
    const event = await eventOf(async () => must(await assignApp(world.callers.admin, { appId, from, to: null })));
    expect(event).toMatchObject({
      operation: 'assign-app',
      target: appId,
      before: { protectedBy: { code: 'key-version', args: { version: 1 } } },
      after: { protectedBy: message('platform-key') },
    });
    expect(event.providerRequestIds.length).toBeGreaterThan(0);
    await activate(keyId);
  });

  it('create-customer-key and dismiss-key-creation', async () => {
    await allowCreation(world);
    const draftId = await draftWithoutKey(world);
    const input = { keyId: draftId, revision: await revisionOfDraft(world, draftId), aliasName: '' };
    let keyRef = '';
    const made = await eventOf(async () => {
      ({ keyRef } = must(await createCustomerKey(world.callers.admin, input)));
    });
    expect(made).toMatchObject({
      operation: 'create-customer-key',
      target: draftId,
      after: { keyArn: keyRef, state: 'adopted' },
    });
    expect(made.providerRequestIds.length).toBeGreaterThan(1);
    must(await deleteKey(world.callers.admin, { keyId: draftId, revision: await revisionOfDraft(world, draftId) }));
    const { id: creationId } = await db().keyCreation.findFirstOrThrow({ where: { keyRef } });
    const gone = await eventOf(async () => must(await dismissKeyCreation(world.callers.admin, { creationId })));
    expect(gone).toMatchObject({ operation: 'dismiss-key-creation', target: creationId, after: { askedAws: false } });
  });

  it('create-token, revoke-token and a look into a tenant, in that tenant’s history', async () => {
    const tenantId = world.acme.id;
    const values = { tenantId, name: 'batch', actions: ['encrypt' as const] };
    let tokenId = '';
    const made = await eventOf(async () => {
      tokenId = must(await createToken(world.callers.operator, values)).row.id;
    });
    expect(made).toMatchObject({ operation: 'create-token', tenantId, target: tokenId, after: { name: 'batch' } });
    const gone = await eventOf(async () => must(await revokeToken(world.callers.operator, { tokenId })));
    expect(gone).toMatchObject({ operation: 'revoke-token', tenantId, target: tokenId, before: { name: 'batch' } });
    const look = await eventOf(async () => must(await readTenant(world.callers.support, { tenantId })));
    expect(look).toMatchObject({ operation: 'read-tenant', tenantId, target: tenantId, actorRole: 'support' });
  });

  it('set-region-rule in the tenant’s own history, and make-irreversible for a key and for all of them', async () => {
    const tenantId = world.acme.id;
    const rule = await eventOf(async () =>
      must(await setRegionRule(world.callers.operator, { tenantId, regionPolicy: 'warn' })),
    );
    expect(rule).toMatchObject({
      operation: 'set-region-rule',
      tenantId,
      target: tenantId,
      actorRole: 'operator',
      before: { regionPolicy: 'refuse' },
      after: { regionPolicy: 'warn' },
    });
    const values = { scope: 'key', keyId, revision: await revision() } as const;
    const key = await eventOf(async () => must(await makeIrreversible(world.callers.admin, values)));
    expect(key).toMatchObject({ operation: 'make-irreversible', target: keyId, after: { irreversible: true } });
    const tenant = await eventOf(async () => must(await makeIrreversible(world.callers.admin, { scope: 'tenant' })));
    expect(tenant).toMatchObject({ operation: 'make-irreversible', target: tenantId, after: { irreversible: true } });
  });

  it('change-password', async () => {
    const values = { current: password, next: 'another long password' };
    const event = await eventOf(async () => {
      const { sessionId } = must(await changePassword(world.callers.foreignAdmin, values));
      // The session that it was changed from has ended.
      world.callers.foreignAdmin = { kind: 'session', sessionId };
    });
    expect(event).toMatchObject({ operation: 'change-password', tenantId: world.globex.id });
  });

  it('and none of them holds a secret', async () => {
    const all = JSON.stringify(await db().auditEvent.findMany());
    for (const secret of ['planted-secret', 'typed-secret', password, 'another long password', 'message 0'])
      expect(all).not.toContain(secret);
  });
});
