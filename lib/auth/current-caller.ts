import 'server-only';
import { cookies } from 'next/headers';
import { decode } from 'next-auth/jwt';
import { callerOf } from './bearer.ts';
import type { Caller } from './identify.ts';
import { sessionCookieName } from './own-address.ts';

/** What the request at hand brought along, for server components, actions and route handlers. Never throws. */
export async function currentCaller(): Promise<Caller> {
  const value = (await cookies()).get(sessionCookieName())?.value;
  const secret = process.env.NEXTAUTH_SECRET;
  if (!value || !secret) return { kind: 'anonymous' };
  const token = await decode({ token: value, secret }).catch(() => null);
  if (typeof token?.sid === 'string') return { kind: 'session', sessionId: token.sid };
  return { kind: 'anonymous' };
}

/** The bearer token of a service's request. */
export function bearerCaller(request: Request): Caller {
  return callerOf(request.headers.get('authorization') ?? '');
}
