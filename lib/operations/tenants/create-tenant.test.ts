import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Caller } from '../../auth/identify.ts';
import { signIn } from '../../auth/sign-in.ts';
import type { Result } from '../../byok/errors.ts';
import { db } from '../../db/client.ts';
import { changePassword } from '../account/change-password.ts';
import { createApp } from '../apps/create-app.ts';
import { listSelectableApps } from '../apps/list-selectable-apps.ts';
import { encryptItems } from '../data/encrypt-items.ts';
import { listHistory } from '../history/list-history.ts';
import { activate, draft, schedule } from '../testing/walk.ts';
import { makeWorld, must, type World } from '../testing/world.ts';
import { createPerson } from './create-person.ts';
import { createTenant } from './create-tenant.ts';
import { readTenant } from './read-tenant.ts';

const server: Caller = { kind: 'command-line', user: 'deploy' };
let world: World;
let operator: Caller;

beforeAll(async () => {
  world = await makeWorld({ apps: 1, recordsPerApp: 0 });
  operator = world.callers.operator;
}, 60_000);
afterAll(() => world?.close());

const fieldsOf = (result: Result<unknown>) => (result.ok ? 'ok' : result.error.fields);

describe('create-tenant', () => {
  it('makes an external ID of its own, and is the first thing in the tenant’s history', async () => {
    const made = must(
      await createTenant(operator, { name: ' Initech ', homeRegion: 'eu-west-1', regionPolicy: 'warn' }),
    );
    expect(made).toMatchObject({
      name: 'Initech',
      reference: 'initech',
      homeRegion: 'eu-west-1',
      regionPolicy: 'warn',
    });
    const row = await db().tenant.findUniqueOrThrow({ where: { id: made.tenantId } });
    expect(row.externalId).toMatch(/^kw_[\w-]{32}$/);
    expect(await db().auditEvent.findMany({ where: { tenantId: made.tenantId } })).toMatchObject([
      {
        operation: 'create-tenant',
        actor: expect.stringMatching(/^person:/),
        target: made.tenantId,
        after: { name: 'Initech', reference: 'initech', homeRegion: 'eu-west-1', regionPolicy: 'warn' },
      },
    ]);
  });

  it('says beside the field whose name or reference it is', async () => {
    must(await createTenant(operator, { name: 'Umbrella', homeRegion: 'us-east-1', reference: 'crm-1' }));
    const again = { name: 'Umbrella', homeRegion: 'us-east-1', reference: 'crm-1' };
    expect(fieldsOf(await createTenant(operator, again))).toEqual({
      name: expect.stringContaining('“crm-1”'),
      reference: expect.stringContaining('Umbrella'),
    });
    expect(fieldsOf(await createTenant(operator, { ...again, name: 'Other' }))).toEqual({
      reference: expect.anything(),
    });
    expect(fieldsOf(await createTenant(operator, { ...again, reference: 'crm-2' }))).toEqual({
      name: expect.anything(),
    });
  });

  it('takes no region that Keyward does not know, no name without words, and needs a reference where none can be made', async () => {
    expect(fieldsOf(await createTenant(operator, { name: ' ', homeRegion: 'mars-1', reference: 'a b' }))).toEqual({
      name: 'Enter a name.',
      homeRegion: expect.stringContaining('regions'),
      reference: expect.stringContaining('letters'),
    });
    expect(fieldsOf(await createTenant(operator, { name: '株式会社', homeRegion: 'ap-northeast-1' }))).toEqual({
      reference: expect.stringContaining('cannot be turned into one'),
    });
  });

  it('ends with one where two come with the same reference at once', async () => {
    const both = await Promise.all(
      ['Twin A', 'Twin B'].map((name) => createTenant(operator, { name, homeRegion: 'us-east-1', reference: 'twin' })),
    );
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    const lost = both.find(({ ok }) => !ok);
    expect(lost && fieldsOf(lost)).toEqual({ reference: expect.stringMatching(/tenant Twin [AB]/) });
    expect(await db().tenant.count({ where: { reference: 'twin' } })).toBe(1);
  });
});

