import 'server-only';
import { message } from '../byok/messages/catalogue.ts';
import type { Message } from '../byok/messages/message.ts';
import type { Tx } from './client.ts';
import { db } from './client.ts';
import { type KeyCreation, Prisma } from './generated/client.ts';

/** A CMK that Keyward creates in a customer's account. Its ID is the mark by which it is found again. */
export type CreationRow = KeyCreation;
export type CreationState = CreationRow['state'];

const open: CreationState[] = ['intended', 'created'];

const unnamed = Prisma.sql`
  NOT EXISTS (SELECT 1 FROM key_version v WHERE v.tenant_id = c.tenant_id AND v.provider = c.provider AND v.pinned_key_ref = c.key_ref)
  AND NOT EXISTS (SELECT 1 FROM key_configuration f JOIN enterprise_key k ON k.id = f.key_id
                   WHERE k.tenant_id = c.tenant_id AND f.standing IN ('working', 'scheduled')
                     AND f.provider = c.provider AND f.key_ref = c.key_ref)`;

const unnamedNow = JSON.stringify(message('creation-unnamed'));

export type Intent = {
  id: string;
  tenantId: string;
  keyId: string;
  provider: string;
  location: string;
  externalAccount: string;
  requestedBy: string;
  createdAt: Date;
};

/** Written, and committed, before the provider is asked. The caller holds the enterprise key's row. */
export async function insertIntent(tx: Tx, intent: Intent): Promise<void> {
  await tx.keyCreation.create({ data: intent });
}

export async function findCreation(tenantId: string, id: string, tx: Tx = db()): Promise<CreationRow | undefined> {
  return (await tx.keyCreation.findFirst({ where: { id, tenantId } })) ?? undefined;
}

/** Takes its row for the rest of the transaction. */
export async function lockCreation(tx: Tx, id: string): Promise<CreationRow | undefined> {
  await tx.$queryRaw`SELECT 1 FROM key_creation WHERE id = ${id}::uuid FOR UPDATE`;
  return (await tx.keyCreation.findUnique({ where: { id } })) ?? undefined;
}

/** Those of a key of which it is not settled what became of them, oldest first. */
export function listOpenCreations(keyId: string, tx: Tx = db()): Promise<CreationRow[]> {
  return tx.keyCreation.findMany({ where: { keyId, state: { in: open } }, orderBy: { createdAt: 'asc' } });
}

/** Of every tenant, those begun before `before`: whoever began them should have ended by then. Oldest first. */
export function listUnsettled(before: Date, limit: number): Promise<CreationRow[]> {
  return db().keyCreation.findMany({
    where: { state: { in: open }, createdAt: { lt: before } },
    orderBy: { createdAt: 'asc' },
    take: limit,
  });
}

export type CreationWithAlias = CreationRow & { key: { alias: string } | null };

/**
 * What a tenant's people are shown: what is not settled and what is orphaned, all of it, then the last that were adopted.
 * Each newest first.
 */
export async function listCreations(tenantId: string): Promise<CreationWithAlias[]> {
  const list = (state: CreationState[], take?: number) =>
    db().keyCreation.findMany({
      where: { tenantId, state: { in: state } },
      include: { key: { select: { alias: true } } },
      orderBy: { createdAt: 'desc' },
      ...(take ? { take } : {}),
    });
  const [unsettled, adopted] = await Promise.all([list([...open, 'left_over']), list(['adopted'], 100)]);
  return [...unsettled, ...adopted];
}

/** The last one of a key that is under way or was adopted. */
export async function findCreationFor(keyId: string): Promise<CreationWithAlias | undefined> {
  const row = await db().keyCreation.findFirst({
    where: { keyId, state: { in: [...open, 'adopted'] } },
    include: { key: { select: { alias: true } } },
    orderBy: { createdAt: 'desc' },
  });
  return row ?? undefined;
}

/** The CMK exists: from here on it is known, whatever happens to this process. */
export async function markCreated(id: string, keyRef: string, providerRequestIds: string[]): Promise<void> {
  await db().keyCreation.updateMany({
    where: { id, state: 'intended' },
    data: { state: 'created', keyRef, providerRequestIds },
  });
}

/** `adopted`, `left_over` or `over`, and why; the caller holds its row. */
export async function settleCreation(
  tx: Tx,
  id: string,
  { message, ...end }: { state: CreationState; endedAt: Date; keyRef?: string; message: Message | null },
): Promise<void> {
  const data = { ...end, message: message ?? Prisma.DbNull, detail: '' };
  await tx.keyCreation.update({ where: { id }, data });
}

/**
 * CMKs that were adopted and that nothing names any more, neither a configuration that stands or is being entered nor a
 * version, are orphaned from now on. @returns how many
 */
export async function leaveUnnamed(tx: Tx, tenantId: string, at: Date): Promise<number> {
  return tx.$executeRaw`
    UPDATE key_creation c SET state = 'left-over', ended_at = ${at}, message = ${unnamedNow}::jsonb, detail = ''
     WHERE c.tenant_id = ${tenantId}::uuid AND c.state = 'adopted' AND ${unnamed}`;
}

/** The same in every tenant, for what was changed in passing: a configuration that now names another key. */
export async function leaveAllUnnamed(at: Date): Promise<number> {
  return db().$executeRaw`
    UPDATE key_creation c SET state = 'left-over', ended_at = ${at}, message = ${unnamedNow}::jsonb, detail = ''
     WHERE c.state = 'adopted' AND ${unnamed}`;
}
