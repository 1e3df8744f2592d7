import 'server-only';
import { raiseAlert } from '../alerts/raise-alert.ts';
import { message } from '../byok/messages/catalogue.ts';
import { getConfig } from '../config/config.ts';
import { log } from '../config/log.ts';
import { listAliasesToLookAt, type WatchedAlias, writeAliasFinding } from '../db/alias-store.ts';
import { databaseNow } from '../db/database-clock.ts';
import { resolveAlias } from '../keyring/resolve-alias.ts';
import { KmsError } from '../kms/errors.ts';

/** So many at a time: each costs a session of the customer's role and a call or two. */
const perSweep = 20;

/** When this process last asked about a version, whether or not there was an answer: who does not answer is not pressed. */
const askedAt = new Map<string, number>();

/**
 * Looks where the aliases of active key versions lead. One that leads elsewhere is written down and told once; one that is
 * back heals. Nothing of what is active changes by it: a version stays with the key that it was tested with.
 * @returns how many were looked at
 */
export async function watchAliases(signal: AbortSignal, now = databaseNow()): Promise<number> {
  const everyMs = getConfig().aliasCheckSeconds * 1_000;
  const listed = await listAliasesToLookAt(new Date(now.getTime() - everyMs), perSweep);
  const due = listed.filter(({ versionId }) => now.getTime() - (askedAt.get(versionId) ?? 0) >= everyMs);
  for (const alias of due) {
    if (signal.aborted) break;
    askedAt.set(alias.versionId, now.getTime());
    await look(alias, signal, now);
  }
  return due.length;
}

async function look(alias: WatchedAlias, signal: AbortSignal, now: Date): Promise<void> {
  const { versionId, keyId, tenantId, keyRef, pinnedKeyRef } = alias;
  try {
    const answer = await resolveAlias(versionId, keyRef, signal);
    const news = await writeAliasFinding(alias, answer, now);
    if (news === null) return;
    const leadsTo = answer.state === 'elsewhere' ? answer.keyRef : null;
    const alert = { tenantId, target: keyId, providerRequestIds: answer.requestIds };
    if (news === 'back') await raiseAlert({ ...alert, kind: 'alias-back', message: message('alias-back') });
    else {
      const drift = message('alias-drift', { state: answer.state, leadsTo, pinnedKeyRef });
      await raiseAlert({ ...alert, kind: 'alias-drift', message: drift });
    }
  } catch (error) {
    // An outage or a revocation says nothing about the alias; the watch of the key itself tells of those.
    if (!(error instanceof KmsError)) throw error;
    log().debug(
      { keyId, failure: error.failure, providerRequestIds: error.requestIds },
      'an alias could not be resolved',
    );
  }
}
