import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { readDraft, rulesOf } from '../../byok/connection.ts';
import { Refusal } from '../../byok/errors.ts';
import { failureWordsOf } from '../../byok/failure-words.ts';
import { keyInHistory } from '../../byok/history-names.ts';
import { type ProviderId, serviceName } from '../../byok/providers.ts';
import { db, transaction } from '../../db/client.ts';
import {
  type CreationRow,
  insertIntent,
  listOpenCreations,
  markCreated,
  settleCreation,
} from '../../db/creation-store.ts';
import { databaseNow } from '../../db/database-clock.ts';
import { type ConfigurationRow, findKey, type KeyRow, workingOf } from '../../db/key-store.ts';
import { findTenant, type TenantRecord } from '../../db/tenant-store.ts';
import { fingerprintOf } from '../../key-lifecycle/configuration.ts';
import { awaitsKey, creatorFor, placeOf, refuseWhileCreating, settleKnown } from '../../key-lifecycle/key-creation.ts';
import { KmsError } from '../../kms/errors.ts';
import type { KeyCreator } from '../../kms/key-creator.ts';
import { lockKeyForUpdate } from '../keys/lock-key.ts';
import { operation, type RunContext } from '../operation.ts';
import { notCreated, notLookedFor, unknownWhetherCreated } from './creation-refusal.ts';
import { lastReport } from './report-view.ts';

/** How long somebody waits for a key of an earlier attempt to be found; the job has more patience. */
const lookForMs = 15_000;
const keysLookedAt = 200;

export type CreatedKey = {
  keyRef: string;
  /** False where the configuration did not wait for it any more: the key is orphaned then. */
  adopted: boolean;
  /** Of the enterprise key from now on; null where it was not changed. */
  revision: number | null;
  /** Why the alias in AWS was not given; null where it was, or none was wanted. */
  aliasProblem: string | null;
};

type Work = {
  tenant: TenantRecord;
  key: KeyRow;
  row: ConfigurationRow;
  fingerprint: string;
  creator: KeyCreator;
};

/**
 * Creates a key in the customer's account, once everything else has passed its test, and takes it over. What is intended is
 * written down, and committed, before the provider is asked, once; whoever dies in between leaves a key that is found again by its
 * tag, and whoever attempts it again looks for what the attempt before may have left. Nothing here deletes a key.
 */
export const createCustomerKey = operation({
  name: 'create-customer-key',
  permission: 'keys.write',
  limit: 'create',
  input: z.object({
    keyId: z.uuid(),
    revision: z.int(),
    aliasName: z.string().trim().max(1_024),
  }),
  async run(context, input): Promise<CreatedKey> {
    const [tenant, key] = await Promise.all([findTenant(context.tenantId), findKey(context.tenantId, input.keyId)]);
    if (!tenant || !key) throw new Refusal('not-found');
    const { row, fingerprint } = await ready(key, tenant, input.aliasName);
    const open = await listOpenCreations(key.id);
    await refuseWhileCreating(open, context.now);
    const creator = await creatorFor(row, key, tenant);
    try {
      const work = { tenant, key, row, fingerprint, creator };
      const earlier = await findEarlier(work, open);
      if (earlier) return await settle(context, work, earlier, null);
      const creation = await begin(context, work, input);
      const keyRef = await create(context, work, creation);
      await markCreated(creation.id, keyRef, creator.requestIds);
      const aliasProblem = input.aliasName === '' ? null : await name(work, input.aliasName, keyRef);
      return await settle(context, work, { id: creation.id, keyRef }, aliasProblem);
    } finally {
      creator.close();
    }
  },
});

/** Only for a configuration that waits for a key, and of which everything else has passed. */
async function ready(
  key: KeyRow,
  tenant: TenantRecord,
  aliasName: string,
): Promise<{ row: ConfigurationRow; fingerprint: string }> {
  const row = workingOf(key);
  if (!row || !awaitsKey(row)) {
    const reason = 'This configuration already names a key, or does not ask Keyward to create one.';
    throw new Refusal('not-allowed-in-state', { details: { reason } });
  }
  const aliasProblem = rulesOf(readDraft(row)).nameProblem(aliasName);
  if (aliasProblem) throw new Refusal('invalid-input', { fields: { aliasName: aliasProblem } });
  const report = await lastReport(db(), key, row, tenant);
  if (!report?.passed || report.stale) {
    const reason = 'Keyward creates the key once everything else has passed.';
    throw new Refusal('test-required', { details: { reason, step: 'test' } });
  }
  return { row, fingerprint: fingerprintOf(row, tenant) };
}

