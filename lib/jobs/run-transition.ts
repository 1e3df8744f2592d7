import 'server-only';
import { raiseAlert } from '../alerts/raise-alert.ts';
import { isSameMessage, storedMessage } from '../byok/messages/message.ts';
import type { TransitionKind } from '../byok/transition-views.ts';
import { log } from '../config/log.ts';
import { type Locks, withLocks } from '../db/advisory-lock.ts';
import { listAppsToSwitch } from '../db/app-store.ts';
import { isDatabaseDown } from '../db/client.ts';
import { databaseNow } from '../db/database-clock.ts';
import { recordTransitionFailure } from '../db/transition-run-store.ts';
import { findTransition, isTransitionDue, type TransitionWork, toTransitionKind } from '../db/transition-store.ts';
import { platformProvider } from '../keyring/platform-key.ts';
import { activateScheduled } from './transition/activate.ts';
import { explain } from './transition/explain.ts';
import { FailureState } from './transition/failure-state.ts';
import { finish, settle } from './transition/finish.ts';
import { PacedKeys } from './transition/paced-key.ts';
import { reencryptRecords } from './transition/reencrypt-records.ts';
import { rewrapDataKeys } from './transition/rewrap-data-keys.ts';
import { switchApps } from './transition/switch-apps.ts';
import { Halted, type TransitionTask } from './transition/task.ts';

/**
 * Takes the data of some apps to the wrapping that they belong to, in this order: an activation is tested again and put
 * active; a fresh data key per app, used from the next write on; older data keys rewrapped; stored records re-encrypted
 * where the transition says so; old data keys that nothing hangs on deleted.
 *
 * Each step asks the data itself what is left to do, and commits what it did piece by piece: killed at any instruction,
 * the next run goes on where this one was. Any number of workers may run the same transition at once.
 */
export async function runTransition(transitionId: string, signal: AbortSignal): Promise<void> {
  await withLocks(async (locks) => {
    const stop = AbortSignal.any([signal, locks.lost]);
    const work = await findTransition(transitionId);
    if (!work || !(await isTransitionDue(transitionId))) return;
    const task = taskOf(work, stop, locks);
    try {
      await runSteps(task);
    } catch (error) {
      if (error instanceof Halted) return;
      // Not the transition's failure: this run ends, and another goes on where it was.
      if (stop.aborted || isDatabaseDown(error)) throw error;
      await fail(task.work, error);
    }
  });
}

async function runSteps(task: TransitionTask): Promise<void> {
  if (!(await begin(task))) return;
  // A rekey leaves wrappings as they are.
  if (task.work.kind !== 'rekey') {
    if (!(await rewrapDataKeys(task))) return;
    if (task.failures.outage) throw task.failures.outage;
    await settle(task);
  }
  if (await reencryptRecords(task)) await finish(task);
}

/** Activates an activation and gives each app its fresh data key; one worker does that. */
async function begin(task: TransitionTask): Promise<boolean> {
  const { id, phase } = task.work;
  const first = phase === 'testing' || phase === 'switching';
  if (!first && (await listAppsToSwitch(id)).length === 0) return true;
  const name = `move:${id}`;
  if (!(await task.locks.hold(name))) return false;
  // What another worker has done while this one came.
  const work = await findTransition(id);
  if (!work || !(await isTransitionDue(id))) return false;
  if (work.phase === 'testing' && !(await activateScheduled(work, task.signal))) return false;
  await switchApps(task);
  // Kept where this fails, until that is written down: nobody is to try the same again at once.
  await task.locks.release(name);
  task.work = (await findTransition(id)) ?? work;
  return true;
}

function taskOf(work: TransitionWork, signal: AbortSignal, locks: Locks): TransitionTask {
  const now = databaseNow();
  const since = work.nextTryAt ?? (work.attempts === 0 && work.startedAt ? work.startedAt : now);
  const failures = new FailureState();
  return { work, signal, locks, since, failures, keys: new PacedKeys(signal, failures) };
}

/** 5 s, then twice as long each time, to at most five minutes: soon enough for a hiccup, gentle on a long outage. */
export function retryDelayMs(attempts: number): number {
  return Math.min(5_000 * 2 ** attempts, 300_000);
}

async function fail(begun: TransitionWork, error: unknown): Promise<void> {
  const work = (await findTransition(begun.id)) ?? begun;
  const { code, message, providerRequestIds } = explain(error, work.configuration?.provider ?? platformProvider());
  if (code === 'internal') log().error({ err: error, transitionId: work.id }, 'key transition failed');
  const nextTryInMs = retryDelayMs(begun.attempts);
  const stands = await recordTransitionFailure(begun, { code, message, nextTryInMs });
  const news = work.failureCode !== code || !isSameMessage(storedMessage(work.failureMessage), message);
  if (stands && news)
    await raiseAlert({
      kind: work.kind === 'rotate' && work.triedAt ? 'rotation-left-behind' : alertKinds[toTransitionKind(work.kind)],
      tenantId: work.tenantId,
      target: work.keyId ?? work.id,
      message,
      providerRequestIds,
    });
}

const alertKinds = {
  activate: 'activation-failed',
  rotate: 'rotation-failed',
  'select-apps': 'update-apps-failed',
  revert: 'revert-failed',
  rekey: 'rekey-failed',
} as const satisfies Record<TransitionKind, string>;
