import 'server-only';
import { isKnown, unknownWords } from '../../byok/connection-mode.ts';
import { Refusal } from '../../byok/errors.ts';
import { judge, type Verdict } from '../../byok/lifecycle.ts';
import { healthMessage } from '../../byok/messages/health-message.ts';
import { wordsOf } from '../../byok/messages/words.ts';
import { findTakenApps } from '../../db/app-store.ts';
import { db } from '../../db/client.ts';
import { databaseNow } from '../../db/database-clock.ts';
import type { KeyRow } from '../../db/key-store.ts';
import type { TenantRecord } from '../../db/tenant-store.ts';
import { listVersions, toHealth } from '../../db/version-store.ts';
import { verdictFor } from '../../key-lifecycle/unknown-connection.ts';
import { promiseObstacle } from '../keys/promise.ts';
import { readFacts } from '../keys/take-key.ts';
import type { RunContext } from '../operation.ts';
import { rotationObstacle } from '../rotation/tested-rotation.ts';
import type { Change, Going } from './plan-going.ts';
import { proveReachable } from './prove-reachable.ts';
import { rekeyObstacle } from './rekey-obstacle.ts';

type Facts = { context: RunContext; key: KeyRow; tenant: TenantRecord; change: Change; going: Going };

/** Why the command would be refused now, in one sentence; null where it would not be. */
export async function refusalOfChange(facts: Facts): Promise<string | null> {
  const { key, tenant, change, going } = facts;
  const verdict: Verdict = verdictFor(change.kind, key, judge(change.kind, key.state, await readFacts(key)));
  if (!verdict.allowed) return verdict.reason;
  switch (change.kind) {
    case 'rotate':
      return (await rotationObstacle(db(), key, tenant, databaseNow()))?.reason ?? null;
    case 'select-apps': {
      if (going.selected.length === 0) return nothingLeft(key);
      const promise = promiseObstacle(key, going.removed);
      if (promise !== null) return promise;
      const taken = await findTakenApps(db(), key.id, going.selected);
      return taken.length > 0 ? takenWords(taken) : unreachable(facts);
    }
    case 'revert':
      return unreachable(facts);
    case 'rekey': {
      const obstacle = await rekeyObstacle(db(), tenant.id, change.appId);
      return obstacle ? String(obstacle.details?.reason) : null;
    }
  }
}

export function nothingLeft(key: { state: KeyRow['state'] }): string {
  return key.state === 'draft' || key.state === 'scheduled'
    ? 'Select at least one app or bot.'
    : 'A key in force protects at least one app or bot. To take all of them off it, use Revert to None.';
}

export function takenWords(names: string[]): string {
  return `Protected by another enterprise key already: ${names.join(', ')}. Deselect them here.`;
}

/**
 * A key that was well when it was last seen is not asked for a plan. One that was not is asked again, so that a plan
 * does not go on refusing what has healed; for who may not command it, what was last seen has to do.
 */
async function unreachable({ context, key, going }: Facts): Promise<string | null> {
  const versions = await listVersions(key.id);
  const trouble =
    versions.find((version) => !isKnown(version)) ??
    versions.find((version) => version.health === 'revoked' || version.health === 'outage');
  if (!trouble || going.proofs.length === 0) return null;
  const mayCommand = context.actor.kind === 'person' && context.actor.role === 'admin';
  const purpose = 'this would be refused.';
  if (!mayCommand) {
    if (!isKnown(trouble)) return unknownWords(trouble);
    const concerned = trouble.id === key.currentVersionId;
    return concerned
      ? `The key could not be reached when it was last asked, so ${purpose} ${wordsOf(healthMessage(toHealth(trouble.health), trouble))}`.trim()
      : null;
  }
  try {
    for (const { only } of going.proofs) await proveReachable(key.id, purpose, only);
    return null;
  } catch (error) {
    const reason = error instanceof Refusal ? error.details?.reason : undefined;
    if (typeof reason === 'string') return reason;
    throw error;
  }
}
