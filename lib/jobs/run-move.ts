import 'server-only';
import { raiseAlert } from '../alerts/raise-alert.ts';
import { type ErrorCode, Refusal } from '../byok/errors.ts';
import { kmsFailures } from '../byok/kms-failure.ts';
import { log } from '../config/log.ts';
import { type MoveWork, findMove, recordMoveFailure } from '../db/move-store.ts';
import { withAdvisoryLock } from '../db/advisory-lock.ts';
import { isDatabaseDown } from '../db/client.ts';
import { KmsError } from '../kms/errors.ts';
import { finish } from './move/finish.ts';
import { putConfigurationInForce } from './move/put-in-force.ts';
import { reencryptRecords } from './move/reencrypt-records.ts';
import { rewrapDataKeys } from './move/rewrap-data-keys.ts';
import { switchApps } from './move/switch-apps.ts';

/**
 * Puts a scheduled configuration in force, in this order: test again; a fresh data key per app, born under the CMK,
 * used from the next write on; older data keys rewrapped; stored records re-encrypted under the fresh key; old data
 * keys deleted.
 *
 * Each step asks the data itself what is left to do, and commits what it did piece by piece: killed at any
 * instruction, the next run goes on where this one was. Until the first step is committed everything stays on the
 * platform key; from then on nothing goes back to it.
 */
export async function runMove(moveId: string, signal: AbortSignal): Promise<void> {
  await withAdvisoryLock(`activate-key:${moveId}`, async (lost) => {
    const stop = AbortSignal.any([signal, lost]);
    const work = await findMove(moveId);
    if (!work || work.finishedAt || work.cancelledAt || work.dueAt > new Date()) return;
    if (work.nextTryAt && work.nextTryAt > new Date()) return;
    try {
      await runSteps(work, stop);
    } catch (error) {
      // Not the activation's failure: this run ends, and another goes on where it was.
      if (stop.aborted || isDatabaseDown(error)) throw error;
      await fail(work, error);
    }
  });
}

async function runSteps(work: MoveWork, signal: AbortSignal): Promise<void> {
  if (work.phase === 'testing' && !(await putConfigurationInForce(work, signal))) return;
  const task = { moveId: work.id, signal };
  await switchApps(task);
  await rewrapDataKeys(task);
  await reencryptRecords(task);
  await finish(task, work);
}

/** 5 s, then twice as long each time, to at most five minutes: soon enough for a hiccup, gentle on a long outage. */
export function retryDelayMs(attempts: number): number {
  return Math.min(5_000 * 2 ** attempts, 300_000);
}

async function fail(work: MoveWork, error: unknown): Promise<void> {
  const { code, detail, awsRequestIds } = explain(error);
  if (code === 'internal') log().error({ err: error, moveId: work.id }, 'activation failed');
  const nextTryAt = new Date(Date.now() + retryDelayMs(work.attempts));
  const stands = await recordMoveFailure(work.id, { code, detail, nextTryAt });
  const news = work.failureCode !== code || work.failureDetail !== detail;
  if (stands && news)
    await raiseAlert({
      kind: 'activation-failed',
      tenantId: work.tenantId,
      target: work.keyId ?? work.id,
      text: detail,
      awsRequestIds,
    });
}

function explain(error: unknown): { code: ErrorCode; detail: string; awsRequestIds: string[] } {
  if (error instanceof Refusal) {
    const { cause, reason, awsRequestIds } = error.details ?? {};
    const detail = [reason, cause].find((text) => typeof text === 'string') ?? '';
    return {
      code: error.code,
      detail: String(detail),
      awsRequestIds: Array.isArray(awsRequestIds) ? awsRequestIds : [],
    };
  }
  if (error instanceof KmsError)
    return {
      code: error.class === 'transient' ? 'key-outage' : 'key-misconfigured',
      detail: kmsFailures[error.failure].meaning,
      awsRequestIds: error.requestIds,
    };
  return {
    code: 'internal',
    detail: 'Something went wrong on our side; it is tried again by itself.',
    awsRequestIds: [],
  };
}
