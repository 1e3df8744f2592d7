import 'server-only';
import { describeConnection, readDraft, rulesOf } from '../byok/connection.ts';
import { isKnown } from '../byok/connection-mode.ts';
import { Refusal } from '../byok/errors.ts';
import { evaluateCommand } from '../byok/lifecycle.ts';
import { message } from '../byok/messages/catalogue.ts';
import type { Message } from '../byok/messages/message.ts';
import { isProvider, serviceName } from '../byok/providers.ts';
import { getConfig } from '../config/config.ts';
import type { Tx } from '../db/client.ts';
import { type CreationRow, listOpenCreations, lockCreation, settleCreation } from '../db/creation-store.ts';
import {
  type ConfigurationRow,
  displayedConfiguration,
  findKey,
  type KeyRow,
  lockKey,
  updateConfiguration,
  updateKey,
  workingOf,
} from '../db/key-store.ts';
import { nameOf } from '../db/person-names.ts';
import type { TenantRecord } from '../db/tenant-store.ts';
import { openSecret } from '../keyring/secrets.ts';
import type { KeyCreator } from '../kms/key-creator.ts';
import { keyServices } from '../kms/key-service.ts';
import type { Entered } from './configuration.ts';

/** How long whoever began a creation may take to end it; what is older is looked for. */
export const creationTakesMs = 60_000;

/** With the credentials of this configuration, opened for this alone. The caller closes it. */
export async function creatorFor(
  row: ConfigurationRow,
  key: Pick<KeyRow, 'alias' | 'description'>,
  tenant: TenantRecord,
  signal?: AbortSignal,
): Promise<KeyCreator> {
  const draft = readDraft(row);
  const { creator } = keyServices[draft.provider];
  if (!creator) throw new Error(`${draft.provider} creates no keys`);
  return creator({
    draft,
    keyAlias: key.alias,
    tenantId: tenant.id,
    externalId: tenant.externalId,
    ...(row.secretId === null ? {} : { secret: await openSecret(tenant.id, row.secretId) }),
    ...(signal ? { signal } : {}),
    limits: { totalTimeoutMs: getConfig().kmsTimeoutMs },
  });
}

/** Where a key of this configuration would come to be; without an account where only the provider can tell it. */
export function placeOf(row: Entered): Place {
  const draft = readDraft(row);
  const { location, account } = describeConnection(draft);
  return { provider: draft.provider, location, externalAccount: account };
}
type Place = { provider: string; location: string; externalAccount: string };

/** Whose credentials lead to where a creation was made; undefined where no configuration of its key does that we know how to use. */
export function reachingConfiguration(key: KeyRow, creation: Place): ConfigurationRow | undefined {
  const candidates = [workingOf(key), displayedConfiguration(key)].filter((row) => row !== undefined);
  return candidates.filter(isKnown<ConfigurationRow>).find((row) => isSame(placeOf(row), creation));
}

/** The working configuration that waits for a key in this place; undefined where none does. */
export function waitingConfiguration(key: KeyRow, place: Place): ConfigurationRow | undefined {
  const row = workingOf(key);
  const waits = row && isKnown(row) && evaluateCommand('edit', key.state).allowed && awaitsKey(row);
  return waits && isSame(placeOf(row), place) ? row : undefined;
}

function isSame(a: Place, b: Place): boolean {
  const account = a.externalAccount === b.externalAccount || a.externalAccount === '' || b.externalAccount === '';
  return a.provider === b.provider && a.location === b.location && account;
}

/** What became of a creation whose key is known. */
export type Settled = { state: 'adopted' | 'left-over'; alias: string | null; revision: number | null };
type By = { who: string; operationName: string; at: Date };

/**
 * Ends a creation whose key is known: the configuration that waits for it takes it over, or it is orphaned. Whoever comes
 * second finds it settled. `still`: what the configuration has to be beside waiting for a key in this place.
 * @returns undefined where somebody else has settled it
 */
export async function settleKnown(
  tx: Tx,
  creation: { id: string; tenantId: string; keyId: string | null; keyRef: string },
  by: By,
  still: (row: ConfigurationRow) => boolean = () => true,
): Promise<Settled | undefined> {
  const { keyRef, keyId, tenantId } = creation;
  const locked = keyId ? await lockKey(tx, tenantId, keyId) : undefined;
  const key = locked && keyId ? await findKey(tenantId, keyId, tx) : undefined;
  const row = await lockCreation(tx, creation.id);
  if (!row || (row.state !== 'intended' && row.state !== 'created')) return undefined;
  const waiting = key && waitingConfiguration(key, placeOfCreated(row, keyRef));
  if (!key || !waiting || !still(waiting)) {
    await settleCreation(tx, row.id, { state: 'left_over', keyRef, endedAt: by.at, message: whyLeft(key, row) });
    return { state: 'left-over', alias: key?.alias ?? null, revision: null };
  }
  const draft = readDraft(waiting);
  await updateConfiguration(tx, waiting.id, { draft: rulesOf(draft).withCreatedKey(draft, keyRef) });
  const revision = await updateKey(tx, key.id, by, {});
  await settleCreation(tx, row.id, { state: 'adopted', keyRef, endedAt: by.at, message: null });
  return { state: 'adopted', alias: key.alias, revision };
}

/** In which place a creation was made, and in which account the key came to be. */
function placeOfCreated({ provider, location }: CreationRow, keyRef: string): Place {
  const known = isProvider(provider) ? rulesOf({ provider }).placeOfKey(keyRef) : undefined;
  return { provider, location, externalAccount: known?.account ?? '' };
}

/** Keyward is to create the key of this configuration, and has not yet. */
export function awaitsKey(row: Entered): boolean {
  const draft = readDraft(row);
  return rulesOf(draft).awaitsKey(draft);
}

function whyLeft(key: KeyRow | undefined, { provider }: CreationRow): Message {
  if (!key) return message('creation-for-deleted-key', { provider });
  const working = workingOf(key);
  return message(working && !isKnown(working) ? 'creation-for-unknown-connection' : 'creation-not-awaited', {
    provider,
  });
}

/** @throws Refusal `not-allowed-in-state` while somebody is creating a key for it */
export async function refuseWhileCreating(open: readonly CreationRow[], now: Date): Promise<void> {
  const young = open.find((row) => now.getTime() - row.createdAt.getTime() < creationTakesMs);
  if (!young) return;
  const reason = `${await nameOf(young.requestedBy)} is already creating a key for this in ${serviceName(young.provider)}. Wait a minute, then reload.`;
  throw new Refusal('not-allowed-in-state', { details: { reason } });
}

/** A draft whose key is not settled is not thrown away: nobody would know with whose credentials to look for it. */
export async function refuseWhileUnsettled(tx: Tx, keyId: string): Promise<void> {
  const [open] = await listOpenCreations(keyId, tx);
  if (!open) return;
  const reason = `Keyward is creating a key in ${serviceName(open.provider)} for it. Wait until that has finished.`;
  throw new Refusal('key-in-use', { details: { reason } });
}
