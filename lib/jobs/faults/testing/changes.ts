/** For tests: the commands of an administrator, each begun through its operation; what they begin is the workers' to end. */

import { updateApps } from '#lib/operations/apps/update-apps.ts';
import { revertKey } from '#lib/operations/keys/revert-key.ts';
import { db } from '../../../db/client.ts';
import * as rotation from '../../../operations/testing/rotation.ts';
import { draft, schedule } from '../../../operations/testing/walk.ts';
import { must } from '../../../operations/testing/world.ts';
import { type Stage, until } from './stage.ts';

export type Begun = { keyId: string; transitionId: string };

/** A key whose date has come: its activation is due. */
export async function activate({ world, admin }: Stage): Promise<Begun> {
  const keyId = await draft(world, admin);
  await schedule(world, keyId, admin);
  return { keyId, transitionId: await openTransition(keyId) };
}

/** To the other one of the two CMKs. */
export async function rotate(stage: Stage, keyId: string, { reencrypt = false } = {}): Promise<Begun> {
  const keyArn = await otherKey(stage, keyId);
  const values = { keyArn, roleArn: stage.world.aws.roleArn };
  return { keyId, transitionId: (await rotation.rotate(stage.admin, keyId, values, { reencrypt })).transitionId };
}

/** From now on the key protects exactly these. */
export async function chooseApps({ admin }: Stage, keyId: string, ids: string[]): Promise<Begun> {
  const revision = await rotation.revisionOf(admin, keyId);
  const { transitionId } = must(await updateApps(admin, { keyId, revision, selection: { mode: 'only', ids } }));
  if (!transitionId) throw new Error('that changed nothing');
  return { keyId, transitionId };
}

export async function revert({ admin }: Stage, keyId: string): Promise<Begun> {
  const revision = await rotation.revisionOf(admin, keyId);
  must(await revertKey(admin, { keyId, revision }));
  return { keyId, transitionId: await openTransition(keyId) };
}

export async function isOver({ transitionId }: Begun): Promise<boolean> {
  return (await db().transition.findUniqueOrThrow({ where: { id: transitionId } })).finishedAt !== null;
}

export async function ended(begun: Begun): Promise<void> {
  await until(() => isOver(begun));
}

/** True while a worker's session holds the lock with which it works on a change. */
export async function isWorkedOn(): Promise<boolean> {
  const rows = await db().$queryRaw<{ held: number }[]>`
    SELECT count(*)::int AS held FROM pg_locks l JOIN pg_stat_activity s ON s.pid = l.pid
     WHERE l.locktype = 'advisory' AND l.granted AND s.application_name = 'keyward-lock' AND s.datname = current_database()`;
  return (rows[0]?.held ?? 0) > 0;
}

/** The CMK of the two that the key does not use now. */
export async function otherKey({ keyArns }: Stage, keyId: string): Promise<string> {
  const key = await db().enterpriseKey.findUniqueOrThrow({ where: { id: keyId }, include: { currentVersion: true } });
  return keyArns[0] === key.currentVersion?.pinnedKeyRef ? keyArns[1] : keyArns[0];
}

async function openTransition(keyId: string): Promise<string> {
  const open = { keyId, finishedAt: null, cancelledAt: null };
  return (await db().transition.findFirstOrThrow({ where: open })).id;
}
