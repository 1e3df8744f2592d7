import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { db } from '../db/client.ts';
import { parseEnvelope } from '../envelope/format.ts';
import { decryptItems } from '../operations/data/decrypt-items.ts';
import { encryptItems } from '../operations/data/encrypt-items.ts';
import { readSetup } from '../operations/setup/read-setup.ts';
import { saveStep } from '../operations/setup/save-step.ts';
import { scheduleKey } from '../operations/setup/schedule-key.ts';
import { save, schedule, test } from '../operations/testing/walk.ts';
import { makeWorld, must, storeRecords, type World } from '../operations/testing/world.ts';
import { runTransition } from './run-transition.ts';
import { takeCensus } from './testing/census.ts';
import { type DueKey, makeDueKey, pageOf, stopInTheMiddle, tryNow, until, versionOf } from './testing/due-key.ts';
import { expectWhole } from './testing/expect-whole.ts';

const later = {
  choice: 'at',
  localDateTime: `${new Date().getUTCFullYear() + 2}-01-01T00:00`,
  timeZone: 'Europe/Berlin',
} as const;
const signal = new AbortController().signal;
let world: World;
let tenants = 0;
let due: DueKey;

beforeAll(async () => {
  world = await makeWorld({ recordsPerApp: 0 });
});
afterAll(() => world?.close());
beforeEach(async () => {
  due = await makeDueKey(world, `Tenant ${++tenants}`);
});

describe('two workers at once', () => {
  it('do nothing twice', async () => {
    await world.aws.send('DELETE', 'calls');
    await Promise.all([1, 2, 3].map(() => runTransition(due.transitionId, signal)));
    await expectWhole(due, 18);
    expect(await births()).toEqual(new Set(due.tenant.apps.map((app) => app.id)));
    expect(await events('activate-key')).toBe(1);
    expect(await events('finish-activation')).toBe(1);
  });

  it('the one that loses its lock stops, and the other finishes', async () => {
    await world.aws.faults({ kind: 'latency', ms: 40 });
    const first = runTransition(due.transitionId, signal).then(
      () => 'ended',
      () => 'stopped',
    );
    await until(() => versionOf(due));
    const lost = await db().$queryRaw<object[]>`
      SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE application_name = 'keyward-lock' AND datname = current_database()`;
    expect(lost).toHaveLength(1);
    expect(await first).toBe('stopped');
    expect((await pageOf(due)).transition).toMatchObject({ finishedAt: null, attempts: 0, failure: null });
    await world.aws.faults();
    await tryNow(due.transitionId);
    await expectWhole(due, 18);
  });
});

describe('writers during an activation', { timeout: 90_000 }, () => {
  it('lose nothing, and no app seals under the platform key once it was switched', async () => {
    const before = new Set((await db().dataKey.findMany({ where: { tenantId: due.tenant.id } })).map((key) => key.id));
    const token = await world.makeTokenCaller(due.tenant.id, ['encrypt', 'decrypt']);
    const sent: { appId: string; envelope: string; text: string }[] = [];
    const late: string[] = [];
    let writing = true;
    let stored = 0;
    const write = async (appId: string) => {
      for (let n = 0; writing; n++) {
        const { keyVersionId } = await db().app.findUniqueOrThrow({ where: { id: appId } });
        const text = Buffer.from(`${appId} ${n}`).toString('base64');
        const [item] = must(
          await encryptItems(token, { appId, items: [{ plaintext: text, context: { n: `${n}` } }] }),
        ).items;
        if (!item || !('envelope' in item)) throw new Error(`refused: ${JSON.stringify(item)}`);
        sent.push({ appId, envelope: item.envelope, text });
        const { dataKeyId } = parseEnvelope(Buffer.from(item.envelope, 'base64'));
        if (keyVersionId && before.has(dataKeyId)) late.push(dataKeyId);
        // Sealed under a data key that was replaced meanwhile: not stored, sealed again.
        await storeRecords({ tenantId: due.tenant.id, appId }, 2).then(
          () => {
            stored += 2;
          },
          (error: Error) => expect(error.message).toMatch(/^stored 0 of 2/),
        );
      }
    };
    const writers = Promise.all(due.tenant.apps.map((app) => write(app.id)));
    await world.aws.faults({ kind: 'latency', ms: 20 });
    await until(async () => {
      await tryNow(due.transitionId);
      return (await pageOf(due)).transition.finishedAt;
    });
    writing = false;
    await writers;
    await world.aws.faults();
    expect(late).toEqual([]);
    expect(sent.length).toBeGreaterThan(6);
    for (const { appId, envelope, text } of sent) {
      const index = sent.filter((other) => other.appId === appId).findIndex((other) => other.envelope === envelope);
      const items = [{ envelope, context: { n: `${index}` } }];
      const [opened] = must(await decryptItems(token, { appId, items })).items;
      expect(opened).toMatchObject({ plaintext: text });
    }
    const census = await takeCensus(due.tenant.id);
    expect(census).toMatchObject({ records: 18 + stored, open: 18 + stored, underOldKeys: 0 });
    expect(Object.keys(census.wrappedBy)).toEqual([await versionOf(due)]);
  });
});

