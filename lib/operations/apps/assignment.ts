import 'server-only';
import { Refusal } from '../../byok/errors.ts';
import { evaluateCommand, type KeyState, neverBack } from '../../byok/lifecycle.ts';
import { countAppsUnderKey, findAppUnder } from '../../db/app-store.ts';
import { findScheduledFor } from '../../db/assignment-store.ts';
import type { Tx } from '../../db/client.ts';
import { findKey, type KeyRow } from '../../db/key-store.ts';
import { isActive, isIrreversible } from '../keys/key-facts.ts';
import { readFacts } from '../keys/lock-key.ts';
import { proveReachable } from './prove-reachable.ts';

export type AppUnder = NonNullable<Awaited<ReturnType<typeof findAppUnder>>>;

/** What an assignment leads away from and to; null is the platform key. */
export type Assignment = { app: AppUnder; from: KeyRow | null; to: KeyRow | null };

/**
 * Why an app cannot be assigned now, in one sentence; null where it can. The same rules as for Update Apps, seen from the
 * app: neither key may be moving, an active key keeps at least one app, and what was made irreversible never goes back.
 */
export async function assignmentObstacle(tx: Tx, { app, from, to }: Assignment): Promise<string | null> {
  if ((from?.id ?? null) === (to?.id ?? null)) return 'The app already uses it.';
  const scheduled = from ? undefined : await findScheduledFor(tx, app.tenantId, app.id);
  if (scheduled && scheduled.keyId !== to?.id)
    return `It is chosen for “${scheduled.alias}”, whose enforcement date has not come. Remove it there first.`;
  return (from ? await whyNotFrom(tx, from, to) : null) ?? (to ? await whyNotTo(to) : null);
}

async function whyNotFrom(tx: Tx, from: KeyRow, to: KeyRow | null): Promise<string | null> {
  const decision = evaluateCommand('select-apps', from.state, await readFacts(from));
  if (!decision.allowed) return `“${from.alias}”: ${decision.reason}`;
  if (to === null && isIrreversible(from)) return neverBack;
  // Else the commitment would end one step further on.
  if (to && isIrreversible(from) && !isIrreversible(to))
    return `“${from.alias}” was made irreversible, “${to.alias}” was not. From there, the app could return to the platform key. Make that key irreversible first.`;
  if ((await countAppsUnderKey(from.id, tx)) > 1) return null;
  return `It is the only app under “${from.alias}”, which needs at least one while it is active. Use Revert to None there, or add another app to it first.`;
}

async function whyNotTo(to: KeyRow): Promise<string | null> {
  const waiting = notActive[to.state];
  if (waiting) return waiting;
  const decision = evaluateCommand('select-apps', to.state, await readFacts(to));
  if (!decision.allowed) return decision.reason;
  return isActive(to) && to.currentVersionId ? null : 'It is not active.';
}

const notActive: Partial<Record<KeyState, string>> = {
  draft: 'It is a draft. Finish its set-up; the app can be chosen there.',
  scheduled: 'Its enforcement date has not come. Choose the app with Update Apps on the key’s page.',
  reverting: 'Its data is returning to the platform key.',
  reverted: 'It was reverted.',
};

/** The app with the key that it belongs to and the one that is wanted. @throws Refusal `not-found` */
export async function findAssignment(
  tx: Tx,
  tenantId: string,
  wanted: { appId: string; to: string | null },
): Promise<Assignment> {
  const app = await findAppUnder(tx, tenantId, wanted.appId);
  const to = wanted.to === null ? null : await findKey(tenantId, wanted.to, tx);
  const from = app?.keyId ? await findKey(tenantId, app.keyId, tx) : null;
  if (!app || to === undefined || from === undefined) throw new Refusal('not-found');
  return { app, from, to };
}

/** What the command proves before anything changes: data keys that are unwrapped for real. */
export function proofsOf({ app, from, to }: Assignment): { keyId: string; only: Only; purpose: string }[] {
  return [
    ...(from ? [{ keyId: from.id, only: { appIds: [app.id] }, purpose: 'no app can be removed from it.' }] : []),
    ...(to ? [{ keyId: to.id, only: { versionId: to.currentVersionId }, purpose: 'no app can be added to it.' }] : []),
  ];
}
type Only = { appIds: string[] } | { versionId: string | null };

/** Past every cache, before the transaction. @returns the provider's request IDs @throws Refusal with why a key cannot be reached */
export async function proveAssignment(assignment: Assignment): Promise<string[]> {
  const ids: string[] = [];
  for (const { keyId, only, purpose } of proofsOf(assignment))
    ids.push(...(await proveReachable(keyId, purpose, only)));
  return ids;
}