describe('create-person', () => {
  it('makes an account whose password lets its owner choose a new one and do nothing else', async () => {
    const tenantId = world.acme.id;
    const made = must(await createPerson(operator, { tenantId, email: ' Ann@Acme.Example ', role: 'admin' }));
    expect(made).toMatchObject({ email: 'ann@acme.example', role: 'admin', tenantName: 'Acme' });
    const attempt = { email: 'ann@acme.example', password: made.oneTimePassword, source: '192.0.2.1', requestId: 'r' };
    const signedIn = await signIn(attempt);
    if (signedIn.kind !== 'done') throw new Error(signedIn.kind);
    const ann: Caller = { kind: 'session', sessionId: signedIn.sessionId };
    expect(await listHistory(ann, {})).toMatchObject({ ok: false, error: { code: 'password-change-required' } });
    const changed = must(
      await changePassword(ann, { current: made.oneTimePassword, next: 'willow harbour antenna 42' }),
    );
    const annAgain: Caller = { kind: 'session', sessionId: changed.sessionId };
    const { events } = must(await listHistory(annAgain, { operation: 'create-person' }));
    expect(events).toMatchObject([{ target: made.personId, after: { email: 'ann@acme.example', role: 'admin' } }]);
    expect(JSON.stringify(await db().auditEvent.findMany())).not.toContain(made.oneTimePassword);
  });

  it('names the field: an address that has an account, no address, a role that is the vendor’s, no such tenant', async () => {
    const tenantId = world.acme.id;
    must(await createPerson(operator, { tenantId, email: 'ben@acme.example', role: 'viewer' }));
    const asOther = { tenantId: world.globex.id, email: 'BEN@acme.example', role: 'viewer' } as const;
    expect(fieldsOf(await createPerson(operator, asOther))).toEqual({ email: expect.stringContaining('already') });
    const wrong = { tenantId, email: 'ben', role: 'operator' } as unknown as typeof asOther;
    expect(fieldsOf(await createPerson(operator, wrong))).toEqual({
      email: expect.anything(),
      role: expect.anything(),
    });
    const nowhere = { tenantReference: 'nowhere', email: 'c@acme.example', role: 'viewer' } as const;
    expect(fieldsOf(await createPerson(operator, nowhere))).toEqual({
      tenantReference: 'No tenant has the reference “nowhere”.',
    });
  });

  it('ends with one account where two are made of the same address at once', async () => {
    const both = await Promise.all(
      [world.acme.id, world.globex.id].map((tenantId) =>
        createPerson(operator, { tenantId, email: 'twin@acme.example', role: 'admin' }),
      ),
    );
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
  });
});