describe('edits beside an activation', () => {
  it('what was scheduled stands until the copy passes and is proceeded with; then the former activation is cancelled', async () => {
    const { admin, keyId } = due;
    const standing = (await pageOf(due)).standing;
    await save(admin, keyId, { step: 'connect', values: { keyArn: world.aws.aliasArn, roleArn: world.aws.roleArn } });
    await save(admin, keyId, { step: 'date', values: later });
    expect(await pageOf(due)).toMatchObject({ state: 'scheduled', hasWorkingCopy: true, standing });
    const { key } = must(await readSetup(admin, { keyId }));
    const untested = await scheduleKey(admin, { keyId, revision: key.revision, acknowledged: [] });
    expect(untested).toMatchObject({ ok: false, error: { code: 'test-required' } });
    expect((await pageOf(due)).standing).toEqual(standing);
    await test(admin, keyId);
    await proceed();
    expect(await pageOf(due)).toMatchObject({ hasWorkingCopy: false, standing: { keyArn: world.aws.aliasArn } });
    await tryNow(due.transitionId);
    expect(await pageOf(due)).toMatchObject({ state: 'scheduled', versionNumber: null });
    expect(await db().transition.count({ where: { keyId, cancelledAt: null } })).toBe(1);
  });

  it('a new date that comes during the test at the former one wins', async () => {
    await save(due.admin, due.keyId, { step: 'date', values: later });
    await world.aws.faults({ kind: 'latency', ms: 150 });
    const run = runTransition(due.transitionId, signal);
    await proceed();
    await run;
    await world.aws.faults();
    expect(await pageOf(due)).toMatchObject({ state: 'scheduled', status: 'scheduled', versionNumber: null });
    expect(await takeCensus(due.tenant.id)).toMatchObject({ open: 18, wrappedBy: { platform: 6 } });
  });

  it('a try that fails does not hide the test of the copy that is to fix it', async () => {
    await world.aws.kms('DisableKey', { KeyId: world.aws.keyArn });
    await tryNow(due.transitionId);
    await world.aws.kms('EnableKey', { KeyId: world.aws.keyArn });
    const values = { keyArn: world.aws.aliasArn, roleArn: world.aws.roleArn };
    await save(due.admin, due.keyId, { step: 'connect', values });
    await test(due.admin, due.keyId);
    await world.aws.kms('DisableKey', { KeyId: world.aws.keyArn });
    await tryNow(due.transitionId);
    await world.aws.kms('EnableKey', { KeyId: world.aws.keyArn });
    const setup = must(await readSetup(due.admin, { keyId: due.keyId }));
    expect(setup).toMatchObject({ report: { passed: true, stale: false }, obstacles: [] });
    await proceed();
    const open = await db().transition.findFirstOrThrow({ where: { keyId: due.keyId, cancelledAt: null } });
    await tryNow(open.id);
    expect(await pageOf(due)).toMatchObject({ status: 'active', standing: { pinnedKeyRef: world.aws.keyArn } });
  });

  it('is refused once the key is active, in the middle of the activation too', async () => {
    const { admin, keyId } = due;
    await stopInTheMiddle(world, due);
    const { revision } = await pageOf(due);
    const edit = await saveStep(admin, { keyId, revision, step: 'date', values: later });
    const again = await scheduleKey(admin, { keyId, revision, acknowledged: [] });
    for (const answer of [edit, again])
      expect(answer).toMatchObject({ ok: false, error: { code: 'not-allowed-in-state' } });
    await tryNow(due.transitionId);
    await expectWhole(due, 18);
  });

  it('proceeding again with nothing changed leaves one activation', async () => {
    await schedule(world, due.keyId, due.admin);
    expect(await db().transition.count({ where: { keyId: due.keyId, cancelledAt: null } })).toBe(1);
  });
});

async function proceed(): Promise<void> {
  const { key, report } = must(await readSetup(due.admin, { keyId: due.keyId }));
  const given = { keyId: due.keyId, revision: key.revision, acknowledged: report?.warnings ?? [] };
  must(await scheduleKey(due.admin, given));
}

/** Apps for which the key made a data key, each seen once; fails where one was made twice. */
async function births(): Promise<Set<string>> {
  const apps = (await world.aws.calls())
    .filter((call) => call.eventName === 'GenerateDataKey' && !call.errorCode)
    .map((call) => (call.requestParameters as { encryptionContext: Record<string, string> }).encryptionContext)
    .map((context) => context['keyward:app'] ?? '')
    .filter((app) => due.tenant.apps.some(({ id }) => id === app));
  expect(apps).toHaveLength(new Set(apps).size);
  return new Set(apps);
}

function events(operation: string): Promise<number> {
  return db().auditEvent.count({ where: { tenantId: due.tenant.id, operation } });
}
