import 'server-only';
import { appendAudit } from '../db/audit-store.ts';
import { databaseNow } from '../db/database-clock.ts';
import { createSession, endSession, findPersonByEmail } from '../db/person-store.ts';
import { sessionLifetimeMs } from './identify.ts';
import { verifyNobody, verifyPassword } from './password.ts';
import { allowTry } from './rate-limit.ts';
import { hashSecretToken, newSecretToken } from './secret-token.ts';

/**
 * Begins a session. A wrong e-mail, a wrong password and too many tries look the same from outside.
 * @returns the session's ID, to be kept by the browser in a signed, HTTP-only cookie; undefined when refused
 */
export async function signIn(email: string, password: string, requestId: string): Promise<string | undefined> {
  const address = email.trim().toLowerCase().slice(0, 320);
  const allowed = await allowTry('sign-in', address);
  const person = allowed ? await findPersonByEmail(address) : undefined;
  const right = person ? await verifyPassword(person.passwordHash, password) : await verifyNobody(password);
  if (!person || !right) {
    await appendAudit({
      tenantId: person?.tenantId ?? null,
      actor: person ? person.email : 'unknown',
      actorRole: person ? person.role : 'none',
      operation: 'sign-in',
      outcome: 'refused',
      code: allowed ? 'wrong-credentials' : 'too-many-requests',
      requestId,
    });
    return undefined;
  }
  const sessionId = newSecretToken('');
  await createSession({
    idHash: hashSecretToken(sessionId),
    userId: person.id,
    expiresAt: new Date(databaseNow().getTime() + sessionLifetimeMs),
  });
  await appendAudit({
    tenantId: person.tenantId,
    actor: person.email,
    actorRole: person.role,
    operation: 'sign-in',
    outcome: 'done',
    requestId,
  });
  return sessionId;
}

export async function signOut(sessionId: string): Promise<void> {
  await endSession(hashSecretToken(sessionId));
}