type MadeKey = { id: string; keyRef: string };

/** The key of an earlier attempt of which nobody knows the end. @throws Refusal where it cannot be looked for */
async function findEarlier({ creator, row }: Work, open: CreationRow[]): Promise<MadeKey | undefined> {
  for (const { id, keyRef } of open) {
    if (keyRef) return { id, keyRef };
    const bounds = { keys: keysLookedAt, endsAt: performance.now() + lookForMs };
    const found = await creator.find(id, bounds).catch((error: unknown) => {
      throw notLookedFor(readDraft(row).provider, error);
    });
    if (found.keyRef) {
      await markCreated(id, found.keyRef, creator.requestIds);
      return { id, keyRef: found.keyRef };
    }
  }
  return undefined;
}

/** What is intended, in a transaction of its own, before the provider is asked. */
function begin(context: RunContext, { tenant, row }: Work, seen: { keyId: string; revision: number }) {
  return transaction(async (tx) => {
    const key = await lockKeyForUpdate(tx, context, 'edit', seen);
    await refuseWhileCreating(await listOpenCreations(key.id, tx), context.now);
    const intent = {
      id: randomUUID(),
      tenantId: tenant.id,
      keyId: key.id,
      ...placeOf(row),
      requestedBy: context.who,
      createdAt: databaseNow(),
    };
    await insertIntent(tx, intent);
    return intent;
  });
}

async function create(
  context: RunContext,
  { creator, row }: Work,
  creation: { id: string; createdAt: Date },
): Promise<string> {
  try {
    return (await creator.create(creation.id, creation.createdAt)).keyRef;
  } catch (failure) {
    if (!creator.mayHaveCreated(failure)) {
      const refusal = notCreated(readDraft(row).provider, failure);
      const end = { state: 'over', endedAt: context.now, message: refusal.why ?? null } as const;
      await transaction((tx) => settleCreation(tx, creation.id, end));
      throw refusal;
    }
    const bounds = { keys: keysLookedAt, endsAt: performance.now() + lookForMs };
    const found = await creator.find(creation.id, bounds).catch(() => undefined);
    if (!found?.keyRef) throw unknownWhetherCreated(readDraft(row).provider, failure);
    return found.keyRef;
  }
}

/** A name is a convenience: without it the key serves as well. @returns why it was not given, or null */
async function name({ creator, row }: Work, aliasName: string, keyRef: string): Promise<string | null> {
  try {
    await creator.name(aliasName, keyRef);
    return null;
  } catch (failure) {
    const { provider } = readDraft(row);
    const refusal = notCreated(provider, failure);
    const service = serviceName(provider);
    const exists = failure instanceof KmsError && rulesOf({ provider }).isNameTaken(failure);
    return exists
      ? `${aliasName} already names another key. Give the key its alias in ${service}.`
      : `${service} refused the alias (${seenIn(provider, refusal.cause)}). Give the key its alias in ${service}.`;
  }
}

function seenIn(provider: ProviderId, cause: unknown): string {
  if (!(cause instanceof KmsError)) return '';
  return `${cause.failure}: ${failureWordsOf(provider, cause.failure).meaning}`;
}

/** The last transaction: the key in the configuration and the creation's end, together with what the history says. */
function settle(context: RunContext, work: Work, made: MadeKey, aliasProblem: string | null): Promise<CreatedKey> {
  const { key, row, tenant, creator, fingerprint } = work;
  return context.commit(async (tx) => {
    const creation = { id: made.id, tenantId: tenant.id, keyId: key.id, keyRef: made.keyRef };
    const by = { who: context.who, operationName: context.operationName, at: databaseNow() };
    const same = (one: ConfigurationRow) => fingerprintOf(one, tenant) === fingerprint;
    const settled = await settleKnown(tx, creation, by, same);
    if (!settled)
      throw new Refusal('conflict', { details: { reason: 'Another request has just taken over this key.' } });
    return {
      data: {
        keyRef: made.keyRef,
        adopted: settled.state === 'adopted',
        revision: settled.revision,
        aliasProblem,
      },
      audit: {
        target: key.id,
        before: keyInHistory(row.provider, ''),
        after: { ...keyInHistory(row.provider, made.keyRef), creationId: made.id, state: settled.state },
        providerRequestIds: creator.requestIds,
      },
    };
  });
}
