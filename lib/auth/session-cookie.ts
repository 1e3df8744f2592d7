import 'server-only';
import { decode } from 'next-auth/jwt';
import type { Caller } from './identify.ts';
import { sessionCookieName } from './own-address.ts';

/** Whose session a request's cookies name; whether there is such a session, the database says. Never throws. */
export async function sessionCaller(cookie: (name: string) => string | undefined): Promise<Caller> {
  const secret = process.env.NEXTAUTH_SECRET;
  const value = cookie(sessionCookieName());
  if (!value || !secret) return { kind: 'anonymous' };
  const token = await decode({ token: value, secret }).catch(() => null);
  return typeof token?.sid === 'string' ? { kind: 'session', sessionId: token.sid } : { kind: 'anonymous' };
}
