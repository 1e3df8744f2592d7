import 'server-only';
import { changeInWords } from '../../byok/changes.ts';
import { Refusal } from '../../byok/errors.ts';
import { type Command, evaluateCommand, type LifecycleFacts } from '../../byok/lifecycle.ts';
import type { Tx } from '../../db/client.ts';
import { findKey, type KeyRow, type LockedKey, lockKey } from '../../db/key-store.ts';
import { refuseUnknown } from '../../key-lifecycle/unknown-connection.ts';
import type { RunContext } from '../operation.ts';
import { factsOf, isUnderWay } from './key-facts.ts';
import { toTransitionView } from './key-view.ts';

/**
 * The key, its row taken for the rest of the transaction, if nobody has changed it since the caller has seen it and
 * the life cycle allows the command. Whoever comes second is told who was first and with what.
 */
export async function lockKeyForUpdate(
  tx: Tx,
  context: RunContext,
  command: Command,
  seen: { keyId: string; revision: number },
  options: { disturbsTransitions?: boolean } = {},
): Promise<KeyRow> {
  const key = await lockKeyRow(tx, context, seen);
  await allow(command, key, options.disturbsTransitions === false ? { moving: null, irreversible: false } : undefined);
  return key;
}

/** The same for what may be done in every state. */
export async function lockKeyRow(
  tx: Tx,
  context: RunContext,
  seen: { keyId: string; revision: number },
): Promise<KeyRow> {
  const locked = await lockKey(tx, context.tenantId, seen.keyId);
  const key = locked && (await findKey(context.tenantId, seen.keyId, tx));
  if (!locked || !key) throw new Refusal('not-found');
  if (locked.revision !== seen.revision) throw conflictWith(locked, context);
  return key;
}

function conflictWith({ changedBy: by, changeMade, revision }: LockedKey | KeyRow, { who }: RunContext): Refusal {
  // Whoever was first may be the same person, in another window.
  const own: Record<string, string> = by === who ? { own: 'yes' } : {};
  return new Refusal('conflict', { details: { by, change: changeInWords(changeMade), revision, ...own } });
}

/**
 * @throws Refusal `not-allowed-in-state` with the sentence that says why; `unknown-provider` where the command reaches for a key
 * that this version does not know how to reach
 */
export async function allow(command: Command, key: KeyRow, facts?: LifecycleFacts): Promise<void> {
  const decision = evaluateCommand(command, key.state, facts ?? (await readFacts(key)));
  if (!decision.allowed) throw new Refusal('not-allowed-in-state', { details: { reason: decision.reason } });
  refuseUnknown(command, key);
}

/**
 * The same before the transaction, where network work comes first and nothing is locked: a key and its transition may have been read of
 * two moments. Where it has been changed meanwhile, somebody else was first, and that is what is said.
 */
export async function allowAsSeen(command: Command, context: RunContext, key: KeyRow): Promise<void> {
  try {
    await allow(command, key);
  } catch (refusal) {
    const now = await findKey(context.tenantId, key.id);
    throw now && now.revision !== key.revision ? conflictWith(now, context) : refusal;
  }
}

/** How far a key transition is, is counted only where it stands in the way. */
export async function readFacts(key: KeyRow): Promise<LifecycleFacts> {
  const transition = key.transitions[0];
  return factsOf(key, transition && isUnderWay(transition) ? await toTransitionView(transition) : null);
}
