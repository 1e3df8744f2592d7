import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appendAudit } from '../../db/audit-store.ts';
import { db, transaction } from '../../db/client.ts';
import { openRecentRecords } from '../data/open-recent-records.ts';
import { createKey } from '../keys/create-key.ts';
import { saveStep } from '../setup/save-step.ts';
import { draft } from '../testing/walk.ts';
import { makeWorld, type World } from '../testing/world.ts';
import { createToken } from '../tokens/create-token.ts';
import { eventOf } from './testing/events-of.ts';

let world: World;
let appId: string;

beforeAll(async () => {
  world = await makeWorld({ apps: 1, recordsPerApp: 1 });
  appId = world.acme.apps[0]?.id ?? '';
});
afterAll(() => world?.close());

describe('a refused command', () => {
  it.each([
    ['by who may not', () => createKey(world.callers.viewer, {}), 'forbidden'],
    ['of something that is not there', () => openRecentRecords(world.callers.foreignAdmin, { appId }), 'not-found'],
    [
      'with a wrong input',
      () => createToken(world.callers.operator, { tenantId: '', name: '', actions: [] }),
      'invalid-input',
    ],
  ])('%s leaves one event with its code, and the request ID that the caller was told', async (_, command, code) => {
    let requestId = '';
    const event = await eventOf(async () => {
      const result = await command();
      if (!result.ok) requestId = result.error.requestId;
    });
    expect(event).toMatchObject({ outcome: 'refused', code, requestId });
  });

  it('that fails inside its transaction leaves no change and no event of success', async () => {
    const [first, second] = [await draft(world), await draft(world)];
    const { alias, revision } = await db().enterpriseKey.findUniqueOrThrow({ where: { id: first } });
    const values = {
      provider: 'aws',
      authMode: 'assume-role',
      region: 'us-east-1',
      accountId: '111122223333',
    } as const;
    const taken = {
      keyId: second,
      revision,
      step: 'provider',
      values: { ...values, roleName: 'Changed', alias, description: '' },
    } as const;
    const event = await eventOf(() => saveStep(world.callers.admin, taken));
    expect(event).toMatchObject({ operation: 'save-step', outcome: 'refused', code: 'invalid-input' });
    const kept = await db().keyConfiguration.findFirstOrThrow({ where: { keyId: second } });
    expect(kept.entered).toMatchObject({ roleName: 'BYOK_Role' });
  });

  it('rolled back takes its event with it', async () => {
    const entry = {
      tenantId: null,
      actor: 'x',
      actorRole: 'x',
      operation: 'x',
      outcome: 'done',
      requestId: 'x',
    } as const;
    const failing = transaction(async (tx) => {
      await appendAudit(entry, tx);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await db().auditEvent.count({ where: { operation: 'x' } })).toBe(0);
  });
});

describe('the history', () => {
  it.each([
    ['changed', 'UPDATE audit_event SET actor = actor'],
    ['deleted', 'DELETE FROM audit_event'],
    ['emptied', 'TRUNCATE audit_event'],
  ])('cannot be %s by the application’s role', async (_, statement) => {
    const before = await db().auditEvent.count();
    await expect(db().$executeRawUnsafe(statement)).rejects.toThrow(/permission denied|42501/);
    expect(await db().auditEvent.count()).toBe(before);
  });
});
