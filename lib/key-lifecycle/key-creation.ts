import 'server-only';
import { isKnown, type Known } from '../byok/connection-mode.ts';
import { Refusal } from '../byok/errors.ts';
import { judge } from '../byok/lifecycle.ts';
import { getConfig } from '../config/config.ts';
import type { Tx } from '../db/client.ts';
import { type CreationRow, listOpenCreations, lockCreation, settleCreation } from '../db/creation-store.ts';
import {
  type ConfigurationRow,
  findKey,
  type KeyRow,
  lockKey,
  shownOf,
  updateConfiguration,
  updateKey,
  workingOf,
} from '../db/key-store.ts';
import type { TenantRecord } from '../db/tenant-store.ts';
import { openSecret } from '../keyring/secrets.ts';
import type { KeyCreator } from '../kms/key-creator.ts';
import { keyServices } from '../kms/key-service.ts';
import { toConfiguration } from './configuration.ts';
import { awaitsKey } from './obstacles.ts';

/** How long whoever began a creation may take to end it; what is older is looked for. */
export const creationTakesMs = 60_000;

/** With the credentials of this configuration, opened for this alone. The caller closes it. */
export async function creatorFor(
  row: Known<ConfigurationRow>,
  key: Pick<KeyRow, 'alias' | 'description'>,
  tenant: TenantRecord,
  signal?: AbortSignal,
): Promise<KeyCreator> {
  const configuration = toConfiguration(row, key);
  const secret = configuration.authMode === 'access-key' ? await openSecret(tenant.id, configuration.secretId) : null;
  return keyServices[configuration.provider].creator({
    configuration,
    tenantId: tenant.id,
    externalId: tenant.externalId,
    ...(secret === null ? {} : { secretAccessKey: secret }),
    ...(signal ? { signal } : {}),
    limits: { totalTimeoutMs: getConfig().kmsTimeoutMs },
  });
}

/** Where a key of this configuration would come to be: the role's account; with an access key only AWS knows it (empty). */
export function placeOf(row: Known<Pick<ConfigurationRow, 'provider' | 'authMode' | 'region' | 'roleArn'>>): Place {
  const { region } = row;
  switch (row.authMode) {
    case 'assume-role':
      return { region, accountId: row.roleArn.split(':')[4] ?? '' };
    case 'access-key':
      return { region, accountId: '' };
  }
}
type Place = { region: string; accountId: string };

/** Whose credentials lead to where a creation was made; undefined where no configuration of its key does that we know how to use. */
export function reachingConfiguration(key: KeyRow, creation: Place): Known<ConfigurationRow> | undefined {
  const candidates = [workingOf(key), shownOf(key)].filter((row) => row !== undefined);
  return candidates.filter(isKnown<ConfigurationRow>).find((row) => isSame(placeOf(row), creation));
}

/** The working configuration that waits for a key in this place; undefined where none does. */
export function waitingConfiguration(key: KeyRow, place: Place): Known<ConfigurationRow> | undefined {
  const working = workingOf(key);
  if (!working || !isKnown(working) || !judge('edit', key.state).allowed || !awaitsKey(working)) return undefined;
  return isSame(placeOf(working), place) ? working : undefined;
}

function isSame(a: Place, b: Place): boolean {
  return a.region === b.region && (a.accountId === b.accountId || a.accountId === '' || b.accountId === '');
}

/** What became of a creation whose key is known. */
export type Settled = { state: 'adopted' | 'left-over'; alias: string | null; revision: number | null };
type By = { actorName: string; operationName: string; at: Date };

/**
 * Ends a creation whose key is known: the configuration that waits for it takes it over, or it is left over. Whoever comes
 * second finds it settled. `still`: what the configuration has to be beside waiting for a key in this place.
 * @returns undefined where somebody else has settled it
 */
export async function settleKnown(
  tx: Tx,
  creation: { id: string; tenantId: string; keyId: string | null; keyArn: string },
  by: By,
  still: (row: Known<ConfigurationRow>) => boolean = () => true,
): Promise<Settled | undefined> {
  const { keyArn, keyId, tenantId } = creation;
  const locked = keyId ? await lockKey(tx, tenantId, keyId) : undefined;
  const key = locked && keyId ? await findKey(tenantId, keyId, tx) : undefined;
  const row = await lockCreation(tx, creation.id);
  if (!row || (row.state !== 'intended' && row.state !== 'created')) return undefined;
  const waiting = key && waitingConfiguration(key, { region: row.region, accountId: keyArn.split(':')[4] ?? '' });
  if (!key || !waiting || !still(waiting)) {
    await settleCreation(tx, row.id, { state: 'left_over', keyArn, endedAt: by.at, detail: whyLeft(key) });
    return { state: 'left-over', alias: key?.alias ?? null, revision: null };
  }
  await updateConfiguration(tx, waiting.id, { keyArn, createsKey: false });
  const revision = await updateKey(tx, key.id, by, {});
  await settleCreation(tx, row.id, { state: 'adopted', keyArn, endedAt: by.at, detail: '' });
  return { state: 'adopted', alias: key.alias, revision };
}

function whyLeft(key: KeyRow | undefined): string {
  if (!key) return 'When AWS had made it, the enterprise key that it was for had been deleted.';
  const working = workingOf(key);
  return working && !isKnown(working)
    ? 'When AWS had made it, this version of Keyward did not know how the configuration is connected.'
    : 'When AWS had made it, the configuration did not wait for it any more.';
}

/** @throws Refusal `not-allowed-in-state` while somebody is creating a key for it */
export function refuseWhileCreating(open: readonly CreationRow[], now: Date): void {
  const young = open.find((row) => now.getTime() - row.createdAt.getTime() < creationTakesMs);
  if (!young) return;
  const reason = `A key is being created in AWS for this, begun by ${young.requestedBy}. Wait a minute, then look again.`;
  throw new Refusal('not-allowed-in-state', { details: { reason } });
}

/** A draft whose key is not settled is not thrown away: nobody would know with whose credentials to look for it. */
export async function refuseWhileUnsettled(tx: Tx, keyId: string): Promise<void> {
  if ((await listOpenCreations(keyId, tx)).length === 0) return;
  const reason = 'Keyward is creating a key in AWS for it. Wait until that is settled.';
  throw new Refusal('key-in-use', { details: { reason } });
}
