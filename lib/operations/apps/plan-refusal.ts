import 'server-only';
import { isKnown, unknownWords } from '../../byok/connection-mode.ts';
import { Refusal } from '../../byok/errors.ts';
import { type Decision, evaluateCommand } from '../../byok/lifecycle.ts';
import { healthMessage } from '../../byok/messages/health-message.ts';
import { wordsOf } from '../../byok/messages/words.ts';
import { findTakenApps } from '../../db/app-store.ts';
import { db } from '../../db/client.ts';
import { databaseNow } from '../../db/database-clock.ts';
import type { KeyRow } from '../../db/key-store.ts';
import type { TenantRecord } from '../../db/tenant-store.ts';
import { listVersions, toHealth } from '../../db/version-store.ts';
import { decisionFor } from '../../key-lifecycle/unknown-connection.ts';
import { commitmentObstacle } from '../keys/commitment.ts';
import { readFacts } from '../keys/lock-key.ts';
import type { RunContext } from '../operation.ts';
import { rotationObstacle } from '../rotation/tested-rotation.ts';
import type { Change, Targets } from './plan-targets.ts';
import { proveReachable } from './prove-reachable.ts';
import { rekeyObstacle } from './rekey-obstacle.ts';

type Facts = { context: RunContext; key: KeyRow; tenant: TenantRecord; change: Change; planned: Targets };

/** Why the command would be refused now, in one sentence; null where it would not be. */
export async function refusalOfChange(facts: Facts): Promise<string | null> {
  const { key, tenant, change, planned } = facts;
  const decision: Decision = decisionFor(
    change.kind,
    key,
    evaluateCommand(change.kind, key.state, await readFacts(key)),
  );
  if (!decision.allowed) return decision.reason;
  switch (change.kind) {
    case 'rotate':
      return (await rotationObstacle(db(), key, tenant, databaseNow()))?.reason ?? null;
    case 'select-apps': {
      if (planned.selected.length === 0) return nothingLeft(key);
      const commitment = commitmentObstacle(key, planned.removed);
      if (commitment !== null) return commitment;
      const taken = await findTakenApps(db(), key.id, planned.selected);
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
    : 'An active key protects at least one app or bot. To remove all of them, use Revert to None.';
}

export function takenWords(names: string[]): string {
  return `Already protected by another enterprise key: ${names.join(', ')}. Deselect them here.`;
}

/**
 * A key that was well when it was last seen is not asked for a plan. One that was not is asked again, so that a plan
 * does not go on refusing what has healed; for who may not command it, what was last seen has to do.
 */
async function unreachable({ context, key, planned }: Facts): Promise<string | null> {
  const versions = await listVersions(key.id);
  const obstacle =
    versions.find((version) => !isKnown(version)) ??
    versions.find((version) => version.health === 'revoked' || version.health === 'outage');
  if (!obstacle || planned.proofs.length === 0) return null;
  const mayCommand = context.actor.kind === 'person' && context.actor.role === 'admin';
  const purpose = 'this would be refused.';
  if (!mayCommand) {
    if (!isKnown(obstacle)) return unknownWords(obstacle);
    const concerned = obstacle.id === key.currentVersionId;
    return concerned
      ? `The key could not be reached at the last check, so ${purpose} ${wordsOf(healthMessage(toHealth(obstacle.health), obstacle))}`.trim()
      : null;
  }
  try {
    for (const { only } of planned.proofs) await proveReachable(key.id, purpose, only);
    return null;
  } catch (error) {
    const reason = error instanceof Refusal ? error.details?.reason : undefined;
    if (typeof reason === 'string') return reason;
    throw error;
  }
}
