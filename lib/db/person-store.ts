import 'server-only';
import type { Role } from '../byok/account-views.ts';
import type { TenantPerson } from '../byok/vendor-views.ts';
import type { Tx } from './client.ts';
import { db, transaction } from './client.ts';
import { databaseNow } from './database-clock.ts';

export type PersonRecord = {
  id: string;
  email: string;
  role: Role;
  tenantId: string | null;
  passwordHash: string;
  mustChangePassword: boolean;
  /** When a password to be used once can no longer be used. */
  passwordEndsAt: Date | null;
};

type NewSession = { idHash: Uint8Array; expiresAt: Date };

export async function findPersonByEmail(email: string): Promise<PersonRecord | undefined> {
  return (await db().user.findUnique({ where: { email: email.trim().toLowerCase() } })) ?? undefined;
}

export async function createPerson(
  person: Omit<PersonRecord, 'id' | 'passwordEndsAt'> & { passwordEndsAt?: Date | null },
  tx: Tx = db(),
): Promise<string> {
  const row = await tx.user.create({ data: { ...person, email: person.email.trim().toLowerCase() } });
  return row.id;
}

/** A new account of a tenant's, or undefined where the address has one already: nothing was stored then. */
export async function insertPerson(
  tx: Tx,
  person: Omit<PersonRecord, 'id' | 'tenantId'> & { tenantId: string },
): Promise<string | undefined> {
  const [row] = await tx.user.createManyAndReturn({ data: [person], skipDuplicates: true, select: { id: true } });
  return row?.id;
}

/** One page of a tenant's people, by their addresses. */
export async function listTenantPeople(
  tenantId: string,
  page: { skip: number; take: number },
): Promise<{ total: number; rows: TenantPerson[] }> {
  const where = { tenantId };
  const [total, rows] = await Promise.all([
    db().user.count({ where }),
    db().user.findMany({ where, orderBy: { email: 'asc' }, ...page }),
  ]);
  return {
    total,
    rows: rows.map(({ id, email, role, mustChangePassword, createdAt }) => ({
      id,
      email,
      role: role === 'admin' ? 'admin' : 'viewer',
      mustChangePassword,
      createdAt: createdAt.toISOString(),
    })),
  };
}

/**
 * A new password ends every session there is, also a copy of the one that it was set from: `session` is the person's from now on.
 * @returns false where the password was changed meanwhile: then nothing was done
 */
export async function setPassword(
  tx: Tx,
  person: Pick<PersonRecord, 'id' | 'passwordHash'>,
  passwordHash: string,
  session: NewSession,
): Promise<boolean> {
  const { count } = await tx.user.updateMany({
    where: { id: person.id, passwordHash: person.passwordHash },
    data: { passwordHash, mustChangePassword: false, passwordEndsAt: null },
  });
  if (count === 0) return false;
  await endSessionsOf(tx, person.id);
  await createSession({ ...session, userId: person.id }, tx);
  return true;
}

/**
 * Begins a session for somebody whose password was found right, unless it was changed meanwhile or, to be used once, has ended
 * by the database's clock. With a password to be used once, only the latest session lives.
 */
export async function beginSession(
  person: PersonRecord,
  session: NewSession,
): Promise<'begun' | 'password-changed' | 'password-ended'> {
  return transaction(async (tx) => {
    const [row] = await tx.$queryRaw<{ ended: boolean }[]>`
      SELECT coalesce(password_ends_at <= now(), false) AS ended FROM "user"
       WHERE id = ${person.id}::uuid AND password_hash = ${person.passwordHash} FOR SHARE`;
    if (!row) return 'password-changed';
    if (row.ended) return 'password-ended';
    if (person.mustChangePassword) await endSessionsOf(tx, person.id);
    const latest = person.passwordEndsAt?.getTime() ?? Number.POSITIVE_INFINITY;
    const expiresAt = new Date(Math.min(session.expiresAt.getTime(), latest));
    await createSession({ ...session, expiresAt, userId: person.id }, tx);
    return 'begun';
  });
}

async function endSessionsOf(tx: Tx, userId: string): Promise<void> {
  await tx.session.updateMany({ where: { userId, endedAt: null }, data: { endedAt: databaseNow() } });
}

/** A day from now, by the database's clock: for a password to be used once. */
export async function dayFromNow(): Promise<Date> {
  const [row] = await db().$queryRaw<{ at: Date }[]>`SELECT now() + interval '24 hours' AS at`;
  if (!row) throw new Error('The database did not say what time it is.');
  return row.at;
}

/** Removes sessions that ran out long ago. @returns how many */
export async function pruneSessions(): Promise<number> {
  return db().$executeRaw`DELETE FROM session WHERE expires_at < now() - interval '7 days'`;
}

export async function createSession(session: NewSession & { userId: string }, tx: Tx = db()): Promise<void> {
  const now = databaseNow();
  await tx.session.create({ data: { ...session, idHash: bytes(session.idHash), createdAt: now, lastSeenAt: now } });
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
