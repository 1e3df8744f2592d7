import 'server-only';
import { randomUUID } from 'node:crypto';
import { keyInHistory } from '../byok/history-names.ts';
import { message } from '../byok/messages/catalogue.ts';
import type { Message } from '../byok/messages/message.ts';
import { authModeOf, isProvider } from '../byok/providers.ts';
import { log } from '../config/log.ts';
import { appendAudit } from '../db/audit-store.ts';
import { transaction } from '../db/client.ts';
import { type CreationRow, leaveAllUnnamed, listUnsettled, markCreated, settleCreation } from '../db/creation-store.ts';
import { databaseNow } from '../db/database-clock.ts';
import { type ConfigurationRow, findKey } from '../db/key-store.ts';
import { findTenant } from '../db/tenant-store.ts';
import { creationTakesMs, creatorFor, reachingConfiguration, settleKnown } from '../key-lifecycle/key-creation.ts';
import { unknownOf } from '../key-lifecycle/unknown-connection.ts';
import { KmsError } from '../kms/errors.ts';
import type { FoundKey } from '../kms/key-creator.ts';

/** So many at a time, and each with so much patience: looking costs a call per key of the customer's account. */
const perSweep = 5;
const bounds = { keys: 1_000, lookForMs: 180_000 };
/** A provider shows a new key everywhere within seconds; what is not there by then was not made. */
const givesUpAfterMs = 10 * 60_000;
/** Who cannot be asked is asked for a day. */
const waitsForServiceMs = 24 * 60 * 60_000;

/**
 * Looks for keys that were begun to be created and of which nobody knows the end: takes them over where the configuration still
 * waits, and else shows them as orphaned. Several processes may do this at once: the creation's row decides.
 * @returns how many were settled
 */
export async function reconcileKeyCreations(signal: AbortSignal, now = databaseNow()): Promise<number> {
  await leaveAllUnnamed(now);
  let settled = 0;
  for (const creation of await listUnsettled(new Date(now.getTime() - creationTakesMs), perSweep)) {
    if (signal.aborted) break;
    try {
      if (await settle(creation, signal, now)) settled++;
    } catch (error) {
      if (signal.aborted) break;
      log().error({ err: error, creationId: creation.id }, 'a key creation could not be settled; it is tried again');
    }
  }
  return settled;
}

async function settle(creation: CreationRow, signal: AbortSignal, now: Date): Promise<boolean> {
  if (creation.keyRef) return settleAs(creation, creation.keyRef, [], now);
  const of = { provider: creation.provider };
  const age = now.getTime() - creation.createdAt.getTime();
  const seen = await look(creation, signal);
  if (seen.kind === 'found') return settleAs(creation, seen.keyRef, seen.providerRequestIds, now);
  switch (seen.kind) {
    case 'none':
      return age > givesUpAfterMs && end(creation, 'over', message('creation-not-made', of), now);
    case 'many':
    case 'denied':
    case 'nobody-to-ask':
      return age > givesUpAfterMs && end(creation, 'left_over', unknown[seen.kind](of), now);
    case 'outage':
    case 'unknown-provider':
      return age > waitsForServiceMs && end(creation, 'left_over', unknown[seen.kind](of), now);
  }
}

type Of = { provider: string };

/** Of which it is not known whether they were made. */
const unknown = {
  many: (of: Of) => message('creation-many-keys', { ...of, keys: bounds.keys }),
  denied: (of: Of) => message('creation-look-denied', of),
  'nobody-to-ask': (of: Of) => message('creation-nobody-to-ask', of),
  outage: (of: Of) => message('creation-no-answer', of),
  'unknown-provider': (of: Of) => message('creation-unknown-connection', of),
} as const;

type Seen =
  | { kind: 'found'; keyRef: string; providerRequestIds: string[] }
  | { kind: 'none' }
  | { kind: keyof typeof unknown };

async function look(creation: CreationRow, signal: AbortSignal): Promise<Seen> {
  const tenant = await findTenant(creation.tenantId);
  const key = creation.keyId ? await findKey(creation.tenantId, creation.keyId) : undefined;
  const row = key && reachingConfiguration(key, creation);
  // Whether a later version knows how to ask is worth a day.
  if (!row && key && unknownOf(key)) return { kind: 'unknown-provider' };
  if (!tenant || !key || !row || lacksSecret(row)) return { kind: 'nobody-to-ask' };
  const creator = await creatorFor(row, key, tenant, signal);
  try {
    const until = performance.now() + bounds.lookForMs;
    const found: FoundKey = await creator.find(creation.id, { keys: bounds.keys, endsAt: until });
    if (found.keyRef) return { kind: 'found', keyRef: found.keyRef, providerRequestIds: creator.requestIds };
    return { kind: found.complete ? 'none' : 'many' };
  } catch (error) {
    if (!(error instanceof KmsError) || error.failure === 'aborted') throw error;
    return { kind: error.class === 'transient' ? 'outage' : 'denied' };
  } finally {
    creator.close();
  }
}

async function settleAs(
  creation: CreationRow,
  keyRef: string,
  providerRequestIds: string[],
  now: Date,
): Promise<boolean> {
  await markCreated(creation.id, keyRef, providerRequestIds);
  return transaction(async (tx) => {
    const by = { who: 'Keyward', operationName: 'create-customer-key', at: now };
    const settled = await settleKnown(tx, { ...creation, keyRef }, by);
    if (!settled) return false;
    await appendAudit(
      {
        ...byKeyward(creation),
        operation: settled.state === 'adopted' ? 'create-customer-key' : 'customer-key-left-over',
        outcome: 'done',
        after: {
          ...keyInHistory(creation.provider, keyRef),
          creationId: creation.id,
          state: settled.state,
          requestedBy: creation.requestedBy,
        },
        providerRequestIds,
      },
      tx,
    );
    return true;
  });
}

function end(creation: CreationRow, state: 'over' | 'left_over', why: Message, now: Date): Promise<boolean> {
  return transaction(async (tx) => {
    await settleCreation(tx, creation.id, { state, message: why, endedAt: now });
    const left = state === 'left_over';
    await appendAudit(
      {
        ...byKeyward(creation),
        operation: left ? 'customer-key-left-over' : 'create-customer-key',
        outcome: left ? 'done' : 'failed',
        after: { creationId: creation.id, state: left ? 'left-over' : 'over', reason: why },
      },
      tx,
    );
    return true;
  });
}

/** Its secret was let go of, so that nobody can ask with it. */
function lacksSecret({ provider, authMode, secretId }: ConfigurationRow): boolean {
  return secretId === null && isProvider(provider) && authModeOf(provider, authMode).secret;
}

function byKeyward({ tenantId, keyId, id }: CreationRow) {
  return { tenantId, actor: 'Keyward', actorRole: 'system', target: keyId ?? id, requestId: randomUUID() };
}