describe('create-app', () => {
  const bot = { name: 'Claims assistant', kind: 'bot', reference: 'claims' } as const;

  it('answers the same app for the same reference, and writes that into the history once', async () => {
    const tenantId = world.acme.id;
    const first = must(await createApp(operator, { tenantId, ...bot }));
    expect(first).toMatchObject({ ...bot, created: true });
    expect(must(await createApp(operator, { tenantId, ...bot }))).toEqual({ ...first, created: false });
    const events = await db().auditEvent.findMany({ where: { operation: 'create-app', target: first.appId } });
    expect(events).toMatchObject([{ tenantId, after: bot }]);
    // A reference is unique in its tenant; another tenant may have the same.
    expect(must(await createApp(operator, { tenantId: world.globex.id, ...bot })).appId).not.toBe(first.appId);
  });

  it('refuses another name or kind for a reference, and a name that another reference has', async () => {
    const at = { tenantId: world.acme.id, ...bot };
    must(await createApp(operator, at));
    for (const other of [{ name: 'Other' }, { kind: 'app' as const }]) {
      expect(fieldsOf(await createApp(operator, { ...at, ...other }))).toEqual({
        reference: '“claims” is the reference of the bot “Claims assistant”. Nothing was changed.',
      });
    }
    expect(fieldsOf(await createApp(operator, { ...at, reference: 'claims-2' }))).toEqual({
      name: expect.stringContaining('“claims”'),
    });
  });

  it('ends with one app where several ask for the same reference at once', async () => {
    const asked = { tenantId: world.acme.id, name: 'At once', kind: 'app', reference: 'at-once' } as const;
    const all = await Promise.all(Array.from({ length: 4 }, () => createApp(operator, asked)));
    const apps = all.map((one) => must(one));
    expect(new Set(apps.map(({ appId }) => appId)).size).toBe(1);
    expect(apps.filter(({ created }) => created)).toHaveLength(1);
  });

  it('leaves a new app under the platform key, and out of what an administrator has chosen', async () => {
    await world.applyPolicies();
    const keyId = await draft(world);
    await schedule(world, keyId);
    const tenantId = world.acme.id;
    const ahead = must(await createApp(operator, { tenantId, name: 'Before the date', kind: 'app' }));
    await activate(keyId);
    expect(await db().app.findUniqueOrThrow({ where: { id: ahead.appId } })).toMatchObject({ keyVersionId: null });
    const { appId } = must(await createApp(operator, { tenantId, name: 'Later', kind: 'app' }));
    expect(await db().app.findUniqueOrThrow({ where: { id: appId } })).toMatchObject({ keyVersionId: null });
    const apps = must(await listSelectableApps(world.callers.admin, { keyId }));
    expect(apps.find(({ id }) => id === appId)).toMatchObject({ selected: false });
    const service = await world.makeTokenCaller(tenantId, ['encrypt']);
    must(await encryptItems(service, { appId, items: [{ plaintext: 'AAAA', context: {} }] }));
    const view = must(await readTenant(operator, { tenantId })).apps.rows;
    expect(view.find(({ id }) => id === appId)).toMatchObject({ reference: 'later', keyAlias: null });
    expect(view.some(({ keyAlias }) => keyAlias !== null)).toBe(true);
  });
});

describe('a command on the server', () => {
  it('is named in the history by the operating system’s user, also where it is refused', async () => {
    const { tenantId } = must(await createTenant(server, { name: 'By command', homeRegion: 'us-east-1' }));
    must(await createApp(server, { tenantReference: 'by-command', name: 'A', kind: 'app' }));
    must(await createPerson(server, { tenantReference: 'by-command', email: 'a@by-command.example', role: 'admin' }));
    const events = await db().auditEvent.findMany({ where: { tenantId } });
    expect(events.map(({ operation }) => operation).sort()).toEqual(['create-app', 'create-person', 'create-tenant']);
    for (const event of events) expect(event).toMatchObject({ actor: 'command line (deploy)', actorRole: 'operator' });
    await createTenant(server, { name: 'By command', homeRegion: 'us-east-1' });
    expect(
      await db().auditEvent.findFirst({
        where: { outcome: 'refused', operation: 'create-tenant' },
        orderBy: { at: 'desc' },
      }),
    ).toMatchObject({
      actor: 'command line (deploy)',
      code: 'invalid-input',
    });
  });
});

describe('what a tenant’s page lists', () => {
  it('comes by pages; one past the end is the last', async () => {
    const { tenantId } = must(await createTenant(server, { name: 'Many', homeRegion: 'us-east-1' }));
    await db().app.createMany({
      data: Array.from({ length: 51 }, (_, n) => ({
        tenantId,
        name: `App ${String(n).padStart(2, '0')}`,
        kind: 'app' as const,
      })),
    });
    const first = must(await readTenant(operator, { tenantId }));
    expect(first.apps).toMatchObject({ total: 51, page: 1, pages: 2 });
    expect(first.apps.rows).toHaveLength(50);
    expect(first.people).toEqual({ rows: [], total: 0, page: 1, pages: 1 });
    expect(must(await readTenant(operator, { tenantId, appsPage: 9 })).apps).toMatchObject({
      page: 2,
      rows: [{ name: 'App 50' }],
    });
  });
});
