import 'server-only';
import type { Role } from '../byok/account-views.ts';
import { findPersonBySession, touchSession } from '../db/person-store.ts';
import { findTokenByHash, type TokenAction, touchToken } from '../db/token-store.ts';
import { hashSecretToken } from './secret-token.ts';

/** What a request brought along; nothing of it is believed before `identify` has looked it up. */
export type Caller =
  | { kind: 'anonymous' }
  | { kind: 'session'; sessionId: string }
  | { kind: 'token'; bearer: string }
  /** A command on the server itself (`command-line.ts`): no request ever brings it along. */
  | { kind: 'command-line'; user: string };

export type Actor =
  /** `ended`: the token was somebody's, until its date. */
  | { kind: 'anonymous'; ended?: true }
  | {
      kind: 'person';
      id: string;
      email: string;
      role: Role;
      tenantId: string | null;
      mustChangePassword: boolean;
      passwordHash: string;
      sessionHash: Buffer;
    }
  | { kind: 'token'; id: string; hint: string; tenantId: string; actions: TokenAction[]; endsInMs: number | null }
  | { kind: 'command-line'; user: string; tenantId: null };

/** Nothing was done for so long: the session has ended (OWASP Session Management Cheat Sheet, idle timeout). */
export const sessionIdleMs = 2 * 3_600_000;
/** However busy it was. */
export const sessionLifetimeMs = 12 * 3_600_000;

/** Loads who is calling, from the database, each time: a session or token that was ended is nobody's at once. */
export async function identify(caller: Caller, now: Date): Promise<Actor> {
  switch (caller.kind) {
    case 'anonymous':
      return { kind: 'anonymous' };
    case 'command-line':
      return { kind: 'command-line', user: caller.user, tenantId: null };
    case 'session': {
      const sessionHash = hashSecretToken(caller.sessionId);
      const person = await findPersonBySession(sessionHash, now);
      if (!person || now.getTime() - person.lastSeenAt.getTime() > sessionIdleMs) return { kind: 'anonymous' };
      if (now.getTime() - person.lastSeenAt.getTime() > 60_000) await touchSession(sessionHash, now);
      const { id, email, role, tenantId, mustChangePassword, passwordHash } = person;
      return { kind: 'person', id, email, role, tenantId, mustChangePassword, passwordHash, sessionHash };
    }
    case 'token': {
      const token = await findTokenByHash(hashSecretToken(caller.bearer));
      if (!token) return { kind: 'anonymous' };
      if (token.endsInMs !== null && token.endsInMs <= 0) return { kind: 'anonymous', ended: true };
      if (now.getTime() - (token.lastUsedAt?.getTime() ?? 0) > 60_000) await touchToken(token.id, now);
      const { id, hint, tenantId, actions, endsInMs } = token;
      return { kind: 'token', id, hint, tenantId, actions, endsInMs };
    }
  }
}
