import 'server-only';
import { decode } from 'next-auth/jwt';
import type { Caller } from './identify.ts';

/** Whose session a request's cookies name; whether there is such a session, the database says. Never throws. */
export async function sessionCaller(cookie: (name: string) => string | undefined): Promise<Caller> {
  const secret = process.env.NEXTAUTH_SECRET;
  for (const name of ['__Secure-next-auth.session-token', 'next-auth.session-token']) {
    const value = cookie(name);
    if (!value || !secret) continue;
    const token = await decode({ token: value, secret }).catch(() => null);
    if (typeof token?.sid === 'string') return { kind: 'session', sessionId: token.sid };
  }
  return { kind: 'anonymous' };
}
