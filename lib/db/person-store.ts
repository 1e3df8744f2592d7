import 'server-only';
import type { Role } from '../byok/account-views.ts';
import type { Tx } from './client.ts';
import { db } from './client.ts';
import { databaseNow } from './database-clock.ts';

export type PersonRecord = {
  id: string;
  email: string;
  role: Role;
  tenantId: string | null;
  passwordHash: string;
  mustChangePassword: boolean;
};

export async function findPersonByEmail(email: string): Promise<PersonRecord | undefined> {
  return (await db().user.findUnique({ where: { email: email.trim().toLowerCase() } })) ?? undefined;
}

export async function createPerson(person: Omit<PersonRecord, 'id'>): Promise<string> {
  const row = await db().user.create({ data: { ...person, email: person.email.trim().toLowerCase() } });
  return row.id;
}

/** A new password ends every session but the one it was set from. */
export async function setPassword(
  tx: Tx,
  userId: string,
  passwordHash: string,
  keepSession: Uint8Array,
): Promise<void> {
  await tx.user.update({ where: { id: userId }, data: { passwordHash, mustChangePassword: false } });
  await tx.session.updateMany({
    where: { userId, endedAt: null, NOT: { idHash: bytes(keepSession) } },
    data: { endedAt: databaseNow() },
  });
}

export async function createSession(session: { idHash: Uint8Array; userId: string; expiresAt: Date }): Promise<void> {
  const now = databaseNow();
  await db().session.create({ data: { ...session, idHash: bytes(session.idHash), createdAt: now, lastSeenAt: now } });
}

/** The person behind a session that has neither ended nor run out, by the SHA-256 of its ID. */
export async function findPersonBySession(
  idHash: Uint8Array,
  now: Date,
): Promise<(PersonRecord & { lastSeenAt: Date }) | undefined> {
  const row = await db().session.findUnique({ where: { idHash: bytes(idHash) }, include: { user: true } });
  if (!row || row.endedAt || row.expiresAt <= now) return undefined;
  return { ...row.user, lastSeenAt: row.lastSeenAt };
}

export async function touchSession(idHash: Uint8Array, lastSeenAt: Date): Promise<void> {
  await db().session.updateMany({ where: { idHash: bytes(idHash) }, data: { lastSeenAt } });
}

export async function endSession(idHash: Uint8Array): Promise<void> {
  await db().session.updateMany({ where: { idHash: bytes(idHash), endedAt: null }, data: { endedAt: databaseNow() } });
}

function bytes(value: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(value);
}
