import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { db } from '../../db/client.ts';
import { runTransition } from '../../jobs/run-transition.ts';
import { type ActiveKey, makeActiveKey } from '../../jobs/testing/active-key.ts';
import { takeCensus } from '../../jobs/testing/census.ts';
import { listHistory } from '../history/list-history.ts';
import { readEnterpriseKey } from '../keys/read-enterprise-key.ts';
import { rotate } from '../testing/rotation.ts';
import { makeCaller, makeWorld, must, storeRecords, type World } from '../testing/world.ts';
import { pauseMove } from '../transitions/pause-move.ts';
import { resumeMove } from '../transitions/resume-move.ts';
import { rekeyApp } from './rekey-app.ts';

let world: World;
let key: ActiveKey;
let n = 0;

beforeAll(async () => {
  world = await makeWorld({ apps: 1, recordsPerApp: 2 });
}, 60_000);
afterAll(() => world?.close());
beforeEach(async () => {
  key = await makeActiveKey(world, `Rekeying ${++n}`, { apps: 2, keysPerApp: 1, recordsPerKey: 3 });
}, 60_000);

const run = (transitionId: string) => runTransition(transitionId, new AbortController().signal);
const page = async () => must(await readEnterpriseKey(key.admin, { keyId: key.keyId }));
const appId = () => key.tenant.apps[0]?.id ?? '';
const currentOf = async (app: string) =>
  (await db().dataKey.findFirstOrThrow({ where: { appId: app, state: 'current' } })).id;

describe('a rekey', () => {
  it('starts a fresh data key; what exists stays where it is, and opens', async () => {
    const before = await currentOf(appId());
    const { transitionId } = must(await rekeyApp(key.admin, { appId: appId(), reencrypt: false }));
    expect((await page()).apps[0]?.rekey).toMatchObject({ kind: 'rekey', apps: { total: 1, done: 0 } });
    expect(await page()).toMatchObject({ state: 'active', status: 'active', transition: { kind: 'activate' } });
    await run(transitionId);
    expect(await currentOf(appId())).not.toBe(before);
    expect((await page()).apps[0]).toMatchObject({ rekey: null, dataKeys: 2, records: 3, recordsPending: 3 });
    await storeRecords({ tenantId: key.tenant.id, appId: appId() }, 1);
    expect(await takeCensus(key.tenant.id)).toMatchObject({ records: 7, open: 7, underOldKeys: 3 });
  }, 60_000);

  it('seals stored records again where that was asked for, and the old data key goes', async () => {
    must(await rekeyApp(key.admin, { appId: appId(), reencrypt: true }));
    const { id } = await db().transition.findFirstOrThrow({ where: { keyId: key.keyId, kind: 'rekey' } });
    await run(id);
    expect((await page()).apps[0]).toMatchObject({ dataKeys: 1, records: 3, recordsPending: 0 });
    expect(await takeCensus(key.tenant.id)).toMatchObject({ records: 6, open: 6, underOldKeys: 0 });
  }, 60_000);

  it('works for an app on the platform key, and asks nothing of AWS', async () => {
    const [app] = world.acme.apps;
    const calls = (await world.aws.calls()).length;
    const { transitionId } = must(await rekeyApp(world.callers.admin, { appId: app?.id ?? '', reencrypt: true }));
    await run(transitionId);
    expect((await world.aws.calls()).length).toBe(calls);
    expect(await takeCensus(world.acme.id)).toEqual({
      records: 2,
      open: 2,
      dataKeys: 1,
      wrappedBy: { platform: 1 },
      underOldKeys: 0,
    });
  }, 60_000);

  it('is refused while data of the app is on its way elsewhere; not where that is stuck', async () => {
    const { transitionId } = must(await rekeyApp(key.admin, { appId: appId(), reencrypt: false }));
    await db().transition.update({ where: { id: transitionId }, data: { kind: 'select_apps' } });
    const answer = await rekeyApp(key.admin, { appId: appId(), reencrypt: false });
    const reason = expect.stringContaining('Data of this app is being moved');
    expect(answer).toMatchObject({ ok: false, error: { code: 'not-allowed-in-state', details: { reason } } });
    await db().transition.update({
      where: { id: transitionId },
      data: { failureCode: 'key-revoked', failureDetail: 'x' },
    });
    must(await rekeyApp(key.admin, { appId: appId(), reencrypt: false }));
  }, 60_000);

  it('is refused while the key rotates', async () => {
    await rotate(key.admin, key.keyId, { keyArn: world.aws.keyArn, roleArn: world.aws.roleArn });
    const answer = await rekeyApp(key.admin, { appId: appId(), reencrypt: false });
    expect(answer).toMatchObject({ ok: false, error: { code: 'not-allowed-in-state' } });
  }, 60_000);
});

describe('pause and resume', () => {
  it('a paused transition does nothing until it is resumed, says by whom, and goes on to its end', async () => {
    const { transitionId } = await rotate(key.admin, key.keyId, {
      keyArn: world.aws.keyArn,
      roleArn: world.aws.roleArn,
    });
    const colleague = await makeCaller('admin', key.tenant.id);
    must(await pauseMove(colleague, { transitionId }));
    await run(transitionId);
    const paused = await page();
    expect(paused).toMatchObject({
      state: 'rotating',
      transition: { paused: { by: expect.stringMatching(/^admin-/) }, apps: { done: 0 } },
    });
    expect(paused.commands.revert).toMatchObject({
      allowed: false,
      reason: expect.stringMatching(/was paused by .* resume it/),
    });
    must(await resumeMove(key.admin, { transitionId }));
    await run(transitionId);
    expect(await page()).toMatchObject({ state: 'active', transition: { phase: 'done', paused: null } });
    const { events } = must(await listHistory(key.admin, {}));
    const told = events
      .filter((event) => /-move$/.test(event.operation))
      .map((event) => [event.operation, event.after]);
    expect(told).toEqual([
      ['resume-move', expect.objectContaining({ kind: 'rotate', paused: false })],
      ['pause-move', expect.objectContaining({ kind: 'rotate', paused: true })],
    ]);
    for (const command of [pauseMove, resumeMove])
      expect(await command(key.admin, { transitionId })).toMatchObject({
        ok: false,
        error: { code: 'not-allowed-in-state', details: { reason: expect.stringMatching(/finished/) } },
      });
  }, 60_000);

  it('resuming one that waits for its next try lets it try at once', async () => {
    const { transitionId } = must(await rekeyApp(key.admin, { appId: appId(), reencrypt: false }));
    await db().transition.update({
      where: { id: transitionId },
      data: { failureCode: 'key-outage', failureDetail: 'x', nextTryAt: new Date(Date.now() + 300_000) },
    });
    await run(transitionId);
    expect((await page()).apps[0]?.rekey).toMatchObject({ apps: { done: 0 } });
    must(await resumeMove(key.admin, { transitionId }));
    await run(transitionId);
    expect((await page()).apps[0]?.rekey).toBeNull();
  }, 60_000);
});
