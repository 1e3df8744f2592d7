import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Caller } from '../../auth/identify.ts';
import type { Result } from '../../byok/errors.ts';
import { db } from '../../db/client.ts';
import { type ActiveKey, makeActiveKey } from '../../jobs/testing/active-key.ts';
import { takeCensus } from '../../jobs/testing/census.ts';
import { readMe } from '../account/read-me.ts';
import { rekeyApp } from '../apps/rekey-app.ts';
import { updateApps } from '../apps/update-apps.ts';
import { readEnterpriseKey } from '../keys/read-enterprise-key.ts';
import { revertKey } from '../keys/revert-key.ts';
import { prepareRotation } from '../rotation/prepare-rotation.ts';
import { rotateKey } from '../rotation/rotate-key.ts';
import { discardChanges } from '../setup/discard-changes.ts';
import { prepareTested, revisionOf } from '../testing/rotation.ts';
import { activate } from '../testing/walk.ts';
import { makeCaller, makeWorld, must, type World } from '../testing/world.ts';
import { pauseMove } from './pause-move.ts';

let world: World;
let n = 0;

beforeAll(async () => {
  world = await makeWorld({ apps: 1, recordsPerApp: 0 });
}, 60_000);
afterAll(() => world?.close());

type At = { key: ActiveKey; revision: number };
type Command = (caller: Caller, at: At) => Promise<Result<unknown>>;

const commands = {
  rotate: (caller, { key, revision }) =>
    rotateKey(caller, { keyId: key.keyId, revision, acknowledged: ['context'], reencrypt: false }),
  revert: (caller, { key, revision }) => revertKey(caller, { keyId: key.keyId, revision }),
  'update apps': (caller, { key, revision }) => {
    const ids = [key.tenant.apps[0]?.id ?? ''];
    return updateApps(caller, { keyId: key.keyId, revision, selection: { mode: 'only', ids } });
  },
  'prepare a rotation': (caller, { key, revision }) => {
    const values = { region: 'us-east-1', roleArn: world.aws.roleArn, keyArn: world.aws.aliasArn };
    return prepareRotation(caller, { keyId: key.keyId, revision, values });
  },
  'discard a rotation': (caller, { key, revision }) => discardChanges(caller, { keyId: key.keyId, revision }),
} as const satisfies Record<string, Command>;

const changes = {
  rotate: 'rotated it',
  revert: 'reverted it to None',
  'update apps': 'changed its apps',
  'prepare a rotation': 'prepared a rotation of it',
  'discard a rotation': 'discarded changes to it',
} as const satisfies Record<keyof typeof commands, string>;

const pairs: [keyof typeof commands, keyof typeof commands][] = [
  ['rotate', 'rotate'],
  ['rotate', 'revert'],
  ['rotate', 'update apps'],
  ['rotate', 'prepare a rotation'],
  ['rotate', 'discard a rotation'],
  ['update apps', 'update apps'],
  ['update apps', 'revert'],
  ['revert', 'revert'],
  ['revert', 'prepare a rotation'],
];

describe('two administrators at once', () => {
  it.each(pairs)(
    '%s against %s: one wins, the other is told who and what, nothing is half done',
    async (one, other) => {
      const key = await makeActiveKey(world, `Rivals ${++n}`, { apps: 2, keysPerApp: 1, recordsPerKey: 2 });
      const colleague = await makeCaller('admin', key.tenant.id);
      await prepareTested(key.admin, key.keyId, { keyArn: world.aws.keyArn, roleArn: world.aws.roleArn });
      const at = { key, revision: await revisionOf(key.admin, key.keyId) };
      const emails = [must(await readMe(key.admin, {})).email, must(await readMe(colleague, {})).email];
      const results = await Promise.all([commands[one](key.admin, at), commands[other](colleague, at)]);

      const winner = results.findIndex((result) => result.ok);
      expect(results.map((result) => (result.ok ? 'ok' : result.error.code)).sort()).toEqual(['conflict', 'ok']);
      const details = { by: emails[winner], change: changes[winner === 0 ? one : other], revision: at.revision + 1 };
      expect(results[1 - winner]).toMatchObject({ ok: false, error: { details } });

      const open = await db().transition.findMany({ where: { keyId: key.keyId, finishedAt: null, cancelledAt: null } });
      expect(open.length).toBeLessThanOrEqual(1);
      if (open.length > 0) await activate(key.keyId);
      const page = must(await readEnterpriseKey(key.admin, { keyId: key.keyId }));
      expect(['active', 'reverted']).toContain(page.state);
      expect(page.transition).toMatchObject({ phase: 'done' });
      const census = await takeCensus(key.tenant.id);
      expect(census).toMatchObject({ records: 4, open: 4 });
      for (const app of page.apps) expect(app.wrappedBy).toHaveLength(1);
    },
    60_000,
  );

  it('two rekeys of one app: there is one', async () => {
    const key = await makeActiveKey(world, `Rivals ${++n}`, { apps: 1, keysPerApp: 1, recordsPerKey: 2 });
    const appId = key.tenant.apps[0]?.id ?? '';
    const by = must(await readMe(key.admin, {})).email;
    const results = await Promise.all([1, 2].map(() => rekeyApp(key.admin, { appId, reencrypt: true })));
    expect(results.map((result) => (result.ok ? 'ok' : result.error.code)).sort()).toEqual(['conflict', 'ok']);
    const details = { by, change: 'started a rekey of this app, which is still running' };
    expect(results.find((result) => !result.ok)).toMatchObject({ error: { details } });
    expect(await db().transition.count({ where: { keyId: key.keyId, kind: 'rekey' } })).toBe(1);
  }, 60_000);

  it('two who pause: the second is told who was first', async () => {
    const key = await makeActiveKey(world, `Rivals ${++n}`, { apps: 1, keysPerApp: 1, recordsPerKey: 2 });
    const { transitionId } = must(await rekeyApp(key.admin, { appId: key.tenant.apps[0]?.id ?? '', reencrypt: false }));
    const results = await Promise.all([1, 2].map(() => pauseMove(key.admin, { transitionId })));
    expect(results.map((result) => (result.ok ? 'ok' : result.error.code)).sort()).toEqual(['conflict', 'ok']);
  }, 60_000);
});
